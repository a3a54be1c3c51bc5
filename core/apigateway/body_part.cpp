#include "core/apigateway/body_part.h"

#include "core/apigateway/vtl/json_path.h"
#include "core/apigateway/vtl/json_value.h"

namespace core::apigateway {

std::optional<std::string> bodyPart(const std::string& body, const std::string& pathText)
{
    if (pathText.empty())
        return body;
    vtl::Heap heap;
    const auto document = vtl::parseJson(body, heap);
    const auto path = vtl::JsonPath::parse(pathText);
    if (!document || !path)
        return std::nullopt;
    const auto found = path->read(*document, heap);
    if (!found || !*found || (*found)->isNull())
        return std::nullopt;
    const auto& value = **found;
    auto text = value.isText() ? Result<std::string>(value.text()) : vtl::jsonOf(value);
    return text ? std::optional(*std::move(text)) : std::nullopt;
}

}
