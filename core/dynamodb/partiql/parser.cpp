#include "core/dynamodb/partiql/parser.h"

#include "core/dynamodb/partiql/expression_parser.h"
#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>

namespace core::dynamodb::partiql {

namespace {

using Kind = Expression::Kind;

constexpr std::size_t kMaxTableName = 255;
constexpr std::size_t kMinTableName = 3;

class StatementParser {
public:
    explicit StatementParser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Result<Statement> parse();

private:
    Result<> parseSelect();
    Result<> parseColumns();
    Result<> parseFrom();
    Result<> parseOrder();
    Result<> refuseOtherClauses();
    Result<> parseInsert();
    Result<> parseUpdate();
    Result<> parseFromFirst();
    Result<> parseDelete();
    Result<> parseExists();
    Result<> parseSource();
    Result<> parseWhere();
    Result<> parseChanges();
    Result<> parseSet();
    Result<> parseRemove();
    Result<> parseReturning();
    Result<Path> parseTarget();
    Result<> refuseAlias();
    bool atOperation() const { return m_tokens.peekKeyword("set") || m_tokens.peekKeyword("remove"); }

    ExpressionParser m_tokens;
    Statement m_statement;
};

bool isTableCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '-';
}

Result<> checkTableName(const std::string& name)
{
    if (name.starts_with("arn:"))
        return {};
    if (name.size() >= kMinTableName && name.size() <= kMaxTableName
        && std::all_of(name.begin(), name.end(), isTableCharacter))
        return {};
    return fail(errors::invalid("Table name should be within the length [3, 255] and only contain 'a-z', "
                                "'A-Z', '0-9', '-', '_', '.'."));
}

Result<Statement> StatementParser::parse()
{
    if (m_tokens.takeKeyword("select"))
        CORE_CHECK(parseSelect());
    else if (m_tokens.takeKeyword("insert"))
        CORE_CHECK(parseInsert());
    else if (m_tokens.takeKeyword("update"))
        CORE_CHECK(parseUpdate());
    else if (m_tokens.takeKeyword("delete"))
        CORE_CHECK(parseDelete());
    else if (m_tokens.takeKeyword("from"))
        CORE_CHECK(parseFromFirst());
    else if (m_tokens.takeKeyword("exists"))
        CORE_CHECK(parseExists());
    else if (m_tokens.peekKeyword("is", 1))
        return fail(errors::invalid("Unsupported operation: IsType"));
    else
        return fail(errors::notWellFormed("Expected data manipulation"));
    m_tokens.takeSymbol(";");
    if (m_tokens.peek().kind != Token::Kind::End)
        return fail(errors::notWellFormed("Unexpected token after expression"));
    CORE_CHECK(checkTableName(m_statement.table));
    m_statement.parameters = m_tokens.parameters();
    return std::move(m_statement);
}

Result<> StatementParser::parseSelect()
{
    m_statement.kind = Statement::Kind::Select;
    if (m_tokens.peekKeyword("distinct"))
        return fail(errors::invalid("Unsupported token in expression: DISTINCT"));
    if (m_tokens.peekKeyword("value") || m_tokens.peekKeyword("pivot"))
        return fail(errors::invalid("Select projection doesn't support value or pivot keywords"));
    m_tokens.takeKeyword("all");
    CORE_CHECK(parseColumns());
    if (!m_tokens.takeKeyword("from"))
        return fail(errors::notWellFormed("Expected 'FROM' after select list"));
    CORE_CHECK(parseFrom());
    CORE_CHECK(refuseAlias());
    if (m_tokens.peek().isSymbol(","))
        return fail(errors::invalid("Only select from a single table or index is supported."));
    CORE_CHECK(parseWhere());
    CORE_CHECK(refuseOtherClauses());
    CORE_CHECK(parseOrder());
    return refuseOtherClauses();
}

Result<> StatementParser::parseColumns()
{
    constexpr std::string_view kStarAlone =
        "Other attributes should not be present in the projection when '*' is used.";
    if (m_tokens.takeSymbol("*")) {
        if (m_tokens.peek().isSymbol(","))
            return fail(errors::invalid(std::string(kStarAlone)));
        return {};
    }
    do {
        if (m_tokens.peek().isSymbol("*"))
            return fail(errors::invalid(std::string(kStarAlone)));
        CORE_TRY(auto column, m_tokens.parseExpression());
        if (m_tokens.peekKeyword("as") || m_tokens.atName())
            return fail(errors::invalid("Aliasing is not supported"));
        if (!column.isPath())
            return fail(errors::invalidAt("Unexpected path component", column.at));
        auto& columns = m_statement.columns;
        if (std::find(columns.begin(), columns.end(), column.path) != columns.end())
            return fail(errors::invalid("Duplicate identifiers in select clause: " + textOf(column.path)));
        columns.push_back(std::move(column.path));
    } while (m_tokens.takeSymbol(","));
    return {};
}

// Behind SELECT's FROM, where AWS reads an expression.
Result<> StatementParser::parseFrom()
{
    if (m_tokens.atName())
        return parseSource();
    CORE_TRY(const auto other, m_tokens.parseExpression());
    return fail(errors::invalidAt("Unexpected from source", other.at));
}

// A table's name, and an index's behind a dot.
Result<> StatementParser::parseSource()
{
    if (!m_tokens.atName())
        return fail(errors::notWellFormed("Expected identifier for simple path"));
    std::vector<std::string> parts;
    do {
        if (!m_tokens.atName())
            return fail(errors::notWellFormed("Invalid path dot component"));
        parts.push_back(m_tokens.next().text);
    } while (m_tokens.takeSymbol("."));
    if (std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); }))
        return fail(errors::invalid("Path component cannot be an empty string"));
    if (parts.size() > 2)
        return fail(errors::invalid("A path may contain at most 2 components in the FROM clause"));
    m_statement.table = std::move(parts.front());
    if (parts.size() > 1)
        m_statement.index = std::move(parts.back());
    return {};
}

