#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/partiql/access_path.h"
#include "core/dynamodb/partiql/conditions.h"
#include "core/dynamodb/partiql/next_token.h"
#include "core/dynamodb/partiql/parser.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <random>
#include <set>

using namespace core::dynamodb;
using nlohmann::json;

namespace {

const char* const kRejected = "Statement wasn't well formed, can't be processed: ";

json tableInput()
{
    return json::parse(R"({"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
            {"AttributeName":"gk","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "GlobalSecondaryIndexes":[{"IndexName":"by-gk","KeySchema":[{"AttributeName":"gk","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"}}]})");
}

json itemJson(const std::string& pk, int sk, int n)
{
    return {{"pk", {{"S", pk}}}, {"sk", {{"N", std::to_string(sk)}}}, {"n", {{"N", std::to_string(n)}}},
        {"gk", {{"S", n % 2 ? "odd" : "even"}}}};
}

void fill(tests::DynamoDbRoom& room)
{
    room.call("CreateTable", tableInput());
    for (const char* pk : {"a", "b", "c"}) {
        for (int sk = -3; sk <= 3; ++sk)
            room.call("PutItem", {{"TableName", "Music"}, {"Item", itemJson(pk, sk, sk * 3 + 1)}});
    }
}

// Everything a SELECT finds, page by page; the keys as "a/1". Nothing when it fails.
std::optional<std::vector<std::string>> found(
    tests::DynamoDbRoom& room, const std::string& statement, int limit = 0)
{
    std::vector<std::string> keys;
    json input{{"Statement", statement}};
    if (limit > 0)
        input["Limit"] = limit;
    for (int page = 0; page < 500; ++page) {
        const auto answer = room.call("ExecuteStatement", input);
        if (answer.is_null())
            return std::nullopt;
        for (const auto& item : answer["Items"])
            keys.push_back(item["pk"]["S"].get<std::string>() + "/" + item["sk"]["N"].get<std::string>());
        if (!answer.contains("NextToken"))
            return keys;
        input["NextToken"] = answer["NextToken"];
    }
    return std::nullopt;
}

// Random WHERE clauses over keys and attributes.
class Clauses {
public:
    explicit Clauses(unsigned seed)
        : m_random(seed)
    {
    }

    std::string next(int depth)
    {
        const auto kind = depth > 0 ? pick(6) : 5;
        switch (kind) {
        case 0:
        case 1:
            return "(" + next(depth - 1) + " AND " + next(depth - 1) + ")";
        case 2:
        case 3:
            return "(" + next(depth - 1) + " OR " + next(depth - 1) + ")";
        case 4:
            return "NOT (" + next(depth - 1) + ")";
        default:
            return leaf();
        }
    }

private:
    int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(m_random); }
    std::string hash() { return std::string("'") + "abcd"[pick(4)] + "'"; }
    std::string number() { return std::to_string(pick(9) - 4); }
    std::string comparator()
    {
        const char* const all[] = {"=", "=", "=", "<", "<=", ">", ">=", "<>"};
        return std::string(" ") + all[pick(8)] + " ";
    }
    std::string leaf()
    {
        switch (pick(8)) {
        case 0:
        case 1:
        case 2:
            return "pk = " + hash();
        case 3:
            return "pk IN [" + hash() + ", " + hash() + "]";
        case 4:
            return "sk" + comparator() + number();
        case 5:
            return "sk BETWEEN -2 AND " + std::to_string(pick(4));
        case 6:
            return "attribute_exists(n)";
        default:
            return "n" + comparator() + number();
        }
    }

    std::mt19937 m_random;
};

}

class TstPartiql : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokens_knowTheirPlaces();
    void keywords_areNoNames();
    void paths_areChosenAndTold_data();
    void paths_areChosenAndTold();
    void randomClauses_findWhatAScanWouldFind();
    void damagedStatements_areRefusedInWords();
    void deepNesting_isRefused();
    void tokens_areCheckedAndExpire();
    void reading_isNotPublished();
};

