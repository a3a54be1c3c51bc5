#include "core/sqs/duplicate_book.h"

#include <nlohmann/json.hpp>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr Micros kDuplicatesLast = 5 * 60 * kSecond;

}

std::string DuplicateBook::Entry::text() const
{
    return json{{"until", until}, {"id", sent.id}, {"sequence", sent.sequence}}.dump();
}

std::string DuplicateBook::markOf(const Message& message, bool perGroup)
{
    return perGroup ? message.group + '\n' + message.duplicate : message.duplicate;
}

DuplicateBook::Entry DuplicateBook::entryFor(const SentMessage& sent, Micros now)
{
    return {now + kDuplicatesLast, sent};
}

void DuplicateBook::load(store::Reader& reader, std::string_view keyspace)
{
    reader.scan(keyspace, store::Range::all(), store::Direction::Forward,
        [this](std::string_view mark, std::string_view record) {
            const auto given = json::parse(record);
            m_entries[std::string(mark)] = {given.at("until"), {given.at("id"), given.at("sequence")}};
            return true;
        });
}

std::vector<std::string> DuplicateBook::takeOver(Micros now)
{
    std::vector<std::string> over;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->second.until > now) {
            ++entry;
            continue;
        }
        over.push_back(entry->first);
        entry = m_entries.erase(entry);
    }
    return over;
}

const SentMessage* DuplicateBook::find(const std::string& mark) const
{
    const auto found = m_entries.find(mark);
    return found == m_entries.end() ? nullptr : &found->second.sent;
}

void DuplicateBook::add(Entries entries)
{
    m_entries.merge(entries);
}

}
