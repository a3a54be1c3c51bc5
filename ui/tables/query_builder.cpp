#include "ui/tables/query_builder.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ui::tables {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using nlohmann::json;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("ui::tables", text);
}

core::Error missing(const QString& message)
{
    return {ErrorKind::Invalid, "ValidationException", message.toStdString()};
}

// Collects placeholders: one name each attribute, one value each use.
class Expressions {
public:
    explicit Expressions(json& request)
        : m_request(request)
    {
    }

    std::string name(const QString& path)
    {
        static const QRegularExpression step(u"([^.\\[\\]]+)|(\\[\\d+\\])"_s);
        std::string text;
        auto steps = step.globalMatch(path);
        while (steps.hasNext()) {
            const auto match = steps.next();
            if (match.capturedLength(2) > 0) {
                text += match.captured(2).toStdString();
                continue;
            }
            text += (text.empty() ? "" : ".") + nameOf(match.captured(1));
        }
        return text;
    }

    std::string value(const Value& value)
    {
        auto& values = m_request["ExpressionAttributeValues"];
        const auto key = ":v" + std::to_string(values.size());
        values[key] = toJson(value);
        return key;
    }

private:
    std::string nameOf(const QString& attribute)
    {
        auto& names = m_request["ExpressionAttributeNames"];
        for (const auto& [key, known] : names.items()) {
            if (known == attribute.toStdString())
                return key;
        }
        const auto key = "#n" + std::to_string(names.size());
        names[key] = attribute.toStdString();
        return key;
    }

    json& m_request;
};

core::Result<Value> typed(const Condition& condition, int at)
{
    if (at >= condition.values.size())
        return core::fail(
            missing(words(QT_TRANSLATE_NOOP("ui::tables", "%1 needs a value")).arg(condition.attribute)));
    auto value = parseValue(condition.type, condition.values[at]);
    if (!value)
        return core::fail(
            missing(condition.attribute + u": "_s + QString::fromStdString(value.error().message)));
    return value;
}

const char* comparator(Op op)
{
    switch (op) {
    case Op::NotEqual:
        return " <> ";
    case Op::Less:
        return " < ";
    case Op::LessOrEqual:
        return " <= ";
    case Op::Greater:
        return " > ";
    case Op::GreaterOrEqual:
        return " >= ";
    default:
        return " = ";
    }
}

core::Result<std::string> inList(
    const Condition& condition, const std::string& name, Expressions& expressions)
{
    std::string list;
    for (int i = 0; i < condition.values.size() || i == 0; ++i) {
        CORE_TRY(const auto value, typed(condition, i));
        list += (i ? ", " : "") + expressions.value(value);
    }
    return name + " IN (" + list + ")";
}

core::Result<std::string> written(const Condition& condition, Expressions& expressions)
{
    const auto name = expressions.name(condition.attribute);
    if (name.empty())
        return core::fail(missing(words(QT_TRANSLATE_NOOP("ui::tables", "A condition needs an attribute"))));
    if (condition.op == Op::Exists || condition.op == Op::NotExists)
        return (condition.op == Op::Exists ? "attribute_exists(" : "attribute_not_exists(") + name + ")";
    if (condition.op == Op::HasType) {
        const auto type = condition.values.value(0);
        if (!typeNamed(type))
            return core::fail(
                missing(words(QT_TRANSLATE_NOOP("ui::tables", "%1 needs a type")).arg(condition.attribute)));
        return "attribute_type(" + name + ", " + expressions.value(Value::string(type)) + ")";
    }
    if (condition.op == Op::In)
        return inList(condition, name, expressions);
    CORE_TRY(const auto value, typed(condition, 0));
    if (condition.op == Op::Between) {
        CORE_TRY(const auto upper, typed(condition, 1));
        const auto low = expressions.value(value);
        return name + " BETWEEN " + low + " AND " + expressions.value(upper);
    }
    if (condition.op == Op::BeginsWith || condition.op == Op::Contains)
        return (condition.op == Op::BeginsWith ? "begins_with(" : "contains(") + name + ", "
            + expressions.value(value) + ")";
    return name + comparator(condition.op) + expressions.value(value);
}

