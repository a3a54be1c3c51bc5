#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/partiql/access_path.h"
#include "core/dynamodb/partiql/conditions.h"
#include "core/dynamodb/partiql/parser.h"
#include "core/dynamodb/partiql/updates.h"
#include "core/dynamodb/update_eval.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::dynamodb;

namespace {

constexpr std::string_view kItem =
    R"({"pk":{"S":"a"},"sk":{"N":"1"},"n":{"N":"5"},"s":{"S":"text"},"flag":{"BOOL":true},"nul":{"NULL":true},
        "l":{"L":[{"N":"1"},{"M":{"k":{"S":"v"}}}]},"m":{"M":{"k":{"L":[{"S":"x"}]}}},"ss":{"SS":["a","b"]},
        "ns":{"NS":["1","2"]}})";

Attributes item()
{
    const auto document = JsonDocument::parse(kItem);
    return *decodeAttributes((*document)->root());
}

bool isCallersMistake(const core::Error& error)
{
    return error.code == "ValidationException" && !error.message.empty();
}

// The reads that a WHERE clause comes apart into find an item exactly when the clause holds, and once.
void checkPath(const Condition& where, const Attributes& attributes)
{
    const KeySchema keys{{"pk", AttributeType::S}, {"sk", AttributeType::N}};
    const auto path = partiql::accessPathOf(where, {}, keys);
    if (!path)
        return fuzz::require(isCallersMistake(path.error()), "a refused path is a mistake of the caller");
    if (path->scans)
        return;
    int found = 0;
    for (const auto& read : path->reads) {
        const auto& sortKey = *attributes.find("sk");
        const bool here =
            read.hash == *attributes.find("pk") && (!read.range || matches(*read.range, sortKey));
        found += here && (!read.filter || holds(*read.filter, attributes)) ? 1 : 0;
    }
    fuzz::require(found == (holds(where, attributes) ? 1 : 0), "reads find what the clause holds of, once");
}

void checkWhere(const partiql::Statement& statement, const partiql::Parameters& parameters)
{
    const auto condition = partiql::conditionOf(*statement.where, parameters);
    if (!condition)
        return fuzz::require(
            isCallersMistake(condition.error()), "a refused condition is a mistake of the caller");
    const auto attributes = item();
    const Condition inverted{Condition::Kind::Not, {*condition}, {}};
    fuzz::require(
        holds(*condition, attributes) != holds(inverted, attributes), "NOT turns a condition round");
    checkPath(*condition, attributes);
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto statement = partiql::parseStatement(fuzz::textOf(data, size));
    if (!statement) {
        fuzz::require(isCallersMistake(statement.error()), "a refused statement is a mistake of the caller");
        return 0;
    }
    const partiql::Parameters parameters(statement->parameters, AttributeValue::string("a"));
    if (statement->where)
        checkWhere(*statement, parameters);
    if (statement->kind == partiql::Statement::Kind::Insert)
        (void)partiql::itemOf(statement->item, parameters);
    const auto update = partiql::updateOf(statement->assignments, parameters);
    if (update)
        (void)applyUpdate(*update, item());
    return 0;
}
