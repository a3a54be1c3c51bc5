#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_settings.h"
#include "core/lambda/layer_folder.h"
#include "core/lambda/layer_library.h"
#include "core/lambda/page.h"
#include "core/lambda/runtime_catalog.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace core::lambda {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using Pointer = std::shared_ptr<const LayerVersion>;

fs::path folderOf(LambdaService& service, const LayerVersion& layer)
{
    return layerFolder(service.host().folder, layer.region, layer.name, std::to_string(layer.version));
}

fs::path packageOf(LambdaService& service, const LayerVersion& layer)
{
    return folderOf(service, layer).string() + ".zip";
}

std::string locationOf(LambdaService& service, const LayerVersion& layer)
{
    return service.host().endpoint() + "/_chamber/lambda/layers/" + layer.name + "/versions/"
        + std::to_string(layer.version) + "/package?Region=" + layer.region;
}

Result<> checkRuntimes(const std::vector<std::string>& runtimes)
{
    const auto isKnown = [](const std::string& id) {
        return findRuntime(id) || isRetired(id) || isForeign(id);
    };
    if (std::all_of(runtimes.begin(), runtimes.end(), isKnown))
        return {};
    std::string shown;
    for (const auto& runtime : runtimes)
        shown += (shown.empty() ? "" : ", ") + runtime;
    return fail(ErrorKind::Invalid, "ValidationException",
        "1 validation error detected: Value '[" + shown
            + "]' at 'compatibleRuntimes' failed to satisfy constraint: Member must satisfy constraint: "
              "[Member must "
              "satisfy enum value set: ["
            + knownRuntimes() + "], Member must not be null]");
}

// Files of layers are shared by the environments that use them.
Result<> unpack(LambdaService& service, LayerVersion& layer, const std::string& zip)
{
    const auto folder = folderOf(service, layer);
    std::error_code failed;
    fs::create_directories(folder, failed);
    CORE_CHECK(unpackZip(zip, folder));
    constexpr auto kWritable = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    for (auto entry = fs::recursive_directory_iterator(folder, failed); !failed && entry != fs::end(entry);
         entry.increment(failed)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored) || entry->is_symlink(ignored))
            continue;
        layer.unpackedSize += entry->file_size(ignored);
        fs::permissions(entry->path(), kWritable, fs::perm_options::remove, ignored);
    }
    const auto package = packageOf(service, layer);
    std::ofstream file(package, std::ios::binary | std::ios::trunc);
    file.write(zip.data(), static_cast<std::streamsize>(zip.size()));
    file.close();
    if (!file)
        return fail(errors::io("The package " + package.string() + " cannot be written"));
    return {};
}

// "AWS" of a policy's principal.
json principalOf(const std::string& given)
{
    if (given == "*")
        return given;
    return {{"AWS", given.starts_with("arn:") ? given : "arn:aws:iam::" + given + ":root"}};
}

json statementsOf(const LayerVersion& layer)
{
    return layer.policy.empty() ? json::array() : json::parse(layer.policy);
}

struct Named {
    std::string name;
    std::int64_t version = 0;
    Pointer layer; // null when there is no such version
    std::string arn;
};

Result<Named> named(LambdaService& service, RequestContext& context, const json& input)
{
    Named found;
    CORE_TRY(found.name, layerNameOf(context, input.at("LayerName")));
    context.touch(found.name);
    input.at("VersionNumber").get_to(found.version);
    if (found.version < 1)
        return fail(errors::invalidParameter("Layer Version Cannot be less than 1"));
    found.arn = "arn:aws:lambda:" + context.region + ':' + context.principal.account + ":layer:" + found.name
        + ':' + std::to_string(found.version);
    found.layer =
        service.layers().find(versionKey(context.region + '/' + found.name, std::to_string(found.version)));
    if (found.layer && found.layer->deleted)
        found.layer = nullptr;
    return found;
}

