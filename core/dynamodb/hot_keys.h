#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// The partition keys that were used most, of however many there are, in bounded space: a newcomer takes the
// place of the least used one and inherits its count, so that counts may be too high, never too low. Not
// synchronised.
class HotKeys {
public:
    struct Entry {
        std::string key; // as rows have it: hash · partition key
        double units = 0;
        std::uint64_t refused = 0;
    };

    void add(std::string_view key, double units);
    void refuse(std::string_view key);
    std::vector<Entry> sorted() const; // the most used first

private:
    static constexpr std::size_t kBound = 10;
    Entry& entryOf(std::string_view key);

    std::vector<Entry> m_entries;
};

}
