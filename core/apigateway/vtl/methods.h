#pragma once

#include "core/apigateway/vtl/value.h"

namespace core::apigateway::vtl {

// Methods and properties of values, as templates call them on Java's classes.

// nullopt: the class has no such method for these arguments. An error is what Java throws.
Result<std::optional<Value>> callMethod(
    Heap& heap, const Value& target, std::string_view name, std::span<const Value> arguments);
// $target.name: a getter, an entry of a map, isName(). nullopt when there is none.
std::optional<Value> property(Heap& heap, const Value& target, std::string_view name);
// $target[index], and the same to the left of a #set.
Result<std::optional<Value>> element(Heap& heap, const Value& target, const Value& index);
Result<bool> setElement(Value& target, const Value& index, const Value& value);

// The parts: one a kind of value.
Result<std::optional<Value>> callText(
    Heap& heap, const std::string& text, std::string_view name, std::span<const Value> arguments);
Result<std::optional<Value>> callList(
    Heap& heap, List& list, std::string_view name, std::span<const Value> arguments);
Result<std::optional<Value>> callMap(
    Heap& heap, Map& map, std::string_view name, std::span<const Value> arguments);
Result<std::optional<Value>> callNumber(
    Heap& heap, const Value& number, std::string_view name, std::span<const Value> arguments);

// What Java throws out of a method, as an error that ends the rendering.
Error thrown(const std::string& exception, const std::string& message);

}
