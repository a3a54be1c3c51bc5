#include "core/dynamodb/service.h"

#include "core/aws/json_text.h"
#include "core/aws/protocol.h"
#include "core/aws/shape_check.h"
#include "core/base/log.h"
#include "core/dynamodb/backup.h"
#include "core/dynamodb/dax/endpoint.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/table_maker.h"
#include "core/dynamodb/transfer.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

namespace {

// Shows a parsed request to the checker of shapes.
class CheckedJson {
public:
    explicit CheckedJson(JsonView view)
        : m_view(view)
    {
    }

    aws::JsonKind kind() const
    {
        switch (m_view.kind()) {
        case JsonView::Kind::Boolean:
            return aws::JsonKind::Boolean;
        case JsonView::Kind::Integer:
            return aws::JsonKind::Integer;
        case JsonView::Kind::Decimal:
            return aws::JsonKind::Real;
        case JsonView::Kind::String:
            return aws::JsonKind::String;
        case JsonView::Kind::Array:
            return aws::JsonKind::Array;
        case JsonView::Kind::Object:
            return aws::JsonKind::Object;
        case JsonView::Kind::Null:
            break;
        }
        return aws::JsonKind::Null;
    }
    std::string_view text() const { return m_view.text(); }
    double number() const { return m_view.decimal(); }
    std::int64_t size() const { return static_cast<std::int64_t>(m_view.size()); }
    std::string shown() const;
    std::string wrongType(const aws::Shape& shape) const;
    std::optional<CheckedJson> find(std::string_view name) const
    {
        const auto member = m_view.member(name);
        return member ? std::optional(CheckedJson(*member)) : std::nullopt;
    }
    template <typename Visit> void eachMember(Visit visit) const
    {
        m_view.eachMember([&visit](std::string_view name, JsonView value) {
            visit(name, CheckedJson(value));
            return true;
        });
    }
    template <typename Visit> void eachElement(Visit visit) const
    {
        m_view.eachElement([&visit](JsonView value) {
            visit(CheckedJson(value));
            return true;
        });
    }

private:
    JsonView m_view;
};

// What stands where another type is wanted, as DynamoDB's own deserializer words it.
std::string CheckedJson::wrongType(const aws::Shape& shape) const
{
    const auto wanted = shape.type;
    const bool collection =
        wanted == aws::Type::Structure || wanted == aws::Type::Map || wanted == aws::Type::List;
    if (kind() == aws::JsonKind::Object)
        return "Start of structure or map found where not expected";
    if (wanted == aws::Type::Map && kind() == aws::JsonKind::Array && shape.element) {
        const auto element = shape.element->type;
        if (element == aws::Type::String || element == aws::Type::Document)
            return "Unrecognized collection type java.util.Map<java.lang.String, "
                + std::string(element == aws::Type::String
                        ? "java.lang.String"
                        : "com.amazonaws.dynamodb.v20120810.AttributeValue")
                + ">";
    }
    if (collection)
        return kind() == aws::JsonKind::Array ? "Start of list found where not expected"
                                              : "Unexpected field type";
    const std::string type = wanted == aws::Type::Integer ? "Integer"
        : wanted == aws::Type::Long                       ? "Long"
        : wanted == aws::Type::Boolean                    ? "Boolean"
        : wanted == aws::Type::String                     ? "String"
                                                          : "Double";
    switch (kind()) {
    case aws::JsonKind::Array:
        return "Unrecognized collection type class java.lang." + type;
    case aws::JsonKind::String:
        return wanted == aws::Type::Boolean ? "Unexpected token received from parser"
                                            : "STRING_VALUE cannot be converted to " + type;
    case aws::JsonKind::Boolean:
        return (m_view.boolean() ? "TRUE_VALUE cannot be converted to "
                                 : "FALSE_VALUE cannot be converted to ")
            + type;
    case aws::JsonKind::Integer:
        return "NUMBER_VALUE cannot be converted to " + type;
    default:
        return "DECIMAL_VALUE cannot be converted to " + type;
    }
}

std::string CheckedJson::shown() const
{
    std::string inside;
    const auto add = [&inside](const std::string& part) { inside += (inside.empty() ? "" : ", ") + part; };
    switch (kind()) {
    case aws::JsonKind::String:
        return std::string(text());
    case aws::JsonKind::Array:
        eachElement([&](const CheckedJson& element) { add(element.shown()); });
        return "[" + inside + "]";
    case aws::JsonKind::Object:
        // Of structures AWS shows the type; this is the one whose number is limited.
        if (m_view.member("KeyType") && m_view.member("AttributeName")) {
            return "KeySchemaElement(attributeName=" + find("AttributeName")->shown()
                + ", keyType=" + find("KeyType")->shown() + ")";
        }
        eachMember([&](std::string_view name, const CheckedJson& value) {
            if (value.kind() != aws::JsonKind::Null)
                add(std::string(name) + "=" + value.shown());
        });
        return "{" + inside + "}";
    default:
        return m_view.json();
    }
}

}

