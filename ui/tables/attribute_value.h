#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace ui::tables {

enum class Type { S, N, B, Bool, Null, M, L, SS, NS, BS };

// "S", "BOOL", …: as on the wire and in badges.
QString typeName(Type type);
std::optional<Type> typeNamed(const QString& name);
bool isSet(Type type);
bool isDocument(Type type); // M and L
Type elementType(Type set); // SS → S

struct Member;

// A DynamoDB value. Numbers and binaries keep their text as it was read: nothing goes through a double. A
// plain value without owners; copies are deep.
struct Value {
    Type type = Type::S;
    QString text; // S, N, B (Base64), "true" or "false"
    QStringList elements; // SS, NS, BS
    QList<Member> members; // M by name, L in order without names

    static Value string(const QString& text) { return {Type::S, text, {}, {}}; }
    static Value number(const QString& text) { return {Type::N, text, {}, {}}; }
    static Value boolean(bool on);
    static Value empty(Type type); // what a new attribute of this type starts as

    const Value* member(const QString& name) const; // nullptr when there is none
    void setMember(const QString& name, const Value& value);
    bool removeMember(const QString& name);
    friend bool operator==(const Value&, const Value&);
};

struct Member {
    QString name;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

// An item is a Value of type M.
using Item = Value;

// Steps into an item: names of maps, indexes of lists and sets ("lines", "0", "isbn").
using Path = QStringList;

Value fromJson(const nlohmann::json& attribute); // {"N":"1"}
nlohmann::json toJson(const Value& value);
Item itemFromJson(const nlohmann::json& attributes); // {"isbn":{"S":"…"},…}
nlohmann::json itemToJson(const Item& item);
// DynamoDB JSON with two spaces of indent, and back; the error says where.
QString itemText(const Item& item);
core::Result<Item> parseItem(const QString& text);

// A typed text as a value: checks numbers (38 digits, exponent) and Base64; words the failure for a field.
core::Result<Value> parseValue(Type type, const QString& text);
// "" when the value can be stored, else why not (an empty set, a number that is none), with its path.
QString problemIn(const Value& value, const QString& where = {});

const Value* valueAt(const Item& item, const Path& path);
Value* valueAt(Item& item, const Path& path); // not for elements of sets, which are no values
bool removeAt(Item& item, const Path& path);
bool setTextAt(Item& item, const Path& path, const QString& text); // scalars and elements of sets

// What a cell shows: numbers and strings as they are, "[2]", "{2}", "gift, bulk", sizes of binaries.
QString cellText(const Value& value);
// As in an expression a person reads: strings in quotes.
QString literal(const Value& value);

}
