#include "core/sns/deduplication.h"

#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <vector>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr const char* kSpace = "sns/deduplication";
constexpr Micros kWindow = 300 * kSecond;
constexpr std::size_t kMostForgotten = 100;

// The same token may come in two groups of a topic that deduplicates by group.
std::string keyOf(const Topic& topic, const Message& message)
{
    const bool byGroup = topic.attribute("FifoThroughputScope") == "MessageGroup";
    return "token/" + recordKey(topic) + '/'
        + hex(sha256((byGroup ? message.group : std::string()) + '\n' + message.deduplication));
}

std::string momentKey(Micros moment, const std::string& key)
{
    char text[32];
    std::snprintf(text, sizeof text, "moment/%020lld/", static_cast<long long>(moment));
    return text + key;
}

void forgetOld(store::Transaction& transaction, Micros now)
{
    std::vector<std::pair<std::string, std::string>> old;
    transaction.scan(kSpace, {"moment/", momentKey(now - kWindow, {})}, store::Direction::Forward,
        [&](std::string_view key, std::string_view token) {
            old.emplace_back(key, token);
            return old.size() < kMostForgotten;
        });
    for (const auto& [key, token] : old) {
        transaction.erase(kSpace, key);
        // The same token may have come again since.
        const auto text = transaction.get(kSpace, token);
        if (text && json::parse(*text).at("at").get<Micros>() + kWindow <= now)
            transaction.erase(kSpace, token);
    }
}

}

bool isRepeated(store::Transaction& transaction, const Topic& topic, Message& message)
{
    transaction.createKeyspace(kSpace);
    forgetOld(transaction, message.at);
    const auto key = keyOf(topic, message);
    if (const auto text = transaction.get(kSpace, key)) {
        const auto first = json::parse(*text);
        if (first.at("at").get<Micros>() + kWindow > message.at) {
            message.id = first.at("id");
            message.sequence = first.at("sequence");
            return true;
        }
    }
    transaction.put(
        kSpace, key, json{{"id", message.id}, {"sequence", message.sequence}, {"at", message.at}}.dump());
    transaction.put(kSpace, momentKey(message.at, key), key);
    return false;
}

void forgetMessages(store::Transaction& transaction, const Topic& topic)
{
    if (!transaction.hasKeyspace(kSpace))
        return;
    std::vector<std::string> keys;
    transaction.scan(kSpace, store::Range::prefix("token/" + recordKey(topic) + '/'),
        store::Direction::Forward, [&](std::string_view key, std::string_view) {
            keys.emplace_back(key);
            return true;
        });
    for (const auto& key : keys)
        transaction.erase(kSpace, key);
}

}
