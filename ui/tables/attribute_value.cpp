#include "ui/tables/attribute_value.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace ui::tables {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using nlohmann::json;

namespace {

constexpr std::array kNames{"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"};
constexpr int kMostDigits = 38;

QString words(const char* text)
{
    return QCoreApplication::translate("ui::tables", text);
}

core::Error invalid(const QString& message)
{
    return {ErrorKind::Invalid, "ValidationException", message.toStdString()};
}

QString qt(const json& text)
{
    return text.is_string() ? QString::fromStdString(text.get_ref<const std::string&>())
                            : QString::fromStdString(text.dump());
}

bool isNumber(const QString& text)
{
    static const QRegularExpression form(u"^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?$"_s);
    if (!form.match(text).hasMatch())
        return false;
    static const QRegularExpression notDigits(u"\\D"_s);
    static const QRegularExpression zeros(u"^0+|0+$"_s);
    auto digits = text.section(QRegularExpression(u"[eE]"_s), 0, 0);
    digits.remove(notDigits).remove(zeros);
    return digits.size() <= kMostDigits;
}

bool isBase64(const QString& text)
{
    return bool(QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors));
}

}

QString typeName(Type type)
{
    return QString::fromLatin1(kNames[static_cast<std::size_t>(type)]);
}

std::optional<Type> typeNamed(const QString& name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QLatin1String(kNames[i]))
            return static_cast<Type>(i);
    }
    return std::nullopt;
}

bool isSet(Type type)
{
    return type == Type::SS || type == Type::NS || type == Type::BS;
}

bool isDocument(Type type)
{
    return type == Type::M || type == Type::L;
}

Type elementType(Type set)
{
    return set == Type::NS ? Type::N : set == Type::BS ? Type::B : Type::S;
}

Value Value::boolean(bool on)
{
    return {Type::Bool, on ? u"true"_s : u"false"_s, {}, {}};
}

Value Value::empty(Type type)
{
    if (type == Type::Bool)
        return boolean(false);
    return {type, type == Type::N ? u"0"_s : QString(), {}, {}};
}

const Value* Value::member(const QString& name) const
{
    for (const auto& each : members) {
        if (each.name == name)
            return &each.value;
    }
    return nullptr;
}

void Value::setMember(const QString& name, const Value& value)
{
    for (auto& each : members) {
        if (each.name == name) {
            each.value = value;
            return;
        }
    }
    members.append({name, value});
}

bool Value::removeMember(const QString& name)
{
    return members.removeIf([&](const Member& each) { return each.name == name; }) > 0;
}

bool operator==(const Value& a, const Value& b)
{
    if (a.type != b.type)
        return false;
    if (isSet(a.type)) {
        auto left = a.elements;
        auto right = b.elements;
        left.sort();
        right.sort();
        return left == right;
    }
    if (a.type == Type::M) {
        if (a.members.size() != b.members.size())
            return false;
        return std::all_of(a.members.begin(), a.members.end(), [&](const Member& each) {
            const auto* other = b.member(each.name);
            return other && *other == each.value;
        });
    }
    return a.type == Type::L ? a.members == b.members : a.text == b.text;
}

Value fromJson(const json& attribute)
{
    Value value;
    if (!attribute.is_object() || attribute.size() != 1)
        return value;
    const auto& name = attribute.begin().key();
    const auto& body = attribute.begin().value();
    value.type = typeNamed(QString::fromStdString(name)).value_or(Type::S);
    if (isSet(value.type)) {
        for (const auto& element : body)
            value.elements.append(qt(element));
    } else if (value.type == Type::M) {
        return itemFromJson(body);
    } else if (value.type == Type::L) {
        for (const auto& element : body)
            value.members.append({{}, fromJson(element)});
    } else if (value.type != Type::Null) {
        value.text = qt(body);
    }
    return value;
}

json toJson(const Value& value)
{
    const auto name = typeName(value.type).toStdString();
    switch (value.type) {
    case Type::Bool:
        return {{name, value.text == u"true"_s}};
    case Type::Null:
        return {{name, true}};
    case Type::M:
        return {{name, itemToJson(value)}};
    case Type::L: {
        auto list = json::array();
        for (const auto& each : value.members)
            list.push_back(toJson(each.value));
        return {{name, std::move(list)}};
    }
    case Type::SS:
    case Type::NS:
    case Type::BS: {
        auto set = json::array();
        for (const auto& element : value.elements)
            set.push_back(element.toStdString());
        return {{name, std::move(set)}};
    }
    default:
        return {{name, value.text.toStdString()}};
    }
}

