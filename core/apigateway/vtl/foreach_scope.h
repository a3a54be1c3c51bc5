#pragma once

#include "core/apigateway/vtl/value.h"

namespace core::apigateway::vtl {

// $foreach of one loop. The heap owns it; a template may keep it, and it stays as the last round left it.
class ForeachScope : public Object {
public:
    std::size_t index = 0; // from 0
    std::size_t count = 0; // of all elements
    Value parent; // the scope of the loop around it, or null

    std::string_view className() const override;
    std::optional<Value> property(std::string_view name) override;
    Result<std::optional<Value>> call(std::string_view name, std::span<const Value> arguments) override;
    Result<> write(Writer& writer) override;

private:
    Value topmost();
};

}
