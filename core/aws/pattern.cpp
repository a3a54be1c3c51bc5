#include "core/aws/shape_check.h"

#include "core/base/log.h"

#include <bitset>
#include <memory>
#include <mutex>
#include <regex>
#include <string>
#include <unordered_map>

namespace core::aws {

namespace {

// libstdc++'s matcher recurses once a character: longer texts would end the thread's stack.
constexpr std::size_t kLongestText = 8192;

// [a-zA-Z0-9_.-]+ and its kin, the most common patterns by far.
struct CharacterClass {
    std::bitset<256> allowed;
    bool mayBeEmpty = false;

    bool matches(std::string_view text) const
    {
        for (const char c : text) {
            if (!allowed[static_cast<unsigned char>(c)])
                return false;
        }
        return mayBeEmpty || !text.empty();
    }
};

std::unique_ptr<CharacterClass> readClass(std::string_view pattern)
{
    if (pattern.size() < 4 || pattern.front() != '[' || pattern[1] == '^'
        || pattern[pattern.size() - 2] != ']')
        return nullptr;
    if (pattern.back() != '+' && pattern.back() != '*')
        return nullptr;
    const auto inner = pattern.substr(1, pattern.size() - 3);
    if (inner.find_first_of("[]\\") != std::string_view::npos)
        return nullptr;
    auto made = std::make_unique<CharacterClass>();
    made->mayBeEmpty = pattern.back() == '*';
    for (std::size_t i = 0; i < inner.size(); ++i) {
        auto first = static_cast<unsigned char>(inner[i]);
        auto last = first;
        if (i + 2 < inner.size() && inner[i + 1] == '-') {
            last = static_cast<unsigned char>(inner[i + 2]);
            i += 2;
        }
        if (last < first)
            return nullptr;
        for (unsigned c = first; c <= last; ++c)
            made->allowed.set(c);
    }
    return made;
}

struct Compiled {
    std::unique_ptr<CharacterClass> characters;
    std::unique_ptr<std::regex> regex;

    explicit Compiled(std::string_view pattern)
        : characters(readClass(pattern))
    {
        if (characters)
            return;
        try {
            regex = std::make_unique<std::regex>(pattern.begin(), pattern.end(), std::regex::ECMAScript);
        } catch (const std::regex_error& error) {
            log::error("aws", "pattern " + std::string(pattern) + ": " + error.what());
        }
    }
};

// Patterns are constants of the shape tables: their address is their identity. Compiled once for all threads,
// as that takes longer than a hundred matches.
const Compiled& compiled(std::string_view pattern)
{
    static std::mutex mutex;
    static std::unordered_map<const char*, std::unique_ptr<Compiled>> cache;
    const std::lock_guard guard(mutex);
    auto& entry = cache[pattern.data()];
    if (!entry)
        entry = std::make_unique<Compiled>(pattern);
    return *entry;
}

// What a thread knows of a pattern without a lock. The same few names come again and again, and the matcher
// is slow: what it took last need not be matched anew.
struct Known {
    const Compiled* entry = nullptr;
    std::string taken;

    bool matches(std::string_view text)
    {
        if (text.size() > kLongestText)
            return false;
        if (!taken.empty() && text == taken)
            return true;
        const bool matched = std::regex_match(text.begin(), text.end(), *entry->regex);
        if (matched)
            taken = text;
        return matched;
    }
};

Known& knownOf(std::string_view pattern)
{
    thread_local std::unordered_map<const char*, Known> cache;
    auto& own = cache[pattern.data()];
    if (!own.entry)
        own.entry = &compiled(pattern);
    return own;
}

}

bool matchesPattern(std::string_view pattern, std::string_view text)
{
    auto& own = knownOf(pattern);
    if (own.entry->characters)
        return own.entry->characters->matches(text);
    return !own.entry->regex || own.matches(text);
}

bool patternCompiles(std::string_view pattern)
{
    const Compiled entry(pattern);
    return entry.characters || entry.regex;
}

std::int64_t countCharacters(std::string_view utf8)
{
    std::int64_t count = 0;
    for (const char c : utf8)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return count;
}

}