// Takes the filter on a key attribute whose operator is one of `ops` out of the form.
std::optional<Condition> takeFilter(QueryForm& form, const KeyPart& key, const QList<Op>& ops)
{
    for (qsizetype i = 0; i < form.filters.size(); ++i) {
        const auto& each = form.filters[i];
        if (each.attribute == key.name && each.type == key.type && ops.contains(each.op)
            && !each.values.value(0).isEmpty())
            return form.filters.takeAt(i);
    }
    return std::nullopt;
}

// A Scan as a Query of that source, when its filters fix the whole partition key.
std::optional<QueryForm> queryOf(const QueryForm& scan, const KeySource& source)
{
    auto query = scan;
    query.scan = false;
    query.index = source.name;
    query.clearKey();
    if (source.global)
        query.strong = false;
    const auto partitions = source.partitions();
    for (int i = 0; i < static_cast<int>(partitions.size()); ++i) {
        const auto fixed = takeFilter(query, partitions[i], {Op::Equal});
        if (!fixed)
            return std::nullopt;
        query.setPartitionValue(i, fixed->values.first());
    }
    const auto sorts = source.sorts();
    for (int i = 0; i < static_cast<int>(sorts.size()); ++i) {
        const auto condition = takeFilter(query, sorts[i], sortKeyOps(sorts[i].type));
        if (!condition)
            break;
        query.setSort(i, condition);
        if (condition->op != Op::Equal)
            break;
    }
    // A key attribute cannot be filtered in a Query; what is left of it makes the rewrite wrong.
    const auto names = source.names();
    const bool keyLeft = std::any_of(query.filters.begin(), query.filters.end(),
        [&](const auto& each) { return names.contains(each.attribute); });
    return keyLeft ? std::nullopt : std::optional(query);
}

core::Result<> addKey(const QueryForm& form, const KeySource& source, json& request, Expressions& expressions)
{
    std::string key;
    const auto conditions = keyConditions(form, source);
    for (qsizetype i = 0; i < conditions.size(); ++i) {
        if (i < source.partitions().size() && conditions[i].values.value(0).isEmpty())
            return core::fail(missing(
                words(QT_TRANSLATE_NOOP("ui::tables", "A Query needs a value of the partition key %1"))
                    .arg(conditions[i].attribute)));
        CORE_TRY(const auto condition, written(conditions[i], expressions));
        key += (key.empty() ? "" : " AND ") + condition;
    }
    request["KeyConditionExpression"] = key;
    if (form.newestFirst)
        request["ScanIndexForward"] = false;
    return {};
}

}

QString opText(Op op)
{
    switch (op) {
    case Op::Equal:
        return u"="_s;
    case Op::NotEqual:
        return u"≠"_s;
    case Op::Less:
        return u"<"_s;
    case Op::LessOrEqual:
        return u"≤"_s;
    case Op::Greater:
        return u">"_s;
    case Op::GreaterOrEqual:
        return u"≥"_s;
    case Op::Between:
        return words(QT_TRANSLATE_NOOP("ui::tables", "between"));
    case Op::BeginsWith:
        return words(QT_TRANSLATE_NOOP("ui::tables", "begins with"));
    case Op::Contains:
        return words(QT_TRANSLATE_NOOP("ui::tables", "contains"));
    case Op::In:
        return words(QT_TRANSLATE_NOOP("ui::tables", "in"));
    case Op::Exists:
        return words(QT_TRANSLATE_NOOP("ui::tables", "exists"));
    case Op::NotExists:
        return words(QT_TRANSLATE_NOOP("ui::tables", "does not exist"));
    case Op::HasType:
        return words(QT_TRANSLATE_NOOP("ui::tables", "has type"));
    }
    return {};
}

QList<Op> sortKeyOps(Type type)
{
    QList<Op> ops{Op::Equal, Op::Less, Op::LessOrEqual, Op::Greater, Op::GreaterOrEqual, Op::Between};
    if (type != Type::N)
        ops.append(Op::BeginsWith);
    return ops;
}

QList<Op> filterOps()
{
    return {Op::Equal, Op::NotEqual, Op::Less, Op::LessOrEqual, Op::Greater, Op::GreaterOrEqual, Op::Between,
        Op::BeginsWith, Op::Contains, Op::In, Op::Exists, Op::NotExists, Op::HasType};
}

