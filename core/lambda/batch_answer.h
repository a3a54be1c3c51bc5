#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// What a function's answer says of its batch, be it of a stream or of a queue. Pure.
namespace core::lambda {

struct BatchVerdict {
    enum class Kind { Done, Failed, Partly };
    Kind kind = Kind::Done;
    std::vector<std::size_t> failed; // Partly: the places of those that the answer names, in order
    std::string why;

    std::size_t from() const { return failed.front(); } // Partly: the first that has not succeeded
};

// The place of an itemIdentifier in the batch, none when it names nothing of it.
using PlaceInBatch = std::function<std::optional<std::size_t>(const std::string& identifier)>;

// By the member of a batch's entries that answers name.
template <typename Entry>
PlaceInBatch placeAmong(const std::vector<Entry>& entries, std::string Entry::*identifier)
{
    return [&entries, identifier](const std::string& wanted) -> std::optional<std::size_t> {
        for (std::size_t place = 0; place < entries.size(); ++place) {
            if (entries[place].*identifier == wanted)
                return place;
        }
        return std::nullopt;
    };
}

// {"Records":[…] of entries that have their `text`, still without its end.
template <typename Entry> std::string eventOf(const std::vector<Entry>& entries)
{
    std::string event = "{\"Records\":[";
    for (const auto& entry : entries) {
        event += event.back() == '[' ? "" : ",";
        event += entry.text;
    }
    return event + ']';
}

// Reads batchItemFailures, when the mapping says that the function reports them. What AWS takes for a
// complete failure is one: an answer of another form, an identifier that is missing or unknown.
BatchVerdict judgeAnswer(const std::string& answer, const PlaceInBatch& place, bool reportsItems);

// "1 record", "3 records"
std::string counted(std::size_t count, const char* what);

}
