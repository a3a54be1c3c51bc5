#include "core/dynamodb/partiql/statement_errors.h"

#include "core/dynamodb/errors.h"

namespace core::dynamodb::partiql::errors {

Error notWellFormed(std::string_view reason)
{
    return invalid("Statement wasn't well formed, can't be processed: " + std::string(reason));
}

Error invalid(std::string message)
{
    return dynamodb::errors::validation(std::move(message));
}

Error invalidAt(std::string_view message, const Position& position)
{
    return invalid(std::string(message) + " at " + described(position));
}

Error parametersDoNotMatch()
{
    return invalid("Number of parameters in request and statement don't match.");
}

Error unrecognizedFunction(std::string_view name, const Position& position)
{
    return invalidAt("Unrecognized function: " + std::string(name), position);
}

Error missingKeyEquality()
{
    return invalid("Where clause does not contain a mandatory equality on all key attributes");
}

Error keyTypeMismatch(std::string_view key)
{
    return invalid(
        "Key attribute's data type should match its data type in table's schema: Key " + std::string(key));
}

Error keyAbsent(std::string_view key)
{
    return invalid("Key attribute should be present in the item: Key " + std::string(key));
}

Error severalConditionsOn(std::string_view key)
{
    return invalid("Multiple conditions on same key " + std::string(key)
        + ". Only single item Update/Insert/Delete are supported");
}

Error tooManyReads()
{
    return invalid("Too many decomposed read operations for a given query.");
}

Error overlappingReads()
{
    return invalid("Overlapping conditions with range keys are not supported in where clause");
}

Error duplicateItem()
{
    return {ErrorKind::Conflict, "DuplicateItemException", "Duplicate primary key exists in table"};
}

Error existsOutsideTransaction()
{
    return invalid("EXISTS can only be used in ExecuteTransaction write requests.");
}

// Query names the index; PartiQL does not.
Error noSuchIndex()
{
    return invalid("The table does not have the specified index");
}

// Of the index alone: statements on the table and its other indexes run.
Error multiAttributeIndex()
{
    return invalid("PartiQL statements cannot be executed on tables with multi-attribute HASH keys or "
                   "multi-attribute RANGE keys.");
}

Error invalidToken()
{
    return invalid("Invalid NextToken");
}

Error tokenOfOtherRequest()
{
    return invalid("NextToken does not match request");
}

}
