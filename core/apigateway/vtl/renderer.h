#pragma once

#include "core/apigateway/vtl/syntax.h"

#include <cstdint>
#include <memory>
#include <unordered_map>

namespace core::apigateway::vtl {

// The variables of a rendering, by name without the '$'.
using Variables = std::unordered_map<std::string, Value>;

// What bounds a rendering. The loops are API Gateway's quota: a #foreach stops after so many rounds.
struct Limits {
    std::size_t output = kMaxText;
    int loops = 1000;
    std::int64_t steps = 2'000'000; // nodes and operations together
    int depth = 20; // of macros, #evaluate and #define within each other
    Deadline deadline = std::chrono::steady_clock::now() + kLongest;

    static constexpr std::chrono::seconds kLongest{29}; // as long as an integration may take
};

// What a reference that leads nowhere stands for: in API Gateway the empty text, wherever it stands; in
// Velocity alone null, which prints the reference itself.
enum class Undefined { EmptyText, Source };

// A parsed template. Immutable: any thread renders it, each with variables and a heap of its own.
class Template {
public:
    static Result<Template> parse(std::string_view text);

    // The text that the template makes. Variables that it sets are left in `variables`. Errors: what a method
    // of Java throws, and any bound; a template that is not to be rendered was refused by parse().
    Result<std::string> render(Variables& variables, Heap& heap, const Limits& limits = {},
        Undefined undefined = Undefined::EmptyText) const;

private:
    std::shared_ptr<const Syntax> m_syntax;
};

}
