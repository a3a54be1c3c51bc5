#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/openapi/export.h"
#include "core/apigateway/openapi/import.h"
#include "core/apigateway/reference/reference.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

using namespace core::apigateway;

// Any text is refused with words, or what it says can be written, read again, and shown; an API that was
// imported can be imported from its own export.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto tree = openapi::readDefinition(fuzz::textOf(data, size));
    if (!tree) {
        fuzz::require(!tree.error().message.empty(), "a refused document says why");
        return 0;
    }
    const auto yaml = openapi::readDefinition(openapi::writeDefinitionYaml(*tree));
    fuzz::require(yaml && *yaml == *tree, "YAML is read as it was written");
    const auto definition = openapi::Definition::read(*std::move(tree));
    if (!definition)
        return 0;
    auto api = openapi::emptyApi(*definition, "us-east-1", "000000000000", 0);
    if (!api || !openapi::importDefinition(*api, *definition, {}))
        return 0;
    const openapi::ExportSource source{*api, *api, "prod", &api->documentation.parts, {}};
    for (const bool swagger : {false, true}) {
        auto exported = openapi::exportDefinition(
            source, {.swagger = swagger, .extensions = true, .documentation = true});
        const auto again = openapi::Definition::read(std::move(exported));
        fuzz::require(again.has_value(), "an export is a definition");
        auto second = openapi::emptyApi(*again, "us-east-1", "000000000000", 0);
        fuzz::require(second.has_value(), "an export pins no id");
        fuzz::require(
            openapi::importDefinition(*second, *again, {}).has_value(), "an export can be imported");
    }
    const auto shown = openapi::exportDefinition(source, {.authorizers = true, .documentation = true});
    const auto page = reference::write(shown, {reference::Form::Page, "prod", "http://127.0.0.1:4566/x"});
    fuzz::require(page.find("<script") == page.npos, "a reference has no script");
    return 0;
}
