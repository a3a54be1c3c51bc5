#include "ui/tables/change_set.h"

#include <nlohmann/json.hpp>

#include <QByteArray>

#include <algorithm>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

void compare(const Path& path, const Value& before, const Value& after, QList<Change>& changes)
{
    if (before == after)
        return;
    if (before.type == Type::L && after.type == Type::L && before.members.size() == after.members.size()) {
        for (qsizetype i = 0; i < before.members.size(); ++i)
            compare(
                path + Path{QString::number(i)}, before.members[i].value, after.members[i].value, changes);
        return;
    }
    if (before.type != Type::M || after.type != Type::M) {
        changes.append({path, before, after});
        return;
    }
    for (const auto& each : after.members) {
        if (const auto* old = before.member(each.name))
            compare(path + Path{each.name}, *old, each.value, changes);
        else
            changes.append({path + Path{each.name}, std::nullopt, each.value});
    }
    for (const auto& each : before.members) {
        if (!after.member(each.name))
            changes.append({path + Path{each.name}, each.value, std::nullopt});
    }
}

// Document paths with placeholders, as an UpdateExpression takes them.
class Names {
public:
    std::string path(const Path& steps, const Item& item)
    {
        std::string text;
        const Value* at = &item;
        for (const auto& step : steps) {
            if (at && at->type == Type::L) {
                text += "[" + step.toStdString() + "]";
                at = valueAt(*at, {step});
                continue;
            }
            text += (text.empty() ? "" : ".") + placeholder(step);
            at = at ? at->member(step) : nullptr;
        }
        return text;
    }
    std::string placeholder(const QString& name)
    {
        for (const auto& [key, known] : m_names.items()) {
            if (known == name.toStdString())
                return key;
        }
        const auto key = "#n" + std::to_string(m_names.size());
        m_names[key] = name.toStdString();
        return key;
    }
    std::string value(const Value& given)
    {
        const auto key = ":v" + std::to_string(m_values.size());
        m_values[key] = toJson(given);
        return key;
    }
    void into(json& input) const
    {
        if (!m_names.empty())
            input["ExpressionAttributeNames"] = m_names;
        if (!m_values.empty())
            input["ExpressionAttributeValues"] = m_values;
    }

private:
    json m_names = json::object();
    json m_values = json::object();
};

void append(std::string& text, const char* between, const std::string& more)
{
    text += (text.empty() ? "" : between) + more;
}

qint64 bytesOf(const Value& value)
{
    switch (value.type) {
    case Type::S:
        return value.text.toUtf8().size();
    case Type::N:
        return (std::count_if(value.text.begin(), value.text.end(), [](QChar c) { return c.isDigit(); }) + 1)
            / 2
            + 1;
    case Type::B:
        return QByteArray::fromBase64(value.text.toLatin1()).size();
    case Type::Bool:
    case Type::Null:
        return 1;
    case Type::M:
    case Type::L: {
        qint64 bytes = 3;
        for (const auto& each : value.members)
            bytes += 1 + each.name.toUtf8().size() + bytesOf(each.value);
        return bytes;
    }
    default: {
        qint64 bytes = 0;
        for (const auto& each : value.elements)
            bytes += bytesOf({elementType(value.type), each, {}, {}});
        return bytes;
    }
    }
}

}

QList<Change> changesBetween(const Item& before, const Item& after, const TableSchema& schema)
{
    QList<Change> changes;
    compare({}, before, after, changes);
    changes.removeIf(
        [&](const Change& each) { return each.path.isEmpty() || schema.isKey(each.path.first()); });
    return changes;
}

json updateInput(const Item& before, const Item& after, const TableSchema& schema)
{
    Names names;
    std::string set;
    std::string remove;
    std::string condition;
    const auto changes = changesBetween(before, after, schema);
    for (const auto& each : changes) {
        const auto path = names.path(each.path, before);
        if (each.after)
            append(set, ", ", path + " = " + names.value(*each.after));
        else
            append(remove, ", ", path);
        append(condition, " AND ",
            each.before ? path + " = " + names.value(*each.before) : "attribute_not_exists(" + path + ")");
    }
    // UpdateItem would make an item that somebody has deleted; the key says that it is still there.
    append(condition, " AND ", "attribute_exists(" + names.placeholder(schema.table().partition.name) + ")");
    json input{{"TableName", schema.name.toStdString()}, {"Key", itemToJson(schema.keyOf(before))}};
    std::string expression = set.empty() ? "" : "SET " + set;
    if (!remove.empty())
        append(expression, " ", "REMOVE " + remove);
    if (!expression.empty())
        input["UpdateExpression"] = expression;
    input["ConditionExpression"] = condition;
    names.into(input);
    return input;
}

json putInput(const Item& item, const TableSchema& schema)
{
    return {{"TableName", schema.name.toStdString()}, {"Item", itemToJson(item)},
        {"ConditionExpression", "attribute_not_exists(#n0)"},
        {"ExpressionAttributeNames", {{"#n0", schema.table().partition.name.toStdString()}}}};
}

json deleteInput(const Item& item, const TableSchema& schema)
{
    Names names;
    std::string condition = "attribute_exists(" + names.placeholder(schema.table().partition.name) + ")";
    // An expression has at most 300 operators; an item of more attributes is deleted by its key alone.
    constexpr int kMostCompared = 100;
    for (const auto& each : item.members) {
        if (item.members.size() <= kMostCompared && !schema.isKey(each.name))
            append(condition, " AND ", names.placeholder(each.name) + " = " + names.value(each.value));
    }
    json input{{"TableName", schema.name.toStdString()}, {"Key", itemToJson(schema.keyOf(item))},
        {"ConditionExpression", condition}};
    names.into(input);
    return input;
}

QList<ChangeLine> changeLines(const Item& before, const Item& after, const TableSchema& schema)
{
    QList<ChangeLine> lines;
    QList<ChangeLine> conditions;
    const auto changes = changesBetween(before, after, schema);
    for (const auto& each : changes) {
        const auto path = pathText(each.path, each.after ? after : before);
        if (each.after)
            lines.append({u"SET"_s, path, literal(*each.after), each.after->type});
        else
            lines.append({u"REMOVE"_s, path, {}, each.before->type});
        conditions.append({u"IF"_s, path, each.before ? literal(*each.before) : QString(),
            each.before ? each.before->type : Type::Null});
    }
    return lines + conditions;
}

QString pathText(const Path& path, const Item& item)
{
    QString text;
    const Value* at = &item;
    for (const auto& step : path) {
        const bool element = at && (at->type == Type::L || isSet(at->type));
        text += element ? u"[%1]"_s.arg(step) : text.isEmpty() ? step : u'.' + step;
        at = at ? valueAt(*at, {step}) : nullptr;
    }
    return text;
}

qint64 itemBytes(const Item& item)
{
    qint64 bytes = 0;
    for (const auto& each : item.members)
        bytes += each.name.toUtf8().size() + bytesOf(each.value);
    return bytes;
}

qint64 writeUnits(const Item& item)
{
    return std::max<qint64>(1, (itemBytes(item) + 1023) / 1024);
}

}
