#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

// DynamoDB as a beginner would write it: a map of JSON items that is searched from one end to the other.
// Knows the table of modelTable() alone.
namespace tests {

nlohmann::json modelTable(); // CreateTable's input

nlohmann::json text(const std::string& value);
nlohmann::json number(int value);

struct ModelIndex {
    const char* name;
    const char* hash;
    const char* range; // "" for none
    std::vector<std::string> shown; // beside the keys
    bool all;
    bool global;
};

const std::vector<ModelIndex>& modelIndexes();

// A condition that a person could check by hand.
struct ModelCondition {
    int form = 0; // 0: the item is new; 1: it is there and n >= value; 2: rank = value, or there are tags
    int value = 0;

    bool holds(const nlohmann::json& item) const; // null for no item
    void addTo(nlohmann::json& request) const;
};

// What one update does.
struct ModelUpdate {
    std::optional<int> add; // to n, from 0
    std::optional<std::string> note; // set
    std::optional<std::string> newTag;
    std::optional<std::string> oldTag;
    std::optional<int> append; // to list
    bool removeRank = false;
    bool removeFlag = false;

    bool onlyTakes() const { return !add && !note && !newTag && !append; }
    bool isEmpty() const { return onlyTakes() && !oldTag && !removeRank && !removeFlag; }
    nlohmann::json applied(nlohmann::json item, const nlohmann::json& key) const; // null: there is none
    void addTo(nlohmann::json& request) const;
};

class ItemModel {
public:
    using Key = std::pair<std::string, int>;

    static nlohmann::json keyJson(const Key& key);
    nlohmann::json find(const Key& key) const; // null when there is none
    void put(const Key& key, const nlohmann::json& item) { m_items[key] = item; }
    void erase(const Key& key) { m_items.erase(key); }
    void store(const Key& key, const nlohmann::json& item); // null erases

    const std::map<Key, nlohmann::json>& items() const { return m_items; }
    std::vector<nlohmann::json> inIndex(const ModelIndex& index) const; // as the index shows them
    static std::size_t sizeOf(const nlohmann::json& item);

private:
    std::map<Key, nlohmann::json> m_items;
};

// Random parts of requests.
class ModelRandom {
public:
    explicit ModelRandom(unsigned seed)
        : m_engine(seed)
    {
    }

    int upTo(int limit) { return static_cast<int>(m_engine() % static_cast<unsigned>(limit)); }
    bool oneIn(int chance) { return upTo(chance) == 0; }
    ItemModel::Key key() { return {"p" + std::to_string(upTo(6)), upTo(25) - 10}; }
    nlohmann::json item(const ItemModel::Key& key);
    ModelUpdate update();
    ModelCondition condition() { return {upTo(3), upTo(12)}; }

private:
    std::string word() { return std::string(1, static_cast<char>('a' + upTo(5))); }

    std::mt19937 m_engine;
};

}
