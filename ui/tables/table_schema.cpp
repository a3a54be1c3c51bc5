#include "ui/tables/table_schema.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

QString textOf(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

qint64 numberOf(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<qint64>() : 0;
}

KeySource sourceOf(const json& object, const QHash<QString, Type>& types)
{
    KeySource source;
    source.name = textOf(object, "IndexName");
    if (const auto projection = object.find("Projection"); projection != object.end())
        source.whole = textOf(*projection, "ProjectionType") == u"ALL"_s;
    for (const auto& part : object.value("KeySchema", json::array())) {
        const auto name = textOf(part, "AttributeName");
        const KeyPart key{name, types.value(name, Type::S)};
        const bool hash = textOf(part, "KeyType") == u"HASH"_s;
        auto& first = hash ? source.partition : source.sort;
        if (first.name.isEmpty())
            first = key;
        else
            (hash ? source.morePartitions : source.moreSorts).append(key);
    }
    return source;
}

json keyMembers(const KeyPart& partition, const KeyPart& sort)
{
    json schema = json::array({{{"AttributeName", partition.name.toStdString()}, {"KeyType", "HASH"}}});
    if (!sort.name.isEmpty())
        schema.push_back({{"AttributeName", sort.name.toStdString()}, {"KeyType", "RANGE"}});
    return schema;
}

// What CreateTable takes of an index or a table's description; the rest is state.
json only(const json& from, std::initializer_list<const char*> names)
{
    auto kept = json::object();
    for (const auto* name : names) {
        if (const auto found = from.find(name); found != from.end() && !found->is_null())
            kept[name] = *found;
    }
    return kept;
}

}

QList<KeyPart> KeySource::partitions() const
{
    return QList<KeyPart>{partition} + morePartitions;
}

QList<KeyPart> KeySource::sorts() const
{
    return sort.name.isEmpty() ? QList<KeyPart>() : QList<KeyPart>{sort} + moreSorts;
}

QList<KeyPart> KeySource::parts() const
{
    return partitions() + sorts();
}

QStringList KeySource::names() const
{
    QStringList names;
    for (const auto& part : parts())
        names.append(part.name);
    return names;
}

const KeySource& TableSchema::source(const QString& index) const
{
    for (const auto& each : sources) {
        if (each.name == index)
            return each;
    }
    return sources.first();
}

bool TableSchema::isKey(const QString& attribute) const
{
    return attribute == table().partition.name || (!attribute.isEmpty() && attribute == table().sort.name);
}

Item TableSchema::keyOf(const Item& item) const
{
    Item key{Type::M, {}, {}, {}};
    for (const auto& part : {table().partition, table().sort}) {
        if (const auto* value = part.name.isEmpty() ? nullptr : item.member(part.name))
            key.setMember(part.name, *value);
    }
    return key;
}

QString TableSchema::keyText(const Item& item) const
{
    QStringList parts;
    for (const auto& each : keyOf(item).members)
        parts.append(each.value.text);
    return parts.join(u", "_s);
}

std::optional<Type> TableSchema::keyType(const QString& attribute) const
{
    for (const auto& each : sources) {
        for (const auto& part : each.parts()) {
            if (!attribute.isEmpty() && part.name == attribute)
                return part.type;
        }
    }
    return std::nullopt;
}

TableSchema TableSchema::fromJson(const json& table)
{
    QHash<QString, Type> types;
    for (const auto& each : table.value("AttributeDefinitions", json::array()))
        types.insert(
            textOf(each, "AttributeName"), typeNamed(textOf(each, "AttributeType")).value_or(Type::S));
    TableSchema schema;
    schema.name = textOf(table, "TableName");
    schema.status = textOf(table, "TableStatus");
    schema.items = numberOf(table, "ItemCount");
    schema.sizeBytes = numberOf(table, "TableSizeBytes");
    schema.stream = table.contains("LatestStreamArn");
    schema.onDemand =
        textOf(table.value("BillingModeSummary", json::object()), "BillingMode") == u"PAY_PER_REQUEST"_s;
    const auto units = table.value("ProvisionedThroughput", json::object());
    schema.readUnits = numberOf(units, "ReadCapacityUnits");
    schema.writeUnits = numberOf(units, "WriteCapacityUnits");
    schema.sources.append(sourceOf(table, types));
    for (const auto* kind : {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"}) {
        for (const auto& each : table.value(kind, json::array())) {
            schema.sources.append(sourceOf(each, types));
            schema.sources.last().global = QLatin1String(kind).startsWith("Global"_L1);
        }
    }
    return schema;
}

json createTableInput(const NewTable& table)
{
    json definitions = json::array();
    for (const auto& part : {table.partition, table.sort}) {
        if (!part.name.isEmpty())
            definitions.push_back({{"AttributeName", part.name.toStdString()},
                {"AttributeType", typeName(part.type).toStdString()}});
    }
    return {{"TableName", table.name.toStdString()}, {"AttributeDefinitions", definitions},
        {"KeySchema", keyMembers(table.partition, table.sort)}, {"BillingMode", "PAY_PER_REQUEST"}};
}

json recreateTableInput(const json& table)
{
    auto input = only(table,
        {"TableName", "AttributeDefinitions", "KeySchema", "StreamSpecification",
            "DeletionProtectionEnabled"});
    const bool onDemand =
        textOf(table.value("BillingModeSummary", json::object()), "BillingMode") == u"PAY_PER_REQUEST"_s;
    input["BillingMode"] = onDemand ? "PAY_PER_REQUEST" : "PROVISIONED";
    const auto throughput = [&](const json& from, json& to) {
        if (!onDemand && from.contains("ProvisionedThroughput"))
            to["ProvisionedThroughput"] =
                only(from["ProvisionedThroughput"], {"ReadCapacityUnits", "WriteCapacityUnits"});
    };
    throughput(table, input);
    for (const auto* kind : {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"}) {
        for (const auto& each : table.value(kind, json::array())) {
            auto index = only(each, {"IndexName", "KeySchema", "Projection"});
            if (QLatin1String(kind).startsWith("Global"_L1))
                throughput(each, index);
            input[kind].push_back(std::move(index));
        }
    }
    return input;
}

QString tableNameProblem(const QString& name)
{
    static const QRegularExpression form(u"^[a-zA-Z0-9_.-]{3,255}$"_s);
    if (form.match(name).hasMatch())
        return {};
    return QCoreApplication::translate(
        "ui::tables", "A table's name has 3 to 255 letters, digits, dots, dashes or underscores");
}

}
