#include "core/aws/directory.h"

#include "core/aws/host_rules.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::aws {

namespace {

std::size_t hashOf(std::string_view text)
{
    // FNV-1a: short keys, a table that is read only.
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 29U));
}

std::string_view firstSegment(std::string_view path)
{
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    return path.substr(0, path.find('/'));
}

bool isRest(const Service& service)
{
    return service.protocol() == Protocol::RestJson || service.protocol() == Protocol::RestXml;
}

bool isStorage(const Service& service)
{
    return service.protocol() == Protocol::RestXml && service.xmlManner() == XmlManner::S3;
}

}

void Directory::add(Service& service)
{
    auto entry = std::make_unique<Entry>();
    entry->service = &service;
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        const auto& action = service.action(i);
        entry->byName.emplace_back(action.name, i);
        if (isOwnAction(action))
            entry->ownRouter.add(action, i);
        else if (isRest(service) && !action.uri.empty())
            entry->router.add(action, i);
        else if (!service.targetPrefix().empty())
            addTarget(std::string(service.targetPrefix()) + '.' + std::string(action.name), service, i);
    }
    std::sort(entry->byName.begin(), entry->byName.end());
    m_services.push_back(&service);
    m_entries.push_back(std::move(entry));
}

void Directory::addTarget(std::string name, Service& service, std::size_t index)
{
    if ((m_targetCount + 1) * 3 > m_targets.size()) {
        auto old =
            std::exchange(m_targets, std::vector<Target>(std::max<std::size_t>(64, m_targets.size() * 2)));
        m_targetCount = 0;
        for (auto& target : old) {
            if (target.service)
                addTarget(std::move(target.name), *target.service, target.index);
        }
    }
    auto slot = hashOf(name) & (m_targets.size() - 1);
    while (m_targets[slot].service)
        slot = (slot + 1) & (m_targets.size() - 1);
    m_targets[slot] = {std::move(name), &service, index};
    ++m_targetCount;
}

const Directory::Target* Directory::findTarget(std::string_view name) const
{
    if (m_targets.empty())
        return nullptr;
    auto slot = hashOf(name) & (m_targets.size() - 1);
    while (m_targets[slot].service) {
        if (m_targets[slot].name == name)
            return &m_targets[slot];
        slot = (slot + 1) & (m_targets.size() - 1);
    }
    return nullptr;
}

Service* Directory::find(std::string_view serviceId) const
{
    for (auto* service : m_services) {
        if (service->id() == serviceId)
            return service;
    }
    return nullptr;
}

std::optional<std::size_t> Directory::findAction(const Service& service, std::string_view name) const
{
    for (const auto& entry : m_entries) {
        if (entry->service != &service)
            continue;
        const auto found = std::lower_bound(entry->byName.begin(), entry->byName.end(), name,
            [](const auto& row, std::string_view wanted) { return row.first < wanted; });
        if (found != entry->byName.end() && found->first == name)
            return found->second;
    }
    return std::nullopt;
}

Recognised Directory::byTarget(std::string_view target) const
{
    Recognised found;
    if (const auto* known = findTarget(target)) {
        found.kind = Recognised::Kind::Action;
        found.service = known->service;
        found.index = known->index;
        return found;
    }
    found.what = target;
    found.kind = Recognised::Kind::UnknownTarget;
    for (auto* service : m_services) {
        const auto prefix = service->targetPrefix();
        if (!prefix.empty() && target.substr(0, target.find('.')) == prefix) {
            found.kind = Recognised::Kind::UnknownAction;
            found.service = service;
        }
    }
    return found;
}

Service* Directory::claimantOf(const http::Request& head) const
{
    for (auto* service : m_services) {
        if (service->claims(head))
            return service;
    }
    return nullptr;
}

