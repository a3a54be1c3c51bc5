#include "core/aws/content_coding.h"
#include "core/aws/directory.h"
#include "core/aws/host_rules.h"
#include "core/base/text.h"

#include <optional>

// The ways in that are no path: the query protocol and RPC in CBOR, of services with a queryVersion().
namespace core::aws {

namespace {

struct NamedAction {
    std::string name;
    std::string version;
};

// The first of each counts, as in AWS. A form of a thousand parameters is not decoded to find two.
void takeNames(std::string_view form, NamedAction& action)
{
    while (!form.empty()) {
        const auto part = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), part.size() + 1));
        if (part.starts_with("Action=") && action.name.empty())
            action.name = percentDecode(part.substr(7), true);
        else if (part.starts_with("Version=") && action.version.empty())
            action.version = percentDecode(part.substr(8), true);
    }
}

// A compressed form is unpacked twice: its signature is that of what was sent.
std::string unpacked(const http::Request& request)
{
    http::Request copy;
    copy.headers = request.headers;
    copy.body = request.body;
    return decodeBody(copy) ? std::move(copy.body) : std::string();
}

NamedAction namedAction(const http::Request& request)
{
    NamedAction action;
    takeNames(request.rawQuery(), action);
    if (!request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded"))
        return action;
    if (request.headers.has("Content-Encoding"))
        takeNames(unpacked(request), action);
    else
        takeNames(request.body, action);
    return action;
}

bool hasForm(const http::Request& head)
{
    return head.rawQuery().find("Action=") != std::string_view::npos
        || head.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded");
}

}

bool Directory::setAction(Service& service, std::string_view name, Recognised& found) const
{
    found.service = &service;
    const auto index = findAction(service, name);
    if (!index || isOwnAction(service.action(*index)))
        return false;
    found.kind = Recognised::Kind::Action;
    found.index = *index;
    return true;
}

// A signature's scope names the service, else the host does, else the version, which services do not share.
bool Directory::tryQuery(const http::Request& request, const Signature& signature, Recognised& found) const
{
    if (!hasForm(request))
        return false;
    const bool isSigned = signature.form != Signature::Form::None;
    const auto host = serviceOfHost(hostWithoutPort(request.headers.get("Host")));
    std::optional<NamedAction> named;
    for (auto* service : m_services) {
        if (service->queryVersion().empty())
            continue;
        const bool byHost = host && host->service == service->signingName();
        if (isSigned && signature.service != service->signingName())
            continue;
        if (!named)
            named = namedAction(request);
        if (!isSigned && !byHost && (named->name.empty() || named->version != service->queryVersion()))
            continue;
        if (byHost)
            found.region = host->region;
        found.form =
            request.headers.get("Accept") == "application/json" ? WireForm::QueryJson : WireForm::Query;
        // SQS's clients may leave the version out, and there is only this one.
        const bool isVersion = named->version.empty() || named->version == service->queryVersion();
        if (isVersion && setAction(*service, named->name, found))
            return true;
        found.service = service;
        found.kind = Recognised::Kind::UnknownAction;
        found.what = named->name + " for version " + named->version;
        return true;
    }
    return false;
}

// "/service/{the target's prefix}/operation/{name}"
bool Directory::tryCbor(const http::Request& head, Recognised& found) const
{
    if (head.headers.get("smithy-protocol") != "rpc-v2-cbor")
        return false;
    const auto parts = split(head.path(), '/');
    if (parts.size() != 5 || parts[1] != "service" || parts[3] != "operation")
        return false;
    for (auto* service : m_services) {
        if (service->queryVersion().empty() || service->targetPrefix() != parts[2])
            continue;
        found.form = WireForm::Cbor;
        if (!setAction(*service, parts[4], found)) {
            found.kind = Recognised::Kind::UnknownAction;
            found.what = parts[4];
        }
        return true;
    }
    return false;
}

}