Result<> StatementParser::refuseAlias()
{
    if (m_tokens.peekKeyword("as") || m_tokens.peekKeyword("at") || m_tokens.atName())
        return fail(errors::invalid("Aliasing is not supported"));
    return {};
}

Result<> StatementParser::parseWhere()
{
    if (!m_tokens.takeKeyword("where"))
        return {};
    CORE_TRY(auto condition, m_tokens.parseExpression());
    m_statement.where = std::move(condition);
    return {};
}

Result<> StatementParser::parseOrder()
{
    if (!m_tokens.takeKeyword("order"))
        return {};
    if (!m_tokens.takeKeyword("by"))
        return fail(errors::notWellFormed("Expected BY"));
    do {
        CORE_TRY(const auto key, m_tokens.parseExpression());
        if (!key.isPath() || key.path.size() > 1)
            return fail(errors::invalid("Argument to ORDER BY must be of type VariableReference"));
        const bool descending = m_tokens.takeKeyword("desc");
        if (!descending)
            m_tokens.takeKeyword("asc");
        m_statement.order.push_back({key.path.front().name, descending});
    } while (m_tokens.takeSymbol(","));
    return {};
}

Result<> StatementParser::refuseOtherClauses()
{
    if (m_tokens.peekKeyword("group"))
        return fail(errors::invalid("Unsupported clause: GROUP BY"));
    if (m_tokens.takeKeyword("having")) {
        CORE_TRY(const auto condition, m_tokens.parseExpression());
        return fail(errors::invalidAt("Unsupported clause: HAVING", condition.at));
    }
    if (m_tokens.takeKeyword("limit")) {
        CORE_TRY(const auto limit, m_tokens.parseExpression());
        return fail(errors::invalidAt("Unsupported clause: LIMIT", limit.at));
    }
    return {};
}

Result<> StatementParser::parseInsert()
{
    m_statement.kind = Statement::Kind::Insert;
    if (!m_tokens.takeKeyword("into"))
        return fail(errors::notWellFormed("Unexpected keyword"));
    CORE_CHECK(parseSource());
    if (!m_statement.index.empty()) {
        return fail(errors::invalid(
            "FROM clause may only contain a single table name in data manipulation statements"));
    }
    const bool single = m_tokens.takeKeyword("value");
    const bool values = !single && m_tokens.takeKeyword("values");
    CORE_TRY(m_statement.item, m_tokens.parseExpression());
    if (single && m_tokens.peekKeyword("at"))
        return fail(errors::invalid("AT is not supported in insert statements."));
    if (single && m_tokens.peekKeyword("returning"))
        return fail(errors::invalid("RETURNING is not supported in INSERT"));
    if (!single && (values || m_tokens.peek().kind == Token::Kind::End)) {
        return fail(errors::invalid("Unsupported operation: Inserting multiple items in a single statement "
                                    "is not supported, use \"INSERT INTO tableName VALUE item\" instead"));
    }
    if (single && m_statement.item.kind != Kind::Tuple && m_tokens.peek().kind == Token::Kind::End) {
        return fail(errors::invalid("Unsupported format in item expression. Please use struct format {...} "
                                    "to express item values for insert statement."));
    }
    return {};
}