bool matches(const LayerVersion& layer, const json& input)
{
    const auto has = [](const std::vector<std::string>& list, const std::string& wanted) {
        return wanted.empty() || std::find(list.begin(), list.end(), wanted) != list.end();
    };
    return has(layer.runtimes, input.value("CompatibleRuntime", ""))
        && has(layer.architectures, input.value("CompatibleArchitecture", ""));
}

}

Result<Outcome> publishLayerVersion(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    LayerVersion layer;
    CORE_TRY(layer.name, layerNameOf(context, input.at("LayerName")));
    context.touch(layer.name);
    layer.region = context.region;
    layer.account = context.principal.account;
    layer.description = input.value("Description", "");
    layer.license = input.value("LicenseInfo", "");
    layer.runtimes = input.value("CompatibleRuntimes", std::vector<std::string>());
    layer.architectures = input.value("CompatibleArchitectures", std::vector<std::string>());
    layer.created = context.now;
    CORE_CHECK(checkRuntimes(layer.runtimes));
    CORE_TRY(const auto zip, core::lambda::packageOf(service, context, input.at("Content")));
    const std::lock_guard guard(service.changing());
    // Deleted ones count: a number is not given twice.
    const auto before = service.layers().below(layer.region + '/' + layer.name + '/');
    layer.version = before.empty() ? 1 : before.back()->version + 1;
    layer.codeSha256 = base64(sha256(zip));
    layer.codeSize = zip.size();
    CORE_CHECK(unpack(service, layer, zip));
    CORE_TRY(const auto kept, service.layers().put(std::move(layer)));
    context.span.step("Publishes version " + std::to_string(kept->version),
        std::to_string(kept->codeSize) + " bytes, unpacked " + std::to_string(kept->unpackedSize),
        trace::Verdict::Pass);
    return aws::Reply::of(describe(*kept, locationOf(service, *kept)));
}

Result<Outcome> getLayerVersion(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, named(service, context, request.input()));
    if (!found.layer)
        return fail(errors::resourceNotFound());
    return aws::Reply::of(describe(*found.layer, locationOf(service, *found.layer)));
}

Result<Outcome> getLayerVersionByArn(LambdaService& service, RequestContext& context, Request& request)
{
    const std::string arn = request.input().at("Arn");
    const auto colon = arn.rfind(':');
    CORE_TRY(const auto name, layerNameOf(context, arn));
    context.touch(name);
    const auto layer = service.layers().find(versionKey(context.region + '/' + name, arn.substr(colon + 1)));
    if (!layer || layer->deleted || layer->arn() != arn)
        return fail(errors::resourceNotFound());
    return aws::Reply::of(describe(*layer, locationOf(service, *layer)));
}

Result<Outcome> getLayerPackage(LambdaService& service, RequestContext& context, Request& request)
{
    if (const auto region = request.input().value("Region", ""); !region.empty())
        context.region = region;
    CORE_TRY(const auto found, named(service, context, request.input()));
    if (!found.layer)
        return fail(errors::resourceNotFound());
    std::ifstream file(packageOf(service, *found.layer), std::ios::binary);
    if (!file)
        return fail(errors::resourceNotFound());
    return aws::Reply::bytes({std::istreambuf_iterator<char>(file), {}}, "application/zip");
}

Result<Outcome> listLayers(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto page, pageOf(input));
    std::vector<std::pair<std::string, json>> entries;
    // In the store's order, which is that of "name/"; and of version: the last one that matches is shown.
    for (const auto& layer : service.layers().below(context.region + '/')) {
        if (layer->deleted || !matches(*layer, input))
            continue;
        json entry = {{"LayerName", layer->name}, {"LayerArn", layer->layerArn()},
            {"LatestMatchingVersion", describe(*layer)}};
        auto place = layer->name + '/';
        if (!entries.empty() && entries.back().first == place)
            entries.back().second = std::move(entry);
        else
            entries.emplace_back(std::move(place), std::move(entry));
    }
    return aws::Reply::of(writePage(page, "Layers", std::move(entries)));
}

