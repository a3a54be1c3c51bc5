#include "core/apigateway/reference/reference.h"

#include "core/apigateway/reference/operation.h"
#include "core/apigateway/reference/style.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::reference {

using Node = nlohmann::ordered_json;

namespace {

const Node& object(const Node& node, const char* name)
{
    static const Node none = Node::object();
    if (!node.is_object())
        return none;
    const auto found = node.find(name);
    return found != node.end() && found->is_object() ? *found : none;
}

std::string member(const Node& node, const char* name)
{
    const auto found = node.find(name);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<Operation> operationsOf(const std::string& path, const Node& item)
{
    std::vector<Operation> operations;
    for (const auto& [name, source] : item.items()) {
        if (name == "x-amazon-apigateway-any-method")
            operations.push_back({path, "ANY", source});
        else if (source.is_object() && source.contains("responses"))
            operations.push_back({path, toUpper(name), source});
    }
    return operations;
}

void writeContents(Writing& writing)
{
    auto& html = writing.html;
    html.raw("<nav aria-label=\"Contents\">");
    html.element("p", "brand", member(object(writing.definition, "info"), "title"));
    html.open("ul");
    for (const auto& [path, item] : object(writing.definition, "paths").items()) {
        for (const auto& operation : operationsOf(path, item)) {
            html.raw("<li><a href=\"#").raw(operation.anchor()).raw("\">");
            html.element("span", "method " + toLower(operation.method), operation.method).raw(" ");
            html.element("code", "", operation.path).raw("</a></li>");
        }
    }
    html.close("ul");
    if (const auto& models = object(object(writing.definition, "components"), "schemas"); !models.empty()) {
        html.element("p", "group", "Models").open("ul");
        for (const auto& [name, schema] : models.items()) {
            if (SchemaTree::isMadeUp(name))
                continue;
            html.raw("<li><a href=\"#model-").raw(anchorOf(name)).raw("\">").text(name).raw("</a></li>");
        }
        html.close("ul");
    }
    html.raw("</nav>");
}

void writeHead(Writing& writing)
{
    auto& html = writing.html;
    const auto& info = object(writing.definition, "info");
    html.element("h1", "", member(info, "title"));
    html.open("p", "meta").element("span", "label", "Version").raw(" ").text(member(info, "version"));
    if (writing.options.stage.empty())
        html.raw(" · ").text("As it is edited, not deployed");
    else
        html.raw(" · ").element("span", "label", "Stage").raw(" ").text(writing.options.stage);
    html.close("p");
    if (!writing.options.address.empty())
        html.open("p", "meta")
            .element("span", "label", "Address")
            .raw(" ")
            .element("code", "", writing.options.address)
            .close("p");
    html.prose(member(info, "description"));
}

void writePaths(Writing& writing)
{
    auto& html = writing.html;
    const auto& paths = object(writing.definition, "paths");
    bool any = false;
    for (const auto& [path, item] : paths.items()) {
        const auto operations = operationsOf(path, item);
        if (operations.empty())
            continue;
        any = true;
        html.raw("<h2>").element("code", "", path).raw("</h2>");
        html.prose(member(item, "summary"));
        html.prose(member(item, "description"));
        for (const auto& operation : operations)
            writeOperation(writing, operation);
    }
    if (!any)
        html.element("p", "note", "The API has no methods.");
}

void writeModels(Writing& writing)
{
    auto& html = writing.html;
    const auto& models = object(object(writing.definition, "components"), "schemas");
    if (models.empty())
        return;
    html.element("h2", "", "Models");
    for (const auto& [name, schema] : models.items()) {
        if (SchemaTree::isMadeUp(name))
            continue;
        html.open("div", "operation");
        writeAnchor(writing, "model-" + anchorOf(name));
        html.raw("<h3>").element("code", "path", name).raw("</h3>");
        html.prose(member(schema, "description"));
        html.raw("<p class=\"content\">");
        writing.schemas.writeType(html, schema);
        if (const auto limits = writing.schemas.limitsText(schema); !limits.empty())
            html.raw(" ").element("span", "note", limits);
        html.raw("</p>");
        writing.schemas.writeMembers(html, schema);
        html.close("div");
    }
}

}

std::string write(const Node& definition, const Options& options)
{
    Writing writing{definition, options, SchemaTree(definition), {}};
    auto& html = writing.html;
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    if (writing.isPage())
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                 "'unsafe-inline'\">");
    html.element("title", "", member(object(definition, "info"), "title"));
    if (writing.isPage())
        html.raw("<style>").raw(kStyle).raw("</style>");
    html.raw("</head><body>");
    if (writing.isPage()) {
        writeContents(writing);
        html.raw("<main>");
    }
    writeHead(writing);
    writePaths(writing);
    writeModels(writing);
    html.raw(writing.isPage() ? "</main></body></html>\n" : "</body></html>\n");
    return html.take();
}

}
