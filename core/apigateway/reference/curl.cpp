#include "core/apigateway/reference/operation.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::reference {

using Node = nlohmann::ordered_json;

namespace {

std::string member(const Node& node, const char* name)
{
    return node.is_object()
        ? node.value(name, Node()).is_string() ? node[name].get<std::string>() : std::string{}
        : std::string{};
}

std::string shellQuoted(const std::string& text)
{
    return "'" + replaceAll(text, "'", "'\\''") + "'";
}

std::string sampleOf(const Writing& writing, const Node& parameter)
{
    const auto given = parameter.find("example");
    const auto schema = parameter.find("schema");
    Node sample = given != parameter.end()                 ? *given
        : schema != parameter.end() && schema->is_object() ? writing.schemas.example(*schema)
                                                           : Node("text");
    if (sample.is_array())
        sample = sample.empty() ? Node("text") : Node(sample.front());
    auto text = sample.is_string() ? sample.get<std::string>() : sample.dump();
    return text == "text" ? member(parameter, "name") : text;
}

// "/pets/{petId}?type=cat" with values in it; optional query parameters are left out.
std::string target(const Writing& writing, const Operation& operation, const Node& parameters)
{
    auto path = operation.path;
    std::string query;
    for (const auto& parameter : parameters) {
        const auto name = member(parameter, "name");
        const auto in = member(parameter, "in");
        const auto value = percentEncode(sampleOf(writing, parameter));
        if (in == "path")
            path = replaceAll(path, "{" + name + "}", value);
        else if (in == "query" && parameter.value("required", Node(false)) == true)
            query += (query.empty() ? "?" : "&") + percentEncode(name) + '=' + value;
    }
    return replaceAll(path, "+}", "}") + query;
}

void addCredentials(const Writing& writing, const Operation& operation, std::vector<std::string>& lines)
{
    const auto components = writing.definition.value("components", Node::object());
    const auto schemes = components.value("securitySchemes", Node::object());
    for (const auto& requirement : operation.source.value("security", Node::array())) {
        for (const auto& [name, scopes] : requirement.items()) {
            const auto scheme = schemes.value(name, Node::object());
            const auto header = member(scheme, "name");
            if (toLower(member(scheme, "x-amazon-apigateway-authtype")) == "awssigv4")
                lines.emplace_back("--aws-sigv4 'aws:amz:us-east-1:execute-api' --user test:test");
            else if (member(scheme, "in") == "header" && !header.empty() && header != "Unused")
                lines.push_back(
                    "-H " + shellQuoted(header + ": " + (header == "x-api-key" ? "KEY" : "TOKEN")));
        }
    }
}

void addBody(const Writing& writing, const Operation& operation, std::vector<std::string>& lines)
{
    const auto body = operation.source.value("requestBody", Node::object());
    const auto content = body.value("content", Node::object());
    if (content.empty())
        return;
    const auto json = content.find("application/json");
    const auto type = json != content.end() ? std::string("application/json") : content.items().begin().key();
    lines.push_back("-H " + shellQuoted("Content-Type: " + type));
    const auto& media = content[type];
    Node example;
    if (const auto given = media.find("example"); given != media.end())
        example = *given;
    else if (const auto schema = media.find("schema"); schema != media.end())
        example = writing.schemas.example(*schema);
    const auto text = example.is_string() ? example.get<std::string>()
                                          : example.dump(2, ' ', false, Node::error_handler_t::replace);
    lines.push_back("-d " + shellQuoted(text));
}

}

std::string curlOf(const Writing& writing, const Operation& operation)
{
    if (writing.options.address.empty())
        return {};
    const auto parameters = operation.source.value("parameters", Node::array());
    std::vector<std::string> lines;
    const auto method = operation.method == "ANY" ? std::string("GET") : operation.method;
    const auto verb = method == "GET" ? std::string() : method == "HEAD" ? "-I " : "-X " + method + ' ';
    lines.push_back(
        "curl " + verb + shellQuoted(writing.options.address + target(writing, operation, parameters)));
    for (const auto& parameter : parameters) {
        if (member(parameter, "in") == "header" && parameter.value("required", Node(false)) == true)
            lines.push_back(
                "-H " + shellQuoted(member(parameter, "name") + ": " + sampleOf(writing, parameter)));
    }
    addCredentials(writing, operation, lines);
    addBody(writing, operation, lines);
    return join(lines, " \\\n  ");
}

}
