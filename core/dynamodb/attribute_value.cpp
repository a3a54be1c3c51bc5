#include "core/dynamodb/attribute_value.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>

namespace core::dynamodb {

namespace {

constexpr std::array<std::string_view, 10> kTypeNames{
    "S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"};

// AWS charges three bytes for a list or map and one for each entry.
constexpr std::size_t kContainerOverhead = 3;
constexpr std::size_t kEntryOverhead = 1;

struct NameLess {
    bool operator()(const Attributes::Entry& a, const Attributes::Entry& b) const
    {
        return a.first < b.first;
    }
    bool operator()(const Attributes::Entry& a, std::string_view b) const { return a.first < b; }
};

}

std::string_view typeName(AttributeType type)
{
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<AttributeType> typeNamed(std::string_view name)
{
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
    if (found == kTypeNames.end())
        return std::nullopt;
    return static_cast<AttributeType>(found - kTypeNames.begin());
}

Attributes::Attributes() = default;
Attributes::~Attributes() = default;
Attributes::Attributes(const Attributes&) = default;
Attributes::Attributes(Attributes&&) noexcept = default;
Attributes& Attributes::operator=(const Attributes&) = default;
Attributes& Attributes::operator=(Attributes&&) noexcept = default;

const AttributeValue* Attributes::find(std::string_view name) const
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), name, NameLess{});
    return at != m_entries.end() && at->first == name ? &at->second : nullptr;
}

AttributeValue* Attributes::find(std::string_view name)
{
    return const_cast<AttributeValue*>(std::as_const(*this).find(name));
}

AttributeValue& Attributes::set(std::string_view name, AttributeValue value)
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), name, NameLess{});
    if (at != m_entries.end() && at->first == name) {
        at->second = std::move(value);
        return at->second;
    }
    return m_entries.insert(at, Entry{std::string(name), std::move(value)})->second;
}

bool Attributes::erase(std::string_view name)
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), name, NameLess{});
    if (at == m_entries.end() || at->first != name)
        return false;
    m_entries.erase(at);
    return true;
}

void Attributes::append(std::string name, AttributeValue value)
{
    // An item has several; one by one they would be moved three times.
    constexpr std::size_t kUsual = 4;
    if (m_entries.empty())
        m_entries.reserve(kUsual);
    m_entries.emplace_back(std::move(name), std::move(value));
}

void Attributes::sort()
{
    if (!std::is_sorted(m_entries.begin(), m_entries.end(), NameLess{}))
        std::stable_sort(m_entries.begin(), m_entries.end(), NameLess{});
    // unique() keeps the first of equal names, so look from behind to keep the last.
    const auto sameName = [](const Entry& a, const Entry& b) { return a.first == b.first; };
    const auto kept = std::unique(m_entries.rbegin(), m_entries.rend(), sameName).base();
    m_entries.erase(m_entries.begin(), kept);
}

bool Attributes::empty() const
{
    return m_entries.empty();
}

std::size_t Attributes::size() const
{
    return m_entries.size();
}

const Attributes::Entry* Attributes::begin() const
{
    return m_entries.data();
}

const Attributes::Entry* Attributes::end() const
{
    return m_entries.data() + m_entries.size();
}

bool operator==(const Attributes& a, const Attributes& b)
{
    return a.m_entries == b.m_entries;
}

AttributeValue AttributeValue::set(AttributeType type, Set members)
{
    if (type == AttributeType::NS) {
        std::sort(members.begin(), members.end(), [](const std::string& a, const std::string& b) {
            return Number::fromCanonical(a) < Number::fromCanonical(b);
        });
    } else {
        std::sort(members.begin(), members.end());
    }
    return {type, std::move(members)};
}

bool AttributeValue::isSet() const
{
    return m_type == AttributeType::SS || m_type == AttributeType::NS || m_type == AttributeType::BS;
}

std::size_t AttributeValue::storedSize() const
{
    std::size_t size = 0;
    switch (m_type) {
    case AttributeType::S:
    case AttributeType::B:
        return text().size();
    case AttributeType::N:
        return number().storedSize();
    case AttributeType::Bool:
    case AttributeType::Null:
        return 1;
    case AttributeType::M:
        return kContainerOverhead + map().size() * kEntryOverhead + dynamodb::storedSize(map());
    case AttributeType::L:
        size = kContainerOverhead;
        for (const auto& entry : list())
            size += kEntryOverhead + entry.storedSize();
        return size;
    case AttributeType::NS:
        for (const auto& member : members())
            size += Number::fromCanonical(member).storedSize();
        return size;
    case AttributeType::SS:
    case AttributeType::BS:
        for (const auto& member : members())
            size += member.size();
        return size;
    }
    return size;
}

std::optional<std::strong_ordering> compare(const AttributeValue& a, const AttributeValue& b)
{
    if (a.type() != b.type())
        return std::nullopt;
    switch (a.type()) {
    case AttributeType::S:
    case AttributeType::B:
        return a.text() <=> b.text();
    case AttributeType::N:
        return a.number() <=> b.number();
    default:
        return std::nullopt;
    }
}

std::size_t storedSize(const Attributes& attributes)
{
    std::size_t size = 0;
    for (const auto& [name, value] : attributes)
        size += name.size() + value.storedSize();
    return size;
}

std::string described(const AttributeValue& value)
{
    std::string inside;
    const auto add = [&inside](const std::string& text) { inside += (inside.empty() ? "" : ", ") + text; };
    switch (value.type()) {
    case AttributeType::S:
    case AttributeType::N:
        inside = value.text();
        break;
    case AttributeType::B:
        inside = base64(value.text());
        break;
    case AttributeType::Bool:
        inside = value.boolean() ? "true" : "false";
        break;
    case AttributeType::Null:
        inside = "true";
        break;
    case AttributeType::M:
        for (const auto& [name, entry] : value.map())
            add(name + "=" + described(entry));
        inside = "{" + inside + "}";
        break;
    case AttributeType::L:
        for (const auto& entry : value.list())
            add(described(entry));
        inside = "[" + inside + "]";
        break;
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        for (const auto& member : value.members())
            add(value.type() == AttributeType::BS ? base64(member) : member);
        inside = "[" + inside + "]";
        break;
    }
    return "{" + std::string(typeName(value.type())) + ":" + inside + "}";
}

}