void TstPartiql::tokens_knowTheirPlaces()
{
    const auto tokens = partiql::tokensOf("SELECT 'é''x'\n  FROM \"T\".\"i\" -- end\n<<1, .5e3>>");
    QVERIFY(tokens.has_value());
    const char* const expected[] = {"1:1:6 select", "1:8:6 é'x", "2:3:4 from", "2:8:3 T", "2:11:1 .",
        "2:12:3 i", "3:1:2 <<", "3:3:1 1", "3:4:1 ,", "3:6:4 .5e3", "3:10:2 >>", "3:12:0 "};
    QCOMPARE(tokens->size(), std::size(expected));
    for (std::size_t i = 0; i < tokens->size(); ++i)
        QCOMPARE(partiql::described((*tokens)[i].at) + " " + (*tokens)[i].text, std::string(expected[i]));
}

void TstPartiql::keywords_areNoNames()
{
    for (const char* word : {"select", "user", "key", "size", "zone", "absolute", "value", "bag", "end-exec"})
        QVERIFY2(partiql::isKeyword(word), word);
    for (const char* word : {"name", "data", "status", "year", "title", "Select", ""})
        QVERIFY2(!partiql::isKeyword(word), word);
    QVERIFY(partiql::parseStatement("SELECT \"user\", status FROM Music WHERE \"key\" = 1").has_value());
    const auto refused = partiql::parseStatement("SELECT user FROM Music");
    QCOMPARE(refused.error().message, std::string(kRejected) + "Unexpected keyword");
}

void TstPartiql::paths_areChosenAndTold_data()
{
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("step");
    QTest::newRow("item") << QByteArray(R"("Music" WHERE pk = 'a' AND sk = 1)")
                          << QByteArray(
                                 "runs as a read of one item | key of the table: pk = {S:a}, sk = {N:1}");
    QTest::newRow("query")
        << QByteArray(R"("Music" WHERE pk = 'a' AND sk > 1 AND n = 2)")
        << QByteArray("runs as a Query | key of the table: pk = {S:a}, sk > {N:1}, filter n = {N:2}");
    QTest::newRow("index") << QByteArray(R"("Music"."by-gk" WHERE gk = 'odd')")
                           << QByteArray("runs as a Query | key of index by-gk: gk = {S:odd}");
    QTest::newRow("several") << QByteArray(R"("Music" WHERE pk IN ['a', 'b'] AND sk = 1 ORDER BY pk)")
                             << QByteArray(
                                    "runs as 2 reads | WHERE names several keys of the table, from pk = "
                                    "{S:a}, sk = {N:1} to pk = {S:b}, sk = {N:1}");
    QTest::newRow("scan") << QByteArray(R"("Music" WHERE n = 2)")
                          << QByteArray(
                                 "runs as a Scan | WHERE does not say by = or IN which pk of the table is "
                                 "wanted: every item is read, filter n = {N:2}");
    QTest::newRow("all") << QByteArray(R"("Music")")
                         << QByteArray(
                                "runs as a Scan | no WHERE clause says which pk of the table is wanted: "
                                "every item is read");
}

void TstPartiql::paths_areChosenAndTold()
{
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, step);
    tests::DynamoDbRoom room;
    fill(room);
    room.call("ExecuteStatement", {{"Statement", "SELECT * FROM " + where.toStdString()}});
    QCOMPARE(room.error, std::string{});
    QCOMPARE(room.steps().front(), step.toStdString());
}

void TstPartiql::randomClauses_findWhatAScanWouldFind()
{
    tests::DynamoDbRoom room;
    fill(room);
    constexpr unsigned kSeed = 20261123;
    Clauses clauses(kSeed);
    int compared = 0;
    int keyed = 0;
    for (int round = 0; round < 400; ++round) {
        const auto where = clauses.next(3);
        const auto statement = "SELECT * FROM Music WHERE " + where;
        const auto got = found(room, statement);
        if (!got) { // AWS refuses what it could not read without reading twice
            QVERIFY2(
                room.error.find("Overlapping") != std::string::npos, (statement + ": " + room.error).c_str());
            continue;
        }
        const auto parsed = partiql::parseStatement(statement);
        const auto condition = partiql::conditionOf(*parsed->where, {});
        std::set<std::string> expected;
        for (const char* pk : {"a", "b", "c"}) {
            for (int sk = -3; sk <= 3; ++sk) {
                const auto document = JsonDocument::parse(itemJson(pk, sk, sk * 3 + 1).dump());
                if (holds(*condition, *decodeAttributes((*document)->root())))
                    expected.insert(std::string(pk) + "/" + std::to_string(sk));
            }
        }
        const std::set<std::string> unique(got->begin(), got->end());
        QVERIFY2(unique.size() == got->size(), ("found twice by " + statement).c_str());
        QVERIFY2(unique == expected, statement.c_str());
        const auto paged = found(room, statement, 2);
        QVERIFY2(paged && *paged == *got, ("pages differ: " + statement).c_str());
        ++compared;
        const KeySchema keys{{"pk", AttributeType::S}, {"sk", AttributeType::N}};
        keyed += partiql::accessPathOf(*condition, {}, keys)->scans ? 0 : 1;
    }
    QVERIFY(compared > 200);
    QVERIFY(keyed > 20);
}

