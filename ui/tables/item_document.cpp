#include "ui/tables/item_document.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int kRereadMs = 200;

}

ItemDocument::ItemDocument(shell::AreaContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_reread.setSingleShot(true);
    m_reread.setInterval(kRereadMs);
    connect(&m_reread, &QTimer::timeout, this, [this] {
        if (isOpen() && !isNew() && !isStaged() && !m_saving)
            reload(false);
    });
}

bool ItemDocument::isStaged() const
{
    if (!isOpen())
        return false;
    return isNew() || !changesBetween(before(), m_after, *m_schema).isEmpty();
}

QString ItemDocument::keyText() const
{
    return isOpen() ? m_schema->keyText(isNew() ? m_after : before()) : QString();
}

bool ItemDocument::isLocked(const Path& path) const
{
    return isOpen() && !isNew() && !path.isEmpty() && m_schema->isKey(path.first());
}

QString ItemDocument::problem() const
{
    if (!isOpen())
        return {};
    for (const auto& part : {m_schema->table().partition, m_schema->table().sort}) {
        if (part.name.isEmpty())
            continue;
        const auto* value = m_after.member(part.name);
        if (!value || value->type != part.type || value->text.isEmpty())
            return tr("%1 is a key: it needs a value of type %2").arg(part.name, typeName(part.type));
    }
    return problemIn(m_after);
}

QList<ChangeLine> ItemDocument::lines() const
{
    if (!isNew())
        return changeLines(before(), m_after, *m_schema);
    QList<ChangeLine> lines;
    for (const auto& each : m_after.members)
        lines.append({u"PUT"_s, each.name, literal(each.value), each.value.type});
    lines.append({u"IF"_s, m_schema->table().partition.name, {}, Type::Null});
    return lines;
}

void ItemDocument::open(const TableSchema& schema, const Item& known)
{
    ++m_question;
    m_schema = schema;
    m_before = m_after = known;
    m_saving = false;
    Q_EMIT opened();
    // What an index shows may lack attributes, and what a page shows may be old.
    read([this](const std::optional<Item>& now) {
        if (!now || isStaged() || *now == before())
            return;
        m_before = m_after = *now;
        Q_EMIT edited();
    });
}

void ItemDocument::openNew(const TableSchema& schema, const Item& from)
{
    ++m_question;
    m_schema = schema;
    m_before.reset();
    m_after = {Type::M, {}, {}, {}};
    m_saving = false;
    for (const auto& part : {schema.table().partition, schema.table().sort}) {
        if (!part.name.isEmpty())
            m_after.members.append({part.name, {part.type, {}, {}, {}}});
    }
    for (const auto& each : from.members)
        m_after.setMember(each.name, each.value);
    Q_EMIT opened();
}

void ItemDocument::close()
{
    ++m_question;
    m_schema.reset();
    m_before.reset();
    m_after = m_nothing;
    Q_EMIT opened();
}

void ItemDocument::read(std::function<void(const std::optional<Item>& now)> done)
{
    const json input{{"TableName", m_schema->name.toStdString()},
        {"Key", itemToJson(m_schema->keyOf(m_before ? *m_before : m_after))}, {"ConsistentRead", true}};
    m_context.engine.refresh(this, u"dynamodb"_s, u"GetItem"_s, input,
        [this, done = std::move(done), question = m_question](const core::Result<json>& answer) {
            if (question != m_question)
                return;
            if (!answer) {
                Q_EMIT failed(answer.error());
                return;
            }
            done(answer->contains("Item") ? std::optional(itemFromJson((*answer)["Item"])) : std::nullopt);
        });
}

void ItemDocument::changeEdited()
{
    Q_EMIT edited();
}

bool ItemDocument::setText(const Path& path, const QString& text)
{
    if (isLocked(path) || !setTextAt(m_after, path, text))
        return false;
    changeEdited();
    return true;
}

void ItemDocument::setType(const Path& path, Type type)
{
    auto* value = valueAt(m_after, path);
    if (!value || path.isEmpty() || isLocked(path) || value->type == type)
        return;
    auto fresh = Value::empty(type);
    const auto text = value->text;
    if (isSet(type) && !isDocument(value->type) && !isSet(value->type)) {
        fresh.elements = {text};
    } else if (isSet(type) && isSet(value->type)) {
        fresh.elements = value->elements;
    } else if (type == Type::L && isSet(value->type)) {
        for (const auto& element : value->elements)
            fresh.members.append({{}, {elementType(value->type), element, {}, {}}});
    } else if (auto parsed = parseValue(type, text); parsed && !text.isEmpty() && !isDocument(type)) {
        fresh = *parsed;
    }
    *value = fresh;
    changeEdited();
}