int valueCount(Op op)
{
    switch (op) {
    case Op::Exists:
    case Op::NotExists:
        return 0;
    case Op::Between:
        return 2;
    case Op::In:
        return -1;
    default:
        return 1;
    }
}

QString QueryForm::action() const
{
    return scan ? u"Scan"_s : u"Query"_s;
}

QString QueryForm::partitionValue(int at) const
{
    return at == 0 ? partition : morePartitions.value(at - 1);
}

void QueryForm::setPartitionValue(int at, const QString& value)
{
    if (at == 0) {
        partition = value;
        return;
    }
    while (morePartitions.size() < at)
        morePartitions.append(QString());
    morePartitions[at - 1] = value;
}

QList<Condition> QueryForm::sorts() const
{
    QList<Condition> counting;
    if (sort)
        counting.append(*sort);
    for (const auto& each : moreSorts) {
        if (!counting.isEmpty() && counting.last().op == Op::Equal)
            counting.append(each);
    }
    return counting;
}

void QueryForm::setSort(int at, const std::optional<Condition>& condition)
{
    auto all = sorts();
    const bool goesOn = condition && condition->op == Op::Equal;
    if (!goesOn)
        all = all.first(std::min<qsizetype>(at, all.size()));
    if (condition && at < all.size())
        all[at] = *condition;
    else if (condition)
        all.append(*condition);
    sort = all.isEmpty() ? std::nullopt : std::optional(all.first());
    moreSorts = all.isEmpty() ? all : all.sliced(1);
}

void QueryForm::clearKey()
{
    partition.clear();
    morePartitions.clear();
    sort.reset();
    moreSorts.clear();
}

QList<Condition> keyConditions(const QueryForm& form, const KeySource& source)
{
    QList<Condition> conditions;
    const auto partitions = source.partitions();
    for (int i = 0; i < static_cast<int>(partitions.size()); ++i)
        conditions.append({partitions[i].name, Op::Equal, partitions[i].type, {form.partitionValue(i)}});
    const auto keys = source.sorts();
    const auto sorts = form.sorts();
    for (qsizetype i = 0; i < std::min(keys.size(), sorts.size()); ++i) {
        conditions.append(sorts[i]);
        conditions.last().attribute = keys[i].name;
        conditions.last().type = keys[i].type;
    }
    return conditions;
}

core::Result<json> buildRequest(const QueryForm& form, const TableSchema& schema)
{
    json request{{"TableName", schema.name.toStdString()}, {"ReturnConsumedCapacity", "INDEXES"}};
    const auto& source = schema.source(form.index);
    Expressions expressions(request);
    if (!source.name.isEmpty())
        request["IndexName"] = source.name.toStdString();
    if (!form.scan)
        CORE_CHECK(addKey(form, source, request, expressions));
    std::string filter;
    for (const auto& each : form.filters) {
        CORE_TRY(const auto condition, written(each, expressions));
        filter += (filter.empty() ? "" : form.any ? " OR " : " AND ") + condition;
    }
    if (!filter.empty())
        request["FilterExpression"] = filter;
    if (form.limit > 0)
        request["Limit"] = form.limit;
    if (form.strong && strongReadProblem(form, schema).isEmpty())
        request["ConsistentRead"] = true;
    return request;
}

QString strongReadProblem(const QueryForm& form, const TableSchema& schema)
{
    if (!schema.source(form.index).global)
        return {};
    return words(QT_TRANSLATE_NOOP(
                     "ui::tables", "%1 is a global secondary index, which has no strongly consistent reads"))
        .arg(form.index);
}

std::optional<QueryForm> rewriteAsQuery(const QueryForm& form, const TableSchema& schema)
{
    if (!form.scan || form.any)
        return std::nullopt;
    for (const auto& source : schema.sources) {
        // Of an index that does not project all, the answer would lack attributes.
        if (auto query = source.whole ? queryOf(form, source) : std::nullopt)
            return query;
    }
    return std::nullopt;
}

QString conditionText(const Condition& condition)
{
    QStringList values;
    for (const auto& each : condition.values)
        values.append(condition.type == Type::S && condition.op != Op::HasType ? u'"' + each + u'"' : each);
    const auto joined = condition.op == Op::Between ? values.join(u" … "_s) : values.join(u", "_s);
    return u"%1 %2 %3"_s.arg(condition.attribute, opText(condition.op), joined).trimmed();
}

}
