#include "ui/api/api_value.h"

#include <nlohmann/json.hpp>

#include <QUrl>

#include <QRegularExpression>

#include <algorithm>

namespace ui::api {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

QString text(const json& value, const char* member)
{
    const auto found = value.find(member);
    return found != value.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                      : QString();
}

QString functionArnOf(const QString& uri)
{
    return uri.section(u"functions/"_s, 1).section(u"/invocations"_s, 0, 0);
}

int mockStatusOf(const json& integration)
{
    const auto templates = integration.value("requestTemplates", json::object());
    const auto body = json::parse(templates.value("application/json", "{}"), nullptr, false);
    const auto status = body.is_object() ? body.value("statusCode", json(200)) : json(200);
    return status.is_number_integer() ? status.get<int>() : 200;
}

void readMappings(const json& from, IntegrationValue& into)
{
    const auto parameters = from.value("requestParameters", json::object());
    for (const auto& [target, source] : parameters.items())
        into.requestMappings.append(QString::fromStdString(target + " = " + source.get<std::string>()));
    const auto templates = from.value("requestTemplates", json::object());
    for (const auto& [type, body] : templates.items())
        into.requestMappings.append(QString::fromStdString(type));
    const auto responses = from.value("integrationResponses", json::object());
    for (const auto& [status, response] : responses.items()) {
        const auto pattern = text(response, "selectionPattern");
        into.responseMappings.append(
            QString::fromStdString(status) + (pattern.isEmpty() ? QString() : u" for "_s + pattern));
    }
}

IntegrationValue integrationOf(const json& from)
{
    IntegrationValue value;
    const auto type = text(from, "type");
    value.uri = text(from, "uri");
    value.httpMethod = text(from, "httpMethod");
    value.timeout = from.value("timeoutInMillis", 29'000);
    readMappings(from, value);
    if (type == "AWS_PROXY"_L1) {
        value.kind = IntegrationKind::Lambda;
        value.functionArn = functionArnOf(value.uri);
        value.function = value.functionArn.section(u":function:"_s, 1).section(u':', 0, 0);
    } else if (type == "HTTP_PROXY"_L1) {
        value.kind = IntegrationKind::Http;
    } else if (type == "AWS"_L1 || type == "HTTP"_L1) {
        value.kind = IntegrationKind::Mapped;
        value.type = type;
        // arn:aws:apigateway:{region}:{subdomain.service}:action/{name}
        const auto host = QUrl(value.uri).host();
        value.target = type == "AWS"_L1 ? value.uri.section(u':', 4, 4).section(u'.', -1) : host;
        if (value.target.isEmpty())
            value.target = value.uri;
    } else {
        value.kind = IntegrationKind::Mock;
        value.mockStatus = mockStatusOf(from);
    }
    return value;
}

int rank(const QString& method)
{
    static const QStringList kOrder{
        u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"ANY"_s};
    return int(kOrder.indexOf(method));
}

// How well a template's part fits a request's: 0 not, 1 {name+}, 2 {name}, 3 the same text.
int fit(const QString& part, const QString& given)
{
    if (part.startsWith(u'{'))
        return part.endsWith("+}"_L1) ? 1 : 2;
    return part == given ? 3 : 0;
}

// The fits part by part, for comparison; empty when the path is not reached.
QList<int> fits(const QString& pattern, const QString& path)
{
    const auto wanted = pattern.split(u'/', Qt::SkipEmptyParts);
    const auto given = path.split(u'/', Qt::SkipEmptyParts);
    QList<int> result{0};
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (i >= given.size())
            return {};
        const int one = fit(wanted[i], given[i]);
        if (one == 0)
            return {};
        result.append(one);
        if (one == 1)
            return result;
    }
    return wanted.size() == given.size() ? result : QList<int>();
}

}

QString Route::text() const
{
    return method.isEmpty() ? path : method + u' ' + path;
}

Route Route::of(const QString& text)
{
    if (text.startsWith(u'/'))
        return {text, {}};
    return {text.section(u' ', 1), text.section(u' ', 0, 0)};
}

ResourceValue resourceOf(const json& resource)
{
    ResourceValue value{text(resource, "id"), text(resource, "parentId"), text(resource, "path"),
        text(resource, "pathPart"), {}};
    const auto methods = resource.value("resourceMethods", json::object());
    for (const auto& [name, method] : methods.items()) {
        MethodValue one;
        one.httpMethod = QString::fromStdString(name);
        one.authorizationType = text(method, "authorizationType");
        one.apiKeyRequired = method.value("apiKeyRequired", false);
        one.operationName = text(method, "operationName");
        one.validatorId = text(method, "requestValidatorId");
        if (const auto found = method.find("methodIntegration"); found != method.end())
            one.integration = integrationOf(*found);
        value.methods.append(one);
    }
    std::sort(value.methods.begin(), value.methods.end(),
        [](const auto& a, const auto& b) { return rank(a.httpMethod) < rank(b.httpMethod); });
    return value;
}

QStringList pathParameters(const QString& path)
{
    static const QRegularExpression kBraces(u"\\{([^}+]+)\\+?\\}"_s);
    QStringList names;
    for (auto matches = kBraces.globalMatch(path); matches.hasNext();)
        names.append(matches.next().captured(1));
    return names;
}

const MethodValue* matchRoute(const QList<ResourceValue>& resources, const QString& method,
    const QString& path, const ResourceValue** resource)
{
    const MethodValue* best = nullptr;
    QList<int> bestFits;
    for (const auto& each : resources) {
        const auto here = fits(each.path, path.section(u'?', 0, 0));
        if (here.isEmpty() || (best && here <= bestFits))
            continue;
        for (const auto& one : each.methods) {
            if (one.httpMethod != method && one.httpMethod != "ANY"_L1)
                continue;
            best = &one;
            bestFits = here;
            if (resource)
                *resource = &each;
            if (one.httpMethod == method)
                break;
        }
    }
    return best;
}

QString renamedPath(const QString& path, const QString& pathPart)
{
    return path.left(path.lastIndexOf(u'/') + 1) + pathPart;
}

bool isAtOrBelow(const QString& path, const QString& top)
{
    return path == top || path.startsWith(top.endsWith(u'/') ? top : top + u'/');
}

}
