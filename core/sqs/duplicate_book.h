#pragma once

#include "core/sqs/message.h"
#include "core/store/store.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core::sqs {

// What a FIFO queue was sent within the last five minutes, by the marks that tell duplicates: in memory, and
// as records of a keyspace. Not for threads: its MessageStore sends to a FIFO queue exclusively.
class DuplicateBook {
public:
    struct Entry {
        Micros until = 0;
        SentMessage sent;

        std::string text() const;
    };
    using Entries = std::map<std::string, Entry>; // by mark

    // `perGroup`: messages are duplicates only within their group.
    static std::string markOf(const Message& message, bool perGroup);
    static Entry entryFor(const SentMessage& sent, Micros now);

    void load(store::Reader& reader, std::string_view keyspace);
    // Forgets those that are over, and gives their marks.
    std::vector<std::string> takeOver(Micros now);
    const SentMessage* find(const std::string& mark) const;
    void add(Entries entries);

private:
    Entries m_entries;
};

}