DynamoDbService::DynamoDbService(const aws::Host& host)
    : m_host(host)
    , m_transitions(host.store)
    , m_replicaDelays(host.store)
    , m_clusters(host.store, host.clock)
    , m_streams(host.store)
    , m_throttles(host.store)
    , m_tables(host.store, host.clock, m_streams, m_throttles, m_replicaDelays)
    , m_filler(host.store, m_tables, host.clock, host.changes)
    , m_reaper(host.store, m_tables, m_transitions, host.clock, host.changes)
    , m_replicator(host, m_tables, m_transitions)
    , m_sweeper(host, m_tables, m_streams)
    , m_transfers(host)
{
    resume();
    m_sweeper.start();
}

DynamoDbService::~DynamoDbService()
{
    stop();
    // Writes of the background that wait in the queue use what goes now.
    (void)m_host.store.commit([](store::Transaction&) -> Result<> { return {}; });
}

// What an earlier run had begun.
void DynamoDbService::resume()
{
    removeHalfMade();
    m_filler.resumeAll();
    m_reaper.resumeAll();
    m_replicator.start();
}

// Backups, restores, exports and imports that were under way when the last run ended.
void DynamoDbService::removeHalfMade()
{
    const auto tables = m_tables.all();
    const auto removed = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        eraseHalfBackups(transaction);
        HeldMoment::removeAll(transaction);
        for (const auto kind : {TransferKind::Export, TransferKind::Import})
            failInterrupted(transaction, kind, m_host.clock.now());
        m_transfers.failInterrupted(transaction);
        for (const auto& table : tables) {
            if (isHalfMade(*table))
                TableStore::drop(transaction, *table);
        }
        return {};
    });
    if (!removed)
        log::error("dynamodb", "half-made tables were not removed: " + removed.error().message);
    for (const auto& table : tables) {
        if (isHalfMade(*table))
            m_tables.withdraw(*table);
    }
}

Result<aws::Outcome> DynamoDbService::run(
    std::size_t index, aws::RequestContext& context, aws::Request& request)
{
    if (request.wire && !aws::isOwnAction(action(index))) {
        const auto cluster = dax::clusterOfHost(request.wire->headers.get("Host"));
        if (!cluster.empty())
            return dax::runCached(*this, cluster, index, context, request);
    }
    auto outcome = TableService::run(index, context, request);
    // The write of an item has taken what it needs (batches show again what they were given). Its request
    // dies on the committer's answering thread, where the parser would be lost to this one, which makes
    // documents.
    auto* write = outcome ? std::get_if<std::unique_ptr<aws::PendingWrite>>(&*outcome) : nullptr;
    if (write && dynamic_cast<const ItemWrite*>(write->get()))
        request.prepared.reset();
    return outcome;
}

bool DynamoDbService::claims(const http::Request& head) const
{
    return dax::isPathOfEndpoint(head.path());
}

http::Response DynamoDbService::serve(http::Request request, trace::SpanScope& span)
{
    return dax::serveByPath(*this, std::move(request), span);
}

void DynamoDbService::stop()
{
    m_filler.stop();
    m_reaper.stop();
    m_replicator.stop();
    m_sweeper.stop();
    m_transfers.stop();
}

Result<> DynamoDbService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    // The chamber's own actions come as any REST action does.
    if (aws::isOwnAction(action)) {
        auto given = nlohmann::json::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
        if (!given.is_object())
            return fail(errors::serialization({}));
        given.update(request.input());
        request.body = given.dump();
    }
    // A call in process brings its input as a value.
    if (request.body.empty() && request.wire == nullptr)
        request.body = aws::writeJson(request.input());
    CORE_TRY(auto document, JsonDocument::parse(request.body));
    if (document->root().kind() != JsonView::Kind::Object)
        return fail(errors::serialization({}));
    aws::ShapeChecker<CheckedJson> checker;
    if (const auto violations = checker.check(*action.input, CheckedJson(document->root()));
        !violations.empty())
        return fail(invalidInput(action, violations));
    request.prepared = std::move(document);
    return {};
}

std::string DynamoDbService::errorType(const Error& error) const
{
    if (error.code == "ValidationException")
        return "com.amazon.coral.validate#ValidationException";
    if (error.code == "SerializationException" || error.code == "UnknownOperationException"
        || error.code == "InternalFailure" || error.code == "AccessDeniedException"
        || error.code == "IncompleteSignatureException" || error.code == "InvalidSignatureException"
        || error.code == "MissingAuthenticationTokenException" || error.code == "UnrecognizedClientException")
        return "com.amazon.coral.service#" + error.code;
    if (error.code == "ThrottlingException")
        return "com.amazon.coral.availability#" + error.code;
    return "com.amazonaws.dynamodb.v20120810#" + error.code;
}

// AWS gives no reason.
Error DynamoDbService::malformedBody(std::string_view /*detail*/) const
{
    return errors::serialization({});
}

void DynamoDbService::reset()
{
    m_reaper.reset();
    m_transfers.reset();
    m_transitions.reload();
    m_replicaDelays.reload();
    m_clusters.reload();
    m_streams.reload();
    m_throttles.reload();
    m_tables.reload();
    m_replicator.reset();
}

}