Recognised Directory::recognise(const http::Request& head, const Signature& signature) const
{
    // Only a POST to the root is a JSON 1.x call; the header may also travel on through an API.
    if (head.target == "/" || head.target.starts_with("/?X-Amz-")) {
        if (const auto target = head.headers.get("X-Amz-Target"); !target.empty())
            return byTarget(target);
    }
    Recognised found;
    const auto path = head.path();
    if (path.starts_with("/_chamber/") || path.starts_with("/_localstack/")) {
        tryOwn(head, found);
        return found;
    }
    // Claims go before the scope: API calls and function URLs are signed too (execute-api, lambda).
    if (auto* claimant = claimantOf(head)) {
        found.kind = Recognised::Kind::Served;
        found.service = claimant;
        return found;
    }
    if (tryCbor(head, found) || tryQuery(head, signature, found))
        return found;
    const bool isSigned = signature.form != Signature::Form::None;
    if (tryHost(head, found) || (isSigned && tryScope(head, signature.service, found)))
        return found;
    if (isSigned && !signsFor(signature.service)) {
        found.kind = Recognised::Kind::UnknownService;
        found.what = signature.service;
        return found;
    }
    const bool atRoot = path == "/" || path.empty();
    const bool asks = head.method == "GET" || head.method == "HEAD";
    if (!isSigned && atRoot && asks) {
        found.kind = Recognised::Kind::Welcome;
        return found;
    }
    if (tryPath(head, found))
        return found;
    const auto* fallback = storage();
    if (!fallback) {
        found.kind = Recognised::Kind::Local;
        return found;
    }
    tryRoutes(*fallback, head, found);
    return found;
}

bool Directory::tryOwn(const http::Request& head, Recognised& found) const
{
    for (const auto& entry : m_entries) {
        if (auto match = entry->ownRouter.match(head)) {
            found.kind = Recognised::Kind::Action;
            found.service = entry->service;
            found.index = match->action;
            found.parameters = std::move(match->parameters);
            return true;
        }
    }
    found.kind = Recognised::Kind::Local;
    return false;
}

bool Directory::tryRoutes(const Entry& entry, const http::Request& head, Recognised& found) const
{
    found.service = entry.service;
    if (auto match = entry.router.match(head)) {
        found.kind = Recognised::Kind::Action;
        found.index = match->action;
        found.parameters = std::move(match->parameters);
        return true;
    }
    found.kind = Recognised::Kind::UnknownAction;
    found.what = head.method + ' ' + std::string(head.path());
    return false;
}

bool Directory::signsFor(std::string_view scope) const
{
    return std::any_of(m_services.begin(), m_services.end(),
        [&](const Service* service) { return service->signingName() == scope; });
}

// Several services may sign with one name (DynamoDB and its streams): the first whose routes match has it.
bool Directory::tryScope(const http::Request& head, std::string_view scope, Recognised& found) const
{
    bool any = false;
    for (const auto& entry : m_entries) {
        if (entry->service->signingName() != scope)
            continue;
        any = true;
        if (tryRoutes(*entry, head, found))
            return true;
    }
    return any;
}

bool Directory::tryHost(const http::Request& head, Recognised& found) const
{
    const auto name = hostWithoutPort(head.headers.get("Host"));
    const auto* s3 = storage();
    if (const auto bucket = bucketOfHost(name); bucket && s3) {
        found.region = bucket->region;
        if (bucket->bucket.empty())
            return tryRoutes(*s3, head, found), true;
        http::Request rewritten;
        rewritten.method = head.method;
        rewritten.headers = head.headers;
        rewritten.target = "/" + std::string(bucket->bucket) + head.target;
        tryRoutes(*s3, rewritten, found);
        found.pathStyle = std::move(rewritten.target);
        return true;
    }
    const auto service = serviceOfHost(name);
    if (!service || !tryScope(head, service->service, found))
        return false;
    found.region = service->region;
    return true;
}

bool Directory::tryPath(const http::Request& head, Recognised& found) const
{
    const auto segment = firstSegment(head.path());
    if (segment.empty())
        return false;
    bool known = false;
    Recognised best;
    for (const auto& entry : m_entries) {
        if (isStorage(*entry->service) || !entry->router.knowsFirstSegment(segment))
            continue;
        known = true;
        if (tryRoutes(*entry, head, best))
            break;
    }
    if (known) {
        best.pathStyle = found.pathStyle;
        found = std::move(best);
    }
    return known;
}

const Directory::Entry* Directory::storage() const
{
    for (const auto& entry : m_entries) {
        if (isStorage(*entry->service))
            return entry.get();
    }
    return nullptr;
}

}
