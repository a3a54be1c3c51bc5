#include "core/dynamodb/partiql_shapes.h"

#include "core/dynamodb/return_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kStatement{.type = Type::String, .min = 1, .max = 8192};
constexpr Shape kParameters{.type = Type::List, .min = 1, .element = &aws::kDocument};
constexpr Shape kLimit{.type = Type::Integer, .min = 1};
constexpr Shape kToken{.type = Type::String, .min = 1, .max = 32768};

// What AWS's parser says of some malformed statements is not known; those get the same envelope with a reason
// of ours.
constexpr std::string_view kGrammar = "reasons of some rare syntax errors are worded differently";

constexpr Member kExecuteMembers[] = {
    {"Statement", &kStatement, true, aws::Fidelity::Simplified, kGrammar},
    {"Parameters", &kParameters},
    {"ConsistentRead", &aws::kBoolean},
    {"NextToken", &kToken},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"Limit", &kLimit},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};

constexpr Member kBatchEntryMembers[] = {
    {"Statement", &kStatement, true, aws::Fidelity::Simplified, kGrammar},
    {"Parameters", &kParameters},
    {"ConsistentRead", &aws::kBoolean},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kBatchEntry{.type = Type::Structure, .members = kBatchEntryMembers};
constexpr Shape kBatchEntries{.type = Type::List, .min = 1, .max = 25, .element = &kBatchEntry};
constexpr Member kBatchMembers[] = {
    {"Statements", &kBatchEntries, true},
    {"ReturnConsumedCapacity", &kReturnCapacity},
};

constexpr Member kTransactionEntryMembers[] = {
    {"Statement", &kStatement, true, aws::Fidelity::Simplified, kGrammar},
    {"Parameters", &kParameters},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kTransactionEntry{.type = Type::Structure, .members = kTransactionEntryMembers};
constexpr Shape kTransactionEntries{.type = Type::List, .min = 1, .max = 100, .element = &kTransactionEntry};
constexpr Shape kClientToken{.type = Type::String, .min = 1, .max = 36};
constexpr Member kTransactionMembers[] = {
    {"TransactStatements", &kTransactionEntries, true},
    {"ClientRequestToken", &kClientToken},
    {"ReturnConsumedCapacity", &kReturnCapacity},
};

}

const Shape kExecuteStatement{.type = Type::Structure, .members = kExecuteMembers};
const Shape kBatchExecuteStatement{.type = Type::Structure, .members = kBatchMembers};
const Shape kExecuteTransaction{.type = Type::Structure, .members = kTransactionMembers};

}
