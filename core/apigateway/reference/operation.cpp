#include "core/apigateway/reference/operation.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace core::apigateway::reference {

using Node = nlohmann::ordered_json;

namespace {

std::string member(const Node& node, const char* name)
{
    if (!node.is_object())
        return {};
    const auto found = node.find(name);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

const Node& object(const Node& node, const char* name)
{
    static const Node none = Node::object();
    const auto found = node.is_object() ? node.find(name) : node.end();
    return node.is_object() && found != node.end() && found->is_object() ? *found : none;
}

std::string schemeText(const std::string& name, const Node& scheme, const Node& scopes)
{
    const auto header = member(scheme, "name");
    const auto& authorizer = object(scheme, "x-amazon-apigateway-authorizer");
    if (toLower(member(scheme, "x-amazon-apigateway-authtype")) == "awssigv4")
        return "A signature of AWS, version 4 (IAM)";
    if (authorizer.empty() && toLower(header) == "x-api-key")
        return "An API key in the header x-api-key";
    auto said = member(authorizer, "type") == "cognito_user_pools"
        ? "A token of the user pool authorizer " + name
        : "The authorizer " + name + " allows it";
    if (header != "Unused" && !header.empty())
        said += ", by the header " + header;
    else if (const auto sources = member(authorizer, "identitySource"); !sources.empty())
        said += ", by " + sources;
    std::vector<std::string> names;
    for (const auto& scope : scopes) {
        if (scope.is_string())
            names.push_back(scope.get<std::string>());
    }
    if (!names.empty())
        said += ", with one of the scopes " + join(names, ", ");
    return said;
}

void writeParameters(Writing& writing, const Node& parameters)
{
    auto& html = writing.html;
    html.element("h4", "", "Parameters");
    html.raw(writing.isPage() ? "<table>" : "<table width=\"100%\" cellpadding=\"4\">");
    html.raw("<tr><th>Name</th><th>In</th><th>Type</th><th>What it is</th></tr>");
    for (const auto& parameter : parameters) {
        html.raw("<tr><td>").element("code", "name", member(parameter, "name"));
        if (parameter.value("required", Node(false)) == true)
            html.raw(" ").element("span", "required", "required");
        html.raw("</td><td>").text(member(parameter, "in")).raw("</td><td>");
        const auto& schema = object(parameter, "schema");
        writing.schemas.writeType(html, schema);
        html.raw("</td><td>").text(member(parameter, "description"));
        if (const auto limits = writing.schemas.limitsText(schema); !limits.empty())
            html.raw(" ").element("span", "note", limits);
        if (member(parameter, "deprecated") == "true" || parameter.value("deprecated", Node(false)) == true)
            html.raw(" ").element("span", "note", "deprecated");
        html.raw("</td></tr>");
    }
    html.raw("</table>");
}

void writeExample(Writing& writing, const Node& media)
{
    Node example;
    if (const auto given = media.find("example"); given != media.end()) {
        example = *given;
    } else if (const auto& named = object(media, "examples"); !named.empty()) {
        const auto& first = *named.begin();
        if (first.is_object() && first.contains("value"))
            example = first["value"];
    }
    if (!example.is_null())
        writeSample(writing,
            example.is_string() ? example.get<std::string>()
                                : example.dump(2, ' ', false, Node::error_handler_t::replace));
}

// Content types of one schema are told together.
void writeContent(Writing& writing, const Node& content)
{
    auto& html = writing.html;
    std::vector<std::pair<const Node*, std::vector<std::string>>> groups;
    for (const auto& [type, media] : content.items()) {
        auto group = std::find_if(
            groups.begin(), groups.end(), [&](const auto& known) { return *known.first == media; });
        if (group == groups.end())
            group = groups.insert(group, {&media, {}});
        group->second.push_back(type);
    }
    for (const auto& [media, types] : groups) {
        html.raw("<p class=\"content\">");
        for (const auto& type : types)
            html.element("code", "media", type).raw(" ");
        const auto& schema = object(*media, "schema");
        if (!schema.empty())
            writing.schemas.writeType(html, schema);
        html.raw("</p>");
        writing.schemas.writeMembers(html, schema);
        if (media->is_object())
            writeExample(writing, *media);
    }
}

void writeBody(Writing& writing, const Node& body)
{
    writing.html.element("h4", "", "Body");
    writing.html.prose(member(body, "description"));
    writeContent(writing, object(body, "content"));
}

void writeHeaders(Writing& writing, const Node& headers)
{
    auto& html = writing.html;
    html.open("ul", "tree");
    for (const auto& [name, header] : headers.items()) {
        html.raw("<li>").element("code", "name", name).raw(" ");
        writing.schemas.writeType(html, object(header, "schema"));
        if (const auto said = member(header, "description"); !said.empty())
            html.raw(" ").element("span", "note", said);
        html.raw("</li>");
    }
    html.close("ul");
}

void writeResponses(Writing& writing, const Node& responses)
{
    auto& html = writing.html;
    html.element("h4", "", "Responses");
    for (const auto& [status, response] : responses.items()) {
        const std::string kind = status.empty() ? "0" : status.substr(0, 1);
        html.raw("<p class=\"response\">").element("span", "status s" + anchorOf(kind), status).raw(" ");
        html.text(member(response, "description")).raw("</p>");
        if (const auto& headers = object(response, "headers"); !headers.empty())
            writeHeaders(writing, headers);
        writeContent(writing, object(response, "content"));
    }
}

void writeTitle(Writing& writing, const Operation& operation)
{
    auto& html = writing.html;
    writeAnchor(writing, operation.anchor());
    html.raw("<h3>").element("span", "method " + toLower(operation.method), operation.method).raw(" ");
    html.element("code", "path", operation.path).raw("</h3>");
    if (const auto summary = member(operation.source, "summary"); !summary.empty())
        html.element("p", "summary", summary);
    else if (const auto id = member(operation.source, "operationId"); !id.empty())
        html.element("p", "summary", id);
    if (operation.source.value("deprecated", Node(false)) == true)
        html.element("p", "note", "Deprecated");
    html.prose(member(operation.source, "description"));
}

}

std::string Operation::anchor() const
{
    return anchorOf(toLower(method) + path);
}

std::vector<std::string> accessTexts(const Node& definition, const Operation& operation)
{
    std::vector<std::string> texts;
    const auto& schemes = object(object(definition, "components"), "securitySchemes");
    for (const auto& requirement : operation.source.value("security", Node::array())) {
        if (!requirement.is_object())
            continue;
        for (const auto& [name, scopes] : requirement.items())
            texts.push_back(schemeText(name, object(schemes, name.c_str()), scopes));
    }
    return texts;
}

void writeAnchor(Writing& writing, const std::string& anchor)
{
    writing.html.raw("<a ").raw(writing.isPage() ? "id" : "name").raw("=\"").raw(anchor).raw("\"></a>");
}

void writeSample(Writing& writing, const std::string& text)
{
    writing.html.element("pre", "", text);
}

void writeOperation(Writing& writing, const Operation& operation)
{
    auto& html = writing.html;
    html.open("div", "operation");
    writeTitle(writing, operation);
    const auto access = accessTexts(writing.definition, operation);
    html.raw("<p class=\"access\">").element("span", "label", "Needs").raw(" ");
    html.text(access.empty() ? "nothing: anyone may call it" : join(access, "; ")).raw("</p>");
    if (const auto parameters = operation.source.value("parameters", Node::array()); !parameters.empty())
        writeParameters(writing, parameters);
    if (const auto& body = object(operation.source, "requestBody"); !body.empty())
        writeBody(writing, body);
    if (const auto curl = curlOf(writing, operation); !curl.empty()) {
        html.element("h4", "", "Call it");
        writeSample(writing, curl);
    }
    if (const auto& responses = object(operation.source, "responses"); !responses.empty())
        writeResponses(writing, responses);
    html.close("div");
}

}