Item itemFromJson(const json& attributes)
{
    Item item{Type::M, {}, {}, {}};
    for (const auto& [name, attribute] : attributes.items())
        item.members.append({QString::fromStdString(name), fromJson(attribute)});
    return item;
}

json itemToJson(const Item& item)
{
    auto attributes = json::object();
    for (const auto& each : item.members)
        attributes[each.name.toStdString()] = toJson(each.value);
    return attributes;
}

QString itemText(const Item& item)
{
    return QString::fromStdString(itemToJson(item).dump(2));
}

namespace {

core::Result<> checkAttribute(const json& attribute, const QString& where);

core::Result<> checkMembers(const json& body, const QString& where)
{
    for (const auto& [name, attribute] : body.items()) {
        const auto step = QString::fromStdString(name);
        const auto path = where.isEmpty() ? step : where + u'.' + step;
        if (auto ok = checkAttribute(attribute, path); !ok)
            return ok;
    }
    return {};
}

core::Result<> checkAttribute(const json& attribute, const QString& where)
{
    const auto wrong = [&](const char* text) { return core::fail(invalid(words(text).arg(where))); };
    if (!attribute.is_object() || attribute.size() != 1)
        return wrong(QT_TRANSLATE_NOOP(
            "ui::tables", "%1: a value is an object with one type, such as {\"S\": \"text\"}"));
    const auto& name = attribute.begin().key();
    const auto& body = attribute.begin().value();
    const auto type = typeNamed(QString::fromStdString(name));
    if (!type)
        return wrong(
            QT_TRANSLATE_NOOP("ui::tables", "%1: the type is one of S, N, B, BOOL, NULL, M, L, SS, NS, BS"));
    if (*type == Type::M)
        return body.is_object() ? checkMembers(body, where)
                                : wrong(QT_TRANSLATE_NOOP("ui::tables", "%1: M is an object"));
    if (*type == Type::L || isSet(*type)) {
        if (!body.is_array())
            return wrong(QT_TRANSLATE_NOOP("ui::tables", "%1: lists and sets are arrays"));
        int at = 0;
        for (const auto& element : body) {
            if (isSet(*type) && !element.is_string())
                return wrong(QT_TRANSLATE_NOOP("ui::tables", "%1: elements of a set are strings"));
            if (*type == Type::L) {
                if (auto ok = checkAttribute(element, u"%1[%2]"_s.arg(where).arg(at)); !ok)
                    return ok;
            }
            ++at;
        }
        return {};
    }
    if (*type == Type::Bool || *type == Type::Null)
        return body.is_boolean()
            ? core::Result<>()
            : wrong(QT_TRANSLATE_NOOP("ui::tables", "%1: BOOL and NULL are true or false"));
    if (!body.is_string())
        return wrong(QT_TRANSLATE_NOOP(
            "ui::tables", "%1: S, N and B are strings; numbers too, such as {\"N\": \"12\"}"));
    return {};
}

}

core::Result<Item> parseItem(const QString& text)
{
    json parsed;
    try {
        parsed = json::parse(text.toStdString());
    } catch (const json::parse_error& error) {
        const auto before = text.toUtf8().left(static_cast<qsizetype>(error.byte));
        return core::fail(invalid(
            words(QT_TRANSLATE_NOOP("ui::tables", "Line %1: this is no JSON")).arg(before.count('\n') + 1)));
    }
    if (!parsed.is_object())
        return core::fail(
            invalid(words(QT_TRANSLATE_NOOP("ui::tables", "An item is an object of attributes"))));
    if (auto ok = checkMembers(parsed, {}); !ok)
        return core::fail(ok.error());
    auto item = itemFromJson(parsed);
    if (const auto problem = problemIn(item); !problem.isEmpty())
        return core::fail(invalid(problem));
    return item;
}

core::Result<Value> parseValue(Type type, const QString& text)
{
    if (type == Type::N && !isNumber(text.trimmed()))
        return core::fail(invalid(
            words(QT_TRANSLATE_NOOP("ui::tables", "This is no number of up to 38 digits, such as 12.5"))));
    if (type == Type::B && !isBase64(text.trimmed()))
        return core::fail(
            invalid(words(QT_TRANSLATE_NOOP("ui::tables", "Binary values are written in Base64"))));
    if (type == Type::Bool && text != u"true"_s && text != u"false"_s)
        return core::fail(invalid(words(QT_TRANSLATE_NOOP("ui::tables", "A BOOL is true or false"))));
    if (isSet(type) || isDocument(type))
        return core::fail(invalid(words(QT_TRANSLATE_NOOP("ui::tables", "A single value is expected here"))));
    const bool trims = type == Type::N || type == Type::B;
    return Value{type, type == Type::Null ? QString() : trims ? text.trimmed() : text, {}, {}};
}