void TstPartiql::damagedStatements_areRefusedInWords()
{
    const std::string whole =
        "UPDATE \"Music\" SET a.b[0] = list_append(a, [1, -2.5e3, {'k': <<'x', 'y'>>}]), c = ? "
        "REMOVE d WHERE pk = 'it''s' AND (sk BETWEEN 1 AND 2 OR NOT begins_with(e, ?)) "
        "RETURNING MODIFIED OLD *;";
    QVERIFY(partiql::parseStatement(whole).has_value());
    std::mt19937 random(7);
    const auto pick = [&random](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    for (std::size_t length = 0; length < whole.size() - 60; ++length) {
        const auto parsed = partiql::parseStatement(std::string_view(whole).substr(0, length));
        if (!parsed)
            QVERIFY(!parsed.error().message.empty());
    }
    for (int round = 0; round < 3000; ++round) {
        auto text = whole;
        for (std::size_t edits = 1 + pick(4); edits > 0; --edits) {
            const auto at = pick(text.size());
            if (pick(2))
                text.erase(at, 1 + pick(5));
            else
                text.insert(at, 1, "'\"()[]{}<>?.,;:=-*@`\n\0x1"[pick(25)]);
            if (text.empty())
                text = "x";
        }
        const auto parsed = partiql::parseStatement(text);
        if (!parsed)
            QCOMPARE(parsed.error().code, std::string("ValidationException"));
    }
}

void TstPartiql::deepNesting_isRefused()
{
    for (const char* open : {"(", "[", "<<", "NOT ", "- "}) {
        std::string statement = "SELECT * FROM Music WHERE a = ";
        while (statement.size() < 8000)
            statement += open;
        const auto parsed = partiql::parseStatement(statement);
        QVERIFY2(!parsed, open);
        QVERIFY(parsed.error().message.starts_with(kRejected));
    }
}

void TstPartiql::tokens_areCheckedAndExpire()
{
    const auto digest = partiql::requestDigest("us-east-1", "SELECT", {});
    const partiql::ReadPlace place{3, std::string("row\0x", 5)};
    const auto token = partiql::tokenOf(place, digest, 1000);
    const auto back = partiql::placeOf(token, digest, 1000 + 3599 * core::kSecond);
    QVERIFY(back.has_value());
    QCOMPARE(back->read, 3U);
    QVERIFY(back->row == place.row);
    QCOMPARE(partiql::placeOf(token, digest + 1, 1000).error().message, "NextToken does not match request");
    QCOMPARE(partiql::placeOf(token, digest, 1000 + 3600 * core::kSecond).error().message,
        "Given NextToken has already expired");
    QVERIFY(digest != partiql::requestDigest("eu-west-1", "SELECT", {}));
    QVERIFY(digest != partiql::requestDigest("us-east-1", "SELECT", {AttributeValue::null()}));
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto bent = token;
        bent[i] = bent[i] == 'A' ? 'B' : 'A';
        QCOMPARE(partiql::placeOf(bent, digest, 1000).error().message, "Invalid NextToken");
    }
}

void TstPartiql::reading_isNotPublished()
{
    tests::DynamoDbRoom room;
    fill(room);
    std::vector<std::string> actions;
    const auto subscription = room.changes().subscribe(
        [&actions](const core::aws::ResourceChanged& change) { actions.push_back(change.action); });
    room.call("ExecuteStatement", {{"Statement", "SELECT * FROM Music WHERE pk = 'a'"}});
    QVERIFY(actions.empty());
    room.call("ExecuteStatement", {{"Statement", "DELETE FROM Music WHERE pk = 'a' AND sk = 1"}});
    QCOMPARE(actions, std::vector<std::string>{"ExecuteStatement"});
}

CHAMBER_SUITE(TstPartiql, "tst_partiql")
#include "tst_partiql.moc"
