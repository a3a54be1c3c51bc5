#include "core/dynamodb/partiql/access_path.h"

#include "core/base/hash.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>

namespace core::dynamodb::partiql {

namespace {

using Kind = Condition::Kind;
using Branch = std::vector<const Condition*>;

constexpr std::size_t kMaxReads = 50;
constexpr std::size_t kMaxBranches = 1000;

bool isGroup(const Condition& condition)
{
    return condition.kind == Kind::And || condition.kind == Kind::Or || condition.kind == Kind::Not;
}

// A condition on a key attribute that a key condition can say: its alternatives, several for IN.
std::vector<KeyCondition> keyConditionsOf(const Condition& condition, const KeyAttribute& key)
{
    if (key.name.empty() || isGroup(condition))
        return {};
    if (condition.kind != Kind::In) {
        auto conditions = keyConditions(condition);
        if (!conditions || conditions->front().attribute != key.name)
            return {};
        return std::move(*conditions);
    }
    const auto& path = condition.operands.front();
    if (!path.isPath() || path.path.size() != 1 || path.path.front().name != key.name)
        return {};
    std::vector<KeyCondition> alternatives;
    for (std::size_t i = 1; i < condition.operands.size(); ++i) {
        if (!condition.operands[i].isValue())
            return {};
        alternatives.push_back({key.name, KeyCondition::Kind::Equal, {condition.operands[i].value}});
    }
    return alternatives;
}

bool namesKey(const Condition& condition, const KeySchema& keys)
{
    if (isGroup(condition)) {
        return condition.kind != Kind::Not
            && std::any_of(condition.children.begin(), condition.children.end(),
                [&keys](const Condition& child) { return namesKey(child, keys); });
    }
    return !keyConditionsOf(condition, keys.hash).empty() || !keyConditionsOf(condition, keys.range).empty();
}

Result<std::vector<Branch>> branchesOf(const Condition& condition, const KeySchema& keys);

Result<std::vector<Branch>> branchesOfAnd(const Condition& condition, const KeySchema& keys)
{
    std::vector<Branch> branches{{}};
    for (const auto& child : condition.children) {
        CORE_TRY(const auto more, branchesOf(child, keys));
        if (branches.size() * more.size() > kMaxBranches)
            return fail(errors::tooManyReads());
        std::vector<Branch> product;
        for (const auto& left : branches) {
            for (const auto& right : more) {
                product.push_back(left);
                product.back().insert(product.back().end(), right.begin(), right.end());
            }
        }
        branches = std::move(product);
    }
    return branches;
}

// The condition as alternatives of conditions that hold together. An OR that says nothing of keys stays
// whole.
Result<std::vector<Branch>> branchesOf(const Condition& condition, const KeySchema& keys)
{
    if (condition.kind == Kind::And)
        return branchesOfAnd(condition, keys);
    if (condition.kind != Kind::Or || !namesKey(condition, keys))
        return std::vector<Branch>{{&condition}};
    std::vector<Branch> branches;
    for (const auto& child : condition.children) {
        CORE_TRY(auto more, branchesOf(child, keys));
        branches.insert(branches.end(), more.begin(), more.end());
        if (branches.size() > kMaxBranches)
            return fail(errors::tooManyReads());
    }
    return branches;
}

// What one branch says of the keys.
struct KeyedBranch {
    std::vector<KeyCondition> hashes; // alternatives; empty when the branch does not name the partition key
    std::vector<KeyCondition> ranges; // alternatives; empty for all rows
    Branch rest;
    bool excludes = false; // rows by their sort key, as NOT and <> do
};

bool excludesRows(const Condition& condition, const KeyAttribute& range)
{
    if (range.name.empty())
        return false;
    if (condition.kind == Kind::NotEqual) {
        return std::any_of(
            condition.operands.begin(), condition.operands.end(), [&range](const Operand& operand) {
                return operand.isPath() && operand.path.size() == 1
                    && operand.path.front().name == range.name;
            });
    }
    return condition.kind == Kind::Not && !keyConditionsOf(condition.children.front(), range).empty();
}

KeyedBranch keyed(const Branch& branch, const KeySchema& keys)
{
    KeyedBranch result;
    bool ambiguous = false;
    for (const auto* part : branch) {
        auto hashes = keyConditionsOf(*part, keys.hash);
        const bool equality = !hashes.empty() && hashes.front().kind == KeyCondition::Kind::Equal;
        if (equality && result.hashes.empty()) {
            result.hashes = std::move(hashes);
            continue;
        }
        const bool again = equality && hashes.size() == 1 && result.hashes.size() == 1
            && hashes.front().values == result.hashes.front().values;
        ambiguous = ambiguous || (equality && !again);
        auto ranges = keyConditionsOf(*part, keys.range);
        if (!ranges.empty() && result.ranges.empty()) {
            result.ranges = std::move(ranges);
            continue;
        }
        result.excludes = result.excludes || excludesRows(*part, keys.range);
        if (!again)
            result.rest.push_back(part);
    }
    if (ambiguous)
        result.hashes.clear();
    return result;
}

Result<> checkTypes(const std::vector<KeyCondition>& conditions, const KeyAttribute& key)
{
    for (const auto& condition : conditions) {
        for (const auto& value : condition.values) {
            if (value.type() != key.type)
                return fail(errors::keyTypeMismatch(key.name));
        }
    }
    return {};
}

struct Candidate {
    KeyRead read;
    store::Range rows;
    bool excludes = false;
};

Result<std::vector<Candidate>> candidatesOf(const std::vector<KeyedBranch>& branches, const KeySchema& keys)
{
    std::size_t count = 0;
    for (const auto& branch : branches) {
        CORE_CHECK(checkTypes(branch.hashes, keys.hash));
        CORE_CHECK(checkTypes(branch.ranges, keys.range));
        count += branch.hashes.size() * std::max<std::size_t>(1, branch.ranges.size());
    }
    if (count > kMaxReads)
        return fail(errors::tooManyReads());
    std::vector<Candidate> candidates;
    const auto add = [&](const KeyedBranch& branch, const KeyCondition& hash, const KeyCondition* range) {
        Candidate candidate;
        candidate.read.hash = hash.values.front();
        if (range)
            candidate.read.range = *range;
        candidate.read.filter = conjunction(branch.rest);
        candidate.rows = candidate.read.rows();
        candidate.excludes = branch.excludes && !range;
        candidates.push_back(std::move(candidate));
    };
    for (const auto& branch : branches) {
        for (const auto& hash : branch.hashes) {
            if (branch.ranges.empty())
                add(branch, hash, nullptr);
            for (const auto& range : branch.ranges)
                add(branch, hash, &range);
        }
    }
    return candidates;
}

bool overlap(const store::Range& a, const store::Range& b)
{
    return (a.to.empty() || b.from < a.to) && (b.to.empty() || a.from < b.to)
        && (a.to.empty() || a.from < a.to) && (b.to.empty() || b.from < b.to);
}

// AWS refuses reads that would find an item twice, unless one of them excludes rows by their sort key: then
// it answers the union, which is one read of the whole partition here.
Result<> resolveOverlaps(std::vector<Candidate>& candidates, const Condition& where)
{
    std::vector<AttributeValue> merged;
    for (std::size_t later = 1; later < candidates.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            const auto& a = candidates[earlier];
            const auto& b = candidates[later];
            if (!(a.read.hash == b.read.hash) || !overlap(a.rows, b.rows))
                continue;
            if (!a.excludes && !b.excludes)
                return fail(errors::overlappingReads());
            merged.push_back(a.read.hash);
        }
    }
    for (const auto& hash : merged) {
        const auto before = candidates.size();
        std::erase_if(candidates, [&hash](const Candidate& candidate) {
            return candidate.read.hash == hash && candidate.rows.from != "";
        });
        if (candidates.size() == before)
            continue;
        Candidate whole;
        whole.read.hash = hash;
        whole.read.filter = where;
        candidates.push_back(std::move(whole)); // without rows: not merged again
    }
    return {};
}

// Without ORDER BY AWS goes through partitions in the order of their hashes, which is MD5.
void sortByHash(std::vector<KeyRead>& reads)
{
    std::stable_sort(reads.begin(), reads.end(), [](const KeyRead& a, const KeyRead& b) {
        const auto first = md5(keys::ordered(a.hash));
        const auto second = md5(keys::ordered(b.hash));
        return first != second ? first < second : a.rows().from < b.rows().from;
    });
}

const OrderTerm* termOn(const std::vector<OrderTerm>& order, const KeyAttribute& key)
{
    for (const auto& term : order) {
        if (!key.name.empty() && term.attribute == key.name)
            return &term;
    }
    return nullptr;
}

std::size_t hashConditions(const Condition& condition, const KeySchema& keys)
{
    std::size_t count = 0;
    if (condition.kind == Kind::And) {
        for (const auto& child : condition.children)
            count += hashConditions(child, keys);
        return count;
    }
    if (condition.kind == Kind::Or) {
        for (const auto& child : condition.children) {
            const auto more = hashConditions(child, keys);
            if (more == 0)
                return 0; // optional
            count += more;
        }
        return count;
    }
    const auto conditions = keyConditionsOf(condition, keys.hash);
    const bool equality = !conditions.empty() && conditions.front().kind == KeyCondition::Kind::Equal;
    return equality ? conditions.size() : 0;
}

Result<> checkOrder(
    const std::optional<Condition>& where, const std::vector<OrderTerm>& order, const KeySchema& keys)
{
    if (order.empty())
        return {};
    if (!where)
        return fail(errors::invalid("Must have WHERE clause in the statement when using ORDER BY clause."));
    for (const auto& term : order) {
        if (!keys.contains(term.attribute)) {
            return fail(errors::invalid(
                "Attribute " + term.attribute + " in ORDER BY clause must be part of the primary key"));
        }
    }
    const auto count = hashConditions(*where, keys);
    if (count == 0) {
        return fail(errors::invalid("Must have at least one non-optional hash key condition in WHERE clause "
                                    "when using ORDER BY clause."));
    }
    if (count > 1 && !termOn(order, keys.hash)) {
        return fail(errors::invalid("Must have hash key in ORDER BY clause when more than one hash key "
                                    "condition specified in WHERE clause."));
    }
    return {};
}

// Observed of AWS: an ORDER BY that leaves the sort key out runs through it backwards.
void applyOrder(AccessPath& path, const std::vector<OrderTerm>& order, const KeySchema& keys)
{
    if (order.empty())
        return sortByHash(path.reads);
    const auto* hash = termOn(order, keys.hash);
    const auto* range = termOn(order, keys.range);
    const bool backward = keys.hasRange() && (!range || range->descending);
    path.direction = backward ? store::Direction::Backward : store::Direction::Forward;
    std::stable_sort(path.reads.begin(), path.reads.end(), [&](const KeyRead& a, const KeyRead& b) {
        const auto first = keys::ordered(a.hash);
        const auto second = keys::ordered(b.hash);
        if (first != second)
            return hash && hash->descending ? second < first : first < second;
        return backward ? b.rows().from < a.rows().from : a.rows().from < b.rows().from;
    });
}

}