Result<Outcome> listLayerVersions(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto page, pageOf(input));
    CORE_TRY(const auto name, layerNameOf(context, input.at("LayerName")));
    context.touch(name);
    constexpr std::int64_t kLast = 99'999'999;
    std::vector<std::pair<std::string, json>> entries;
    auto versions = layerVersions(service, context.region + '/' + name);
    std::reverse(versions.begin(), versions.end());
    for (const auto& layer : versions) {
        if (matches(*layer, input))
            entries.emplace_back(std::to_string(kLast - layer->version), describe(*layer));
    }
    return aws::Reply::of(writePage(page, "LayerVersions", std::move(entries)));
}

Result<Outcome> deleteLayerVersion(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, named(service, context, request.input()));
    // Deleting none is no error on AWS.
    if (!found.layer)
        return aws::Reply{};
    auto gone = *found.layer;
    gone.deleted = true;
    gone.policy.clear();
    CORE_CHECK(service.layers().put(std::move(gone)));
    std::error_code failed;
    fs::remove(packageOf(service, *found.layer), failed);
    sweepLayers(service);
    return aws::Reply{};
}

Result<Outcome> addLayerVersionPermission(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, named(service, context, input));
    if (!found.layer)
        return fail(errors::layerVersionNotFound(found.arn));
    auto layer = *found.layer;
    auto statements = statementsOf(layer);
    const std::string id = input.at("StatementId");
    for (const auto& statement : statements) {
        if (statement.at("Sid") == id)
            return fail(errors::statementExists(id));
    }
    const auto revision = input.value("RevisionId", "");
    if (!revision.empty() && revision != layer.policyRevision)
        return fail(errors::staleRevision("GetLayerPolicy"));
    json statement = {{"Sid", id}, {"Effect", "Allow"}, {"Principal", principalOf(input.at("Principal"))},
        {"Action", input.at("Action")}, {"Resource", layer.arn()}};
    if (const auto organisation = input.value("OrganizationId", ""); !organisation.empty())
        statement["Condition"]["StringEquals"]["aws:PrincipalOrgID"] = organisation;
    statements.push_back(statement);
    layer.policy = statements.dump();
    layer.policyRevision = newUuid();
    CORE_TRY(const auto kept, service.layers().put(std::move(layer)));
    return aws::Reply::of({{"Statement", statement.dump()}, {"RevisionId", kept->policyRevision}});
}

Result<Outcome> removeLayerVersionPermission(
    LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, named(service, context, input));
    if (!found.layer)
        return fail(errors::layerVersionNotFound(found.arn));
    auto layer = *found.layer;
    if (layer.policy.empty())
        return fail(errors::noPolicy());
    const auto revision = input.value("RevisionId", "");
    if (!revision.empty() && revision != layer.policyRevision)
        return fail(errors::staleRevision("GetLayerPolicy"));
    auto statements = statementsOf(layer);
    const std::string id = input.at("StatementId");
    const auto statement = std::find_if(
        statements.begin(), statements.end(), [&id](const json& given) { return given.at("Sid") == id; });
    if (statement == statements.end())
        return fail(errors::statementNotFound(id));
    statements.erase(statement);
    layer.policy = statements.empty() ? "" : statements.dump();
    layer.policyRevision = newUuid();
    CORE_CHECK(service.layers().put(std::move(layer)));
    return aws::Reply{};
}

Result<Outcome> getLayerVersionPolicy(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, named(service, context, request.input()));
    if (!found.layer)
        return fail(errors::layerVersionNotFound(found.arn));
    if (found.layer->policy.empty())
        return fail(errors::noPolicy());
    const json policy = {
        {"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statementsOf(*found.layer)}};
    return aws::Reply::of({{"Policy", policy.dump()}, {"RevisionId", found.layer->policyRevision}});
}

}