QString problemIn(const Value& value, const QString& where)
{
    const auto at = [&](const QString& message) {
        return where.isEmpty() ? message : u"%1: %2"_s.arg(where, message);
    };
    if (isSet(value.type)) {
        if (value.elements.isEmpty())
            return at(words(QT_TRANSLATE_NOOP("ui::tables", "A set has at least one element")));
        auto sorted = value.elements;
        sorted.sort();
        if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
            return at(words(QT_TRANSLATE_NOOP("ui::tables", "A set holds each element once")));
        for (const auto& element : value.elements) {
            if (auto parsed = parseValue(elementType(value.type), element); !parsed)
                return at(QString::fromStdString(parsed.error().message));
        }
        return {};
    }
    if (isDocument(value.type)) {
        for (qsizetype i = 0; i < value.members.size(); ++i) {
            const auto& each = value.members[i];
            const auto step = value.type == Type::L ? u"%1[%2]"_s.arg(where).arg(i)
                : where.isEmpty()                   ? each.name
                                                    : where + u'.' + each.name;
            if (const auto problem = problemIn(each.value, step); !problem.isEmpty())
                return problem;
        }
        return {};
    }
    if (auto parsed = parseValue(value.type, value.text); !parsed)
        return at(QString::fromStdString(parsed.error().message));
    return {};
}

const Value* valueAt(const Item& item, const Path& path)
{
    const auto* value = &item;
    for (const auto& step : path) {
        const auto at = step.toInt();
        if (value->type == Type::M)
            value = value->member(step);
        else
            value = value->type == Type::L && at >= 0 && at < value->members.size()
                ? &value->members[at].value
                : nullptr;
        if (!value)
            return nullptr;
    }
    return value;
}

Value* valueAt(Item& item, const Path& path)
{
    if (!valueAt(std::as_const(item), path))
        return nullptr;
    auto* value = &item;
    for (const auto& step : path) {
        // The access that is not const detaches the list: copies of the item stay as they are.
        auto& members = value->members;
        const auto found = value->type == Type::L ? members.begin() + step.toInt()
                                                  : std::find_if(members.begin(), members.end(),
                                                      [&](const Member& each) { return each.name == step; });
        value = &found->value;
    }
    return value;
}

bool removeAt(Item& item, const Path& path)
{
    auto* parent = path.isEmpty() ? nullptr : valueAt(item, path.first(path.size() - 1));
    if (!parent)
        return false;
    if (parent->type == Type::M)
        return parent->removeMember(path.last());
    const auto at = path.last().toInt();
    if (isSet(parent->type) && at < parent->elements.size()) {
        parent->elements.removeAt(at);
        return true;
    }
    if (parent->type == Type::L && at < parent->members.size()) {
        parent->members.removeAt(at);
        return true;
    }
    return false;
}

bool setTextAt(Item& item, const Path& path, const QString& text)
{
    if (path.isEmpty())
        return false;
    auto* parent = valueAt(item, path.first(path.size() - 1));
    if (parent && isSet(parent->type)) {
        const auto at = path.last().toInt();
        if (at >= parent->elements.size())
            return false;
        parent->elements[at] = text;
        return true;
    }
    auto* value = valueAt(item, path);
    if (!value || isDocument(value->type) || isSet(value->type))
        return false;
    value->text = text;
    return true;
}

QString cellText(const Value& value)
{
    switch (value.type) {
    case Type::Null:
        return u"null"_s;
    case Type::M:
        return u"{%1}"_s.arg(value.members.size());
    case Type::L:
        return u"[%1]"_s.arg(value.members.size());
    case Type::SS:
    case Type::NS:
        return value.elements.join(u", "_s);
    case Type::BS:
        return words(QT_TRANSLATE_NOOP("ui::tables", "%1 binaries")).arg(value.elements.size());
    case Type::B:
        return words(QT_TRANSLATE_NOOP("ui::tables", "%1 bytes"))
            .arg(QByteArray::fromBase64(value.text.toLatin1()).size());
    default:
        return value.text;
    }
}

QString literal(const Value& value)
{
    if (value.type == Type::S) {
        auto text = value.text;
        return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
    }
    if (value.type == Type::N || value.type == Type::Bool)
        return value.text;
    if (value.type == Type::Null)
        return u"null"_s;
    return QString::fromStdString(toJson(value).dump());
}

}