Result<> StatementParser::parseUpdate()
{
    m_statement.kind = Statement::Kind::Update;
    CORE_CHECK(parseSource());
    CORE_CHECK(refuseAlias());
    CORE_CHECK(parseChanges());
    CORE_CHECK(parseWhere());
    return parseReturning();
}

// PartiQL's other form: FROM "table" WHERE … SET ….
Result<> StatementParser::parseFromFirst()
{
    m_statement.kind = Statement::Kind::Update;
    CORE_CHECK(parseSource());
    CORE_CHECK(refuseAlias());
    CORE_CHECK(parseWhere());
    CORE_CHECK(parseChanges());
    return parseReturning();
}

Result<> StatementParser::parseChanges()
{
    if (!atOperation())
        return fail(errors::notWellFormed("Expected data manipulation"));
    while (atOperation())
        CORE_CHECK(m_tokens.takeKeyword("set") ? parseSet() : parseRemove());
    return {};
}

Result<Path> StatementParser::parseTarget()
{
    if (!m_tokens.atName())
        return fail(errors::notWellFormed("Expected identifier for simple path"));
    Path path{{m_tokens.next().text, {}}};
    CORE_CHECK(m_tokens.parsePathTail(path));
    return path;
}

Result<> StatementParser::parseSet()
{
    do {
        Assignment assignment;
        CORE_TRY(assignment.path, parseTarget());
        if (!m_tokens.takeSymbol("="))
            return fail(errors::notWellFormed("Expected '='"));
        CORE_TRY(assignment.value, m_tokens.parseExpression());
        m_statement.assignments.push_back(std::move(assignment));
    } while (m_tokens.takeSymbol(","));
    return {};
}

Result<> StatementParser::parseRemove()
{
    m_tokens.takeKeyword("remove");
    do {
        Assignment assignment;
        assignment.removes = true;
        CORE_TRY(assignment.path, parseTarget());
        m_statement.assignments.push_back(std::move(assignment));
    } while (m_tokens.takeSymbol(","));
    return {};
}

Result<> StatementParser::parseReturning()
{
    if (!m_tokens.takeKeyword("returning"))
        return {};
    const bool all = m_tokens.takeKeyword("all");
    if (!all && !m_tokens.takeKeyword("modified"))
        return fail(errors::notWellFormed("Expected ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause"));
    const bool old = m_tokens.takeKeyword("old");
    if (!old && !m_tokens.takeKeyword("new"))
        return fail(errors::notWellFormed("Expected ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause"));
    if (!m_tokens.takeSymbol("*")) {
        return fail(
            errors::invalid("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause"));
    }
    if (m_tokens.peek().isSymbol(",")) {
        return fail(errors::invalid("Invalid syntax with multiple returning elements in RETURNING clause"));
    }
    if (all)
        m_statement.returning = old ? Returning::AllOld : Returning::AllNew;
    else
        m_statement.returning = old ? Returning::ModifiedOld : Returning::ModifiedNew;
    return {};
}

Result<> StatementParser::parseDelete()
{
    m_statement.kind = Statement::Kind::Delete;
    if (!m_tokens.takeKeyword("from"))
        return fail(errors::notWellFormed("Unexpected keyword"));
    CORE_CHECK(parseSource());
    CORE_CHECK(refuseAlias());
    CORE_CHECK(parseWhere());
    return parseReturning();
}

Result<> StatementParser::parseExists()
{
    if (!m_tokens.takeSymbol("(") || !m_tokens.takeKeyword("select"))
        return fail(errors::notWellFormed("Expected data manipulation"));
    CORE_CHECK(parseSelect());
    m_statement.kind = Statement::Kind::Exists;
    if (!m_tokens.takeSymbol(")"))
        return fail(errors::notWellFormed("Expected ')'"));
    return {};
}

}

Result<Statement> parseStatement(std::string_view text)
{
    CORE_TRY(auto tokens, tokensOf(text));
    return StatementParser(std::move(tokens)).parse();
}

}