Path ItemDocument::add(const Path& parent, const QString& name, Type type)
{
    auto* holder = valueAt(m_after, parent);
    if (!holder || isLocked(parent))
        return {};
    Path path = parent;
    if (holder->type == Type::M) {
        if (name.isEmpty() || holder->member(name))
            return {};
        holder->members.append({name, Value::empty(type)});
        path.append(name);
    } else if (holder->type == Type::L) {
        path.append(QString::number(holder->members.size()));
        holder->members.append({{}, Value::empty(type)});
    } else if (isSet(holder->type)) {
        path.append(QString::number(holder->elements.size()));
        holder->elements.append(Value::empty(elementType(holder->type)).text);
    } else {
        return {};
    }
    changeEdited();
    return path;
}

void ItemDocument::remove(const Path& path)
{
    if (path.size() == 1 && m_schema->isKey(path.first()))
        return;
    if (removeAt(m_after, path))
        changeEdited();
}

void ItemDocument::setItem(const Item& item)
{
    auto fresh = item;
    if (!isNew()) {
        const auto key = m_schema->keyOf(before());
        for (const auto& each : key.members)
            fresh.setMember(each.name, each.value);
    }
    if (fresh == m_after)
        return;
    m_after = fresh;
    changeEdited();
}

void ItemDocument::discard()
{
    if (isNew())
        return close();
    m_after = before();
    changeEdited();
}

void ItemDocument::save()
{
    if (!isStaged() || m_saving)
        return;
    if (const auto wrong = problem(); !wrong.isEmpty()) {
        Q_EMIT failed({core::ErrorKind::Invalid, "ValidationException", wrong.toStdString()});
        return;
    }
    const bool fresh = isNew();
    const auto from = before();
    const auto to = m_after;
    const auto name = keyText();
    TableChange change;
    if (fresh)
        change = {tr("New item %1").arg(name), {{u"dynamodb"_s, u"PutItem"_s, putInput(to, *m_schema)}},
            {{u"dynamodb"_s, u"DeleteItem"_s, deleteInput(to, *m_schema)}}};
    else
        change = {tr("Edit item %1").arg(name),
            {{u"dynamodb"_s, u"UpdateItem"_s, updateInput(from, to, *m_schema)}},
            {{u"dynamodb"_s, u"UpdateItem"_s, updateInput(to, from, *m_schema)}}};
    m_saving = true;
    makeChange(m_context, this, change,
        [this, question = m_question, to](const core::Result<>& result, Moment moment) {
            const bool mine = question == m_question;
            if (mine && moment == Moment::First)
                m_saving = false;
            if (!result)
                return report(result.error());
            if (!mine || moment != Moment::First)
                return;
            m_before = to;
            Q_EMIT saved();
            Q_EMIT edited();
        });
    Q_EMIT edited();
}

void ItemDocument::deleteItem()
{
    if (!isOpen() || isNew() || m_saving)
        return;
    const auto name = keyText();
    makeChange(m_context, this,
        {tr("Delete item %1").arg(name), {{u"dynamodb"_s, u"DeleteItem"_s, deleteInput(before(), *m_schema)}},
            {{u"dynamodb"_s, u"PutItem"_s, putInput(before(), *m_schema)}}},
        [this, name, question = m_question](const core::Result<>& result, Moment moment) {
            if (!result)
                return report(result.error());
            if (moment != Moment::First)
                return;
            m_context.navigator.toast(u"trash"_s, kit::Hue::Tbl, tr("Deleted item %1").arg(name), {},
                tr("Undo"), [this] { m_context.undo.undo(); });
            if (question == m_question)
                close();
            Q_EMIT saved();
        });
}

void ItemDocument::duplicate()
{
    if (!isOpen() || isNew())
        return;
    const auto schema = *m_schema;
    const auto copy = m_after;
    openNew(schema, copy);
}

void ItemDocument::reload(bool keepEdits)
{
    read([this, keepEdits, mine = m_after, from = before()](const std::optional<Item>& now) {
        if (!now) {
            if (!isStaged())
                close();
            else
                Q_EMIT compared({}, true);
            return;
        }
        auto merged = *now;
        if (keepEdits) {
            // The staged edits, replayed attribute by attribute on the item as it is now.
            for (const auto& change : changesBetween(from, mine, *m_schema)) {
                const auto& name = change.path.first();
                const auto* wanted = mine.member(name);
                if (wanted)
                    merged.setMember(name, *wanted);
                else
                    merged.removeMember(name);
            }
        }
        m_before = *now;
        m_after = merged;
        Q_EMIT edited();
    });
}

void ItemDocument::compare()
{
    read([this](const std::optional<Item>& now) {
        Q_EMIT compared(now ? changeLines(before(), *now, *m_schema) : QList<ChangeLine>(), !now);
    });
}

void ItemDocument::itemsChanged(const QString& table)
{
    if (isOpen() && m_schema->name == table && !isNew() && !m_reread.isActive())
        m_reread.start();
}

void ItemDocument::report(const core::Error& error)
{
    Q_EMIT edited();
    if (error.code == "ConditionalCheckFailedException")
        Q_EMIT conflict(error);
    else
        Q_EMIT failed(error);
}

}
