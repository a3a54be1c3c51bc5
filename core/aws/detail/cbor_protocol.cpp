#include "core/aws/detail/cbor_reader.h"
#include "core/aws/detail/protocols.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

namespace core::aws::detail {

using nlohmann::json;

namespace {

// CBOR after a shape: moments carry their tag and blobs are bytes, which a JSON library cannot know.
class Writer {
public:
    void write(const json& value, const Shape& shape)
    {
        if (value.is_object())
            return writeObject(value, shape);
        if (value.is_array())
            return writeArray(value, shape);
        if (shape.type == Type::Timestamp && value.is_number()) {
            m_text += '\xc1'; // "epoch-based date/time"
            return append(json(value.get<double>()));
        }
        if (shape.type == Type::Blob && value.is_string()) {
            const auto bytes = unbase64(value.get_ref<const std::string&>()).value_or("");
            return append(json::binary({bytes.begin(), bytes.end()}));
        }
        if (shape.type == Type::Double && value.is_number())
            return append(json(value.get<double>()));
        append(value);
    }

    std::string text() && { return std::move(m_text); }

private:
    void append(const json& value)
    {
        const auto bytes = json::to_cbor(value);
        m_text.append(bytes.begin(), bytes.end());
    }

    // Maps and arrays of a length that is not said before: their members may be left out.
    void writeObject(const json& value, const Shape& shape)
    {
        m_text += '\xbf';
        for (const auto& [name, part] : value.items()) {
            if (part.is_null())
                continue;
            append(json(name));
            write(part, shapeOf(name, shape));
        }
        m_text += '\xff';
    }

    void writeArray(const json& value, const Shape& shape)
    {
        m_text += '\x9f';
        for (const auto& part : value)
            write(part, shape.element ? *shape.element : kDocument);
        m_text += '\xff';
    }

    static const Shape& shapeOf(std::string_view name, const Shape& shape)
    {
        for (const auto& member : shape.members) {
            if (member.name == name)
                return *member.shape;
        }
        return shape.type == Type::Map && shape.element ? *shape.element : kDocument;
    }

    std::string m_text;
};

http::Response finished(http::Response response, const json& body, const Shape& shape)
{
    Writer writer;
    writer.write(body.is_null() ? json::object() : body, shape);
    response.body = std::move(writer).text();
    response.headers.set("Content-Type", "application/cbor");
    response.headers.set("smithy-protocol", "rpc-v2-cbor");
    return response;
}

}

Result<> readCborInput(const Service& service, Request& request)
{
    if (request.body.empty())
        return {};
    auto input = CborReader(request.body).read();
    if (!input || !input->is_object())
        return fail(service.malformedBody("the body is no CBOR map"));
    request.setInput(*std::move(input));
    return {};
}

http::Response writeCborReply(const ActionInfo& action, Reply reply)
{
    const auto output = reply.json();
    return finished(startResponse(reply, 200), output, action.output ? *action.output : kDocument);
}

http::Response writeCborError(const Service& service, const Error& error)
{
    http::Response response;
    response.status = service.statusOf(error);
    return finished(std::move(response), service.errorBody(error), kDocument);
}

}
