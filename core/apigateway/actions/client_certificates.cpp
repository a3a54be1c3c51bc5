#include "core/apigateway/account_records.h"
#include "core/apigateway/certificate_errors.h"
#include "core/apigateway/connection_actions.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr Micros kYear = 365LL * 24 * 3600 * kSecond;

Result<> patchDescription(ClientCertificate& certificate, const PatchOperation& operation)
{
    certificate.description = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<ClientCertificate> kPatchRules[] = {
    {"/description", "replace", patchDescription},
};

std::string keyOf(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "clientCertificateId");
}

// "<api>/<stage>" of a stage that names the certificate; "" when none does.
std::string userOf(const ApiStore& apis, const std::string& region, const std::string& id)
{
    for (const auto& state : apis.list(region)) {
        for (const auto& [name, stage] : state->stages) {
            if (stage.settings.clientCertificateId == id)
                return state->api.id + "/" + name;
        }
    }
    return {};
}

}

Result<Outcome> generateClientCertificate(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    ClientCertificate certificate;
    certificate.region = context.region;
    certificate.id = randomLower(6);
    certificate.description = text(request.input(), "description");
    certificate.tags = stringMap(request.input(), "tags");
    certificate.createdDate = context.now;
    certificate.expirationDate = context.now + kYear;
    CORE_TRY(certificate.pem, newCertificate(certificate.createdDate, certificate.expirationDate));
    context.touch(certificate.id);
    auto& certificates = service.records().certificates;
    return std::make_unique<RecordWrite>(
        [certificate, &certificates](store::Transaction& transaction) -> Result<json> {
            CORE_CHECK(checkRoom(quotas::kClientCertificates,
                certificates.readBelow(transaction, certificate.region + "/").size()));
            certificates.put(transaction, certificate);
            return toJson(certificate);
        },
        [key = recordKey(certificate), &certificates] { certificates.refresh(key); });
}

Result<Outcome> getClientCertificates(ApiGatewayService& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    for (const auto& certificate : service.records().certificates.below(context.region + "/"))
        items.push_back(toJson(*certificate));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getClientCertificate(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto certificate = service.records().certificates.find(keyOf(context, request));
    if (!certificate)
        return fail(errors::invalidClientCertificate());
    context.touch(certificate->id);
    return Reply::of(toJson(*certificate));
}

Result<Outcome> updateClientCertificate(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(text(request.input(), "clientCertificateId"));
    auto& certificates = service.records().certificates;
    const auto key = keyOf(context, request);
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), key, &certificates](
            store::Transaction& transaction) -> Result<json> {
            const auto before = certificates.read(transaction, key);
            if (!before)
                return fail(errors::invalidClientCertificate());
            auto certificate = *before;
            CORE_CHECK(applyPatch<ClientCertificate>(certificate, operations, kPatchRules, unknownPatchPath));
            certificates.put(transaction, certificate);
            return toJson(certificate);
        },
        [key, &certificates] { certificates.refresh(key); });
}

Result<Outcome> deleteClientCertificate(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto id = text(request.input(), "clientCertificateId");
    context.touch(id);
    auto& certificates = service.records().certificates;
    if (const auto user = userOf(service.apis(), context.region, id); !user.empty())
        return fail(errors::certificateInUse(id, user));
    const auto key = keyOf(context, request);
    return std::make_unique<RecordWrite>(
        [key, &certificates](store::Transaction& transaction) -> Result<json> {
            if (!certificates.erase(transaction, key))
                return fail(errors::invalidClientCertificate());
            return json(nullptr);
        },
        [key, &certificates] { certificates.refresh(key); });
}

}