std::vector<const Condition*> conjuncts(const Condition& condition)
{
    if (condition.kind != Kind::And)
        return {&condition};
    std::vector<const Condition*> parts;
    for (const auto& child : condition.children) {
        const auto more = conjuncts(child);
        parts.insert(parts.end(), more.begin(), more.end());
    }
    return parts;
}

std::optional<Condition> conjunction(const std::vector<const Condition*>& parts)
{
    if (parts.empty())
        return std::nullopt;
    if (parts.size() == 1)
        return *parts.front();
    Condition all{Kind::And, {}, {}};
    for (const auto* part : parts)
        all.children.push_back(*part);
    return all;
}

Result<AccessPath> accessPathOf(
    const std::optional<Condition>& where, const std::vector<OrderTerm>& order, const KeySchema& keys)
{
    CORE_CHECK(checkOrder(where, order, keys));
    AccessPath path;
    path.filter = where;
    if (!where)
        return path;
    CORE_TRY(const auto branches, branchesOf(*where, keys));
    std::vector<KeyedBranch> found;
    for (const auto& branch : branches) {
        found.push_back(keyed(branch, keys));
        if (found.back().hashes.empty())
            return path;
    }
    CORE_TRY(auto candidates, candidatesOf(found, keys));
    CORE_CHECK(resolveOverlaps(candidates, *where));
    path.scans = false;
    path.filter.reset();
    for (auto& candidate : candidates)
        path.reads.push_back(std::move(candidate.read));
    applyOrder(path, order, keys);
    return path;
}

std::string described(const KeyRead& read, const KeySchema& keys)
{
    auto text = keys.hash.name + " = " + dynamodb::described(read.hash);
    if (read.range)
        text += ", " + dynamodb::described(*read.range);
    return text;
}

}
