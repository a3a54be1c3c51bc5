#include "core/dynamodb/update_eval.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/projection.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

using Kind = UpdateAction::Kind;

Result<AttributeValue> valueOf(const Operand& operand, const Attributes& item);

Result<AttributeValue> sumOf(const Operand& operand, const Attributes& item)
{
    CORE_TRY(const auto left, valueOf(operand.arguments[0], item));
    CORE_TRY(const auto right, valueOf(operand.arguments[1], item));
    if (left.type() != AttributeType::N || right.type() != AttributeType::N)
        return fail(errors::wrongUpdateOperand());
    CORE_TRY(const auto sum,
        operand.name == "+" ? Number::add(left.number(), right.number())
                            : Number::subtract(left.number(), right.number()));
    return AttributeValue::number(sum);
}

Result<AttributeValue> appended(const Operand& operand, const Attributes& item)
{
    CORE_TRY(auto left, valueOf(operand.arguments[0], item));
    CORE_TRY(auto right, valueOf(operand.arguments[1], item));
    if (left.type() != AttributeType::L || right.type() != AttributeType::L)
        return fail(errors::wrongUpdateOperand());
    for (auto& entry : right.list())
        left.list().push_back(std::move(entry));
    return left;
}

Result<AttributeValue> valueOf(const Operand& operand, const Attributes& item)
{
    if (operand.isValue())
        return operand.value;
    if (operand.isPath()) {
        const auto* value = valueAt(operand.path, item);
        if (!value)
            return fail(errors::missingUpdateOperand());
        return *value;
    }
    if (operand.name == "if_not_exists") {
        if (const auto* value = valueAt(operand.arguments[0].path, item))
            return *value;
        return valueOf(operand.arguments[1], item);
    }
    return operand.name == "list_append" ? appended(operand, item) : sumOf(operand, item);
}

AttributeValue::Set united(const AttributeValue::Set& a, const AttributeValue::Set& b)
{
    auto result = a;
    for (const auto& member : b) {
        if (std::find(a.begin(), a.end(), member) == a.end())
            result.push_back(member);
    }
    return result;
}

AttributeValue::Set without(const AttributeValue::Set& a, const AttributeValue::Set& b)
{
    AttributeValue::Set result;
    for (const auto& member : a) {
        if (std::find(b.begin(), b.end(), member) == b.end())
            result.push_back(member);
    }
    return result;
}

// The older AttributeUpdates word it otherwise.
Error wrongType(const UpdateExpression& update)
{
    return update.legacy ? errors::wrongUpdateType() : errors::wrongUpdateOperand();
}

Result<AttributeValue> added(
    const AttributeValue* existing, const AttributeValue& value, const UpdateExpression& update)
{
    if (!existing)
        return value;
    if (existing->type() != value.type())
        return fail(wrongType(update));
    if (value.type() == AttributeType::L) {
        auto list = existing->list();
        list.insert(list.end(), value.list().begin(), value.list().end());
        return AttributeValue::list(std::move(list));
    }
    if (value.type() == AttributeType::N) {
        CORE_TRY(const auto sum, Number::add(existing->number(), value.number()));
        return AttributeValue::number(sum);
    }
    return AttributeValue::set(value.type(), united(existing->members(), value.members()));
}

// What becomes of one path: a value, or nothing when it goes away.
struct Change {
    const Path* path;
    std::optional<AttributeValue> value;
};

Result<std::optional<Change>> changeOf(
    const UpdateAction& action, const Attributes& before, const UpdateExpression& update)
{
    Change change{&action.path, std::nullopt};
    const auto* existing = valueAt(action.path, before);
    switch (action.kind) {
    case Kind::Set: {
        CORE_TRY(auto value, valueOf(action.value, before));
        change.value = std::move(value);
        break;
    }
    case Kind::Add: {
        CORE_TRY(auto value, added(existing, action.value.value, update));
        change.value = std::move(value);
        break;
    }
    case Kind::Delete: {
        if (!existing)
            return std::optional<Change>{};
        if (existing->type() != action.value.value.type())
            return fail(wrongType(update));
        auto left = without(existing->members(), action.value.value.members());
        if (!left.empty()) // an emptied set goes away
            change.value = AttributeValue::set(existing->type(), std::move(left));
        break;
    }
    case Kind::Remove:
        break;
    }
    return std::optional<Change>(std::move(change));
}

// The map or list that holds the last element of a path of two or more.
AttributeValue* parentOf(const Path& path, Attributes& item)
{
    const Path parent(path.begin(), path.end() - 1);
    auto* value = const_cast<AttributeValue*>(valueAt(parent, item));
    const auto wanted = path.back().index ? AttributeType::L : AttributeType::M;
    return value && value->type() == wanted ? value : nullptr;
}

Result<> checkTarget(const Path& path, Attributes& item)
{
    if (path.size() > 1 && !parentOf(path, item))
        return fail(errors::invalidUpdatePath());
    return {};
}

void put(Change& change, Attributes& item)
{
    const auto& last = change.path->back();
    if (change.path->size() == 1) {
        item.set(last.name, std::move(*change.value));
        return;
    }
    auto* parent = parentOf(*change.path, item);
    if (!last.index) {
        parent->map().set(last.name, std::move(*change.value));
    } else if (*last.index < parent->list().size()) {
        parent->list()[*last.index] = std::move(*change.value);
    } else {
        parent->list().push_back(std::move(*change.value)); // an index beyond the end appends
    }
}

void remove(const Path& path, Attributes& item)
{
    const auto& last = path.back();
    if (path.size() == 1) {
        item.erase(last.name);
        return;
    }
    auto* parent = parentOf(path, item);
    if (!last.index)
        parent->map().erase(last.name);
    else if (*last.index < parent->list().size())
        parent->list().erase(parent->list().begin() + *last.index);
}

bool indexLess(const Change& a, const Change& b)
{
    return a.path->back().index.value_or(0) < b.path->back().index.value_or(0);
}

}

Result<Attributes> applyUpdate(const UpdateExpression& update, const Attributes& before)
{
    std::vector<Change> puts;
    std::vector<Change> removals;
    auto after = before;
    for (const auto& action : update.actions) {
        CORE_TRY(auto change, changeOf(action, before, update));
        CORE_CHECK(checkTarget(action.path, after));
        if (!change)
            continue;
        auto& kind = change->value ? puts : removals;
        kind.push_back(std::move(*change));
    }
    // Indexes mean places in the list as it was: what is appended comes in order of index, removals from
    // behind.
    std::stable_sort(puts.begin(), puts.end(), indexLess);
    std::stable_sort(
        removals.begin(), removals.end(), [](const Change& a, const Change& b) { return indexLess(b, a); });
    for (auto& change : puts)
        put(change, after);
    for (const auto& change : removals)
        remove(*change.path, after);
    return after;
}

Attributes updatedParts(const UpdateExpression& update, const Attributes& item)
{
    std::vector<Path> paths;
    for (const auto& action : update.actions)
        paths.push_back(action.path);
    return project(paths, item);
}

}
