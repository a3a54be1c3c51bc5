#include "core/aws/detail/protocols.h"
#include "core/aws/json_text.h"
#include "core/aws/xml_shape.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <sstream>

namespace core::aws::detail {

using nlohmann::json;

namespace {

std::string contentType(const Service& service)
{
    return service.xmlManner() == XmlManner::S3 ? "application/xml" : "text/xml";
}

// The members of the body alone, so that an element is not taken for a member of the path or the query.
Shape bodyShape(const ActionInfo& action, std::vector<Member>& members)
{
    for (const auto& member : action.input ? action.input->members : std::span<const Member>()) {
        if (member.in == In::Body)
            members.push_back(member);
    }
    return Shape{.type = Type::Structure, .members = members};
}

void appendMembers(pugi::xml_node node, const Error& error)
{
    if (error.members.empty())
        return;
    const auto members = json::parse(error.members, nullptr, false);
    if (!members.is_object())
        return;
    for (const auto& [name, value] : members.items()) {
        const auto text = value.is_string() ? value.get<std::string>() : writeJson(value);
        node.append_child(name.c_str()).text().set(text.c_str());
    }
}

void appendText(pugi::xml_node node, const char* name, const std::string& text)
{
    node.append_child(name).text().set(text.c_str());
}

void writeS3Error(pugi::xml_document& document, const Error& error, const RequestContext& context,
    const http::Request& wire, const std::string& hostId)
{
    auto node = document.append_child("Error");
    appendText(node, "Code", error.code);
    appendText(node, "Message", error.message);
    appendMembers(node, error);
    appendText(node, "Resource", std::string(wire.path()));
    appendText(node, "RequestId", context.requestId);
    appendText(node, "HostId", hostId);
}

void writeErrorResponse(
    pugi::xml_document& document, const Service& service, const Error& error, const RequestContext& context)
{
    auto root = document.append_child("ErrorResponse");
    if (!service.xmlNamespace().empty())
        root.append_attribute("xmlns").set_value(std::string(service.xmlNamespace()).c_str());
    auto node = root.append_child("Error");
    appendText(node, "Type", service.statusOf(error) < 500 ? "Sender" : "Receiver");
    appendText(node, "Code", error.code);
    appendText(node, "Message", error.message);
    appendMembers(node, error);
    appendText(root, "RequestId", context.requestId);
}

}

Result<> readRestXmlInput(
    const Service& service, const ActionInfo& action, const PathParameters& path, Request& request)
{
    readRestHead(action, path, request);
    const auto* payload = payloadMember(action);
    const bool structured = !payload || payload->shape->type == Type::Structure;
    if (request.sink || !structured || !service.parsesBody() || request.body.empty())
        return {};
    std::vector<Member> members;
    const auto whole = bodyShape(action, members);
    if (!payload && members.empty())
        return {};
    auto parsed = readXml(request.body, payload ? *payload->shape : whole);
    if (!parsed)
        return fail(service.malformedBody(parsed.error().message));
    if (payload)
        request.input()[std::string(payload->name)] = *std::move(parsed);
    else
        request.input().update(*parsed);
    return {};
}

http::Response writeRestXmlReply(const Service& service, const ActionInfo& action, Reply reply)
{
    auto response = startResponse(reply, action.status);
    if (reply.output) {
        auto output = *reply.output;
        static constexpr Shape document{.type = Type::Document};
        const Shape* shape = action.output ? action.output : &document;
        auto root = action.outputRoot; // where there is none, the payload member's name
        if (action.output)
            writeRestHead(*action.output, output, response.headers);
        for (const auto& member : shape->members) {
            if (member.in != In::Payload)
                continue;
            shape = member.shape;
            root = root.empty() ? member.name : root;
            output = output.value(std::string(member.name), json::object());
            break;
        }
        if (!root.empty() && response.status != 204)
            response.body = writeXml(root, service.xmlNamespace(), output, *shape);
    }
    if (!response.body.empty() && !response.headers.has("Content-Type"))
        response.headers.add("Content-Type", contentType(service));
    return response;
}

http::Response writeRestXmlError(
    const Service& service, const Error& error, const RequestContext& context, const http::Request& wire)
{
    http::Response response;
    response.status = service.statusOf(error);
    pugi::xml_document document;
    addRequestId(service, context.requestId, response.headers);
    if (service.xmlManner() == XmlManner::S3)
        writeS3Error(document, error, context, wire, std::string(response.headers.get("x-amz-id-2")));
    else
        writeErrorResponse(document, service, error, context);
    if (wire.method == "HEAD")
        return response;
    std::ostringstream text;
    text << (service.xmlManner() == XmlManner::S3 ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                                  : "<?xml version=\"1.0\"?>\n");
    document.save(text, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    response.body = std::move(text).str();
    response.headers.add("Content-Type", contentType(service));
    return response;
}

}
