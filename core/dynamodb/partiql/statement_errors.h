#pragma once

#include "core/base/result.h"
#include "core/dynamodb/partiql/lexer.h"

#include <string_view>

// The errors of PartiQL statements in AWS's words, each once. Wordings that several places of a statement
// share stand here; what belongs to one rule alone stands beside it.
namespace core::dynamodb::partiql::errors {

// "Statement wasn't well formed, can't be processed: …"
Error notWellFormed(std::string_view reason = {});
Error invalid(std::string message);
Error invalidAt(std::string_view message, const Position& position); // "… at 1:8:3"

Error parametersDoNotMatch();
Error unrecognizedFunction(std::string_view name, const Position& position);
Error missingKeyEquality();
Error keyTypeMismatch(std::string_view key);
Error keyAbsent(std::string_view key);
Error severalConditionsOn(std::string_view key);
Error tooManyReads();
Error overlappingReads();
Error duplicateItem();
Error existsOutsideTransaction();
Error noSuchIndex();
Error multiAttributeIndex();
Error invalidToken();
Error tokenOfOtherRequest();

}
