#include "core/dynamodb/transaction_tokens.h"

#include "core/base/hash.h"
#include "core/dynamodb/key_encoding.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kTokens = "dynamodb/tokens"; // scope/token → record
constexpr std::string_view kByTime = "dynamodb/tokens-by-time"; // moment · key of the record
constexpr Micros kValid = 10 * 60 * kSecond;
constexpr int kForgottenAtOnce = 4; // more than come in, so that the store does not grow

std::string keyOf(const TransactionToken& token)
{
    return token.scope + "/" + token.token;
}

std::string timeKey(Micros at, std::string_view key)
{
    return keys::hashBound(static_cast<std::uint64_t>(at)) + std::string(key);
}

void forgetExpired(store::Transaction& transaction, Micros now)
{
    std::vector<std::string> expired;
    transaction.scan(kByTime, {{}, timeKey(now - kValid, {})}, store::Direction::Forward,
        [&expired](std::string_view key, std::string_view) {
            expired.emplace_back(key);
            return expired.size() < kForgottenAtOnce;
        });
    for (const auto& key : expired) {
        transaction.erase(kByTime, key);
        transaction.erase(kTokens, std::string_view(key).substr(sizeof(std::uint64_t)));
    }
}

}

std::uint64_t digestOf(const JsonView& view)
{
    std::uint64_t digest = static_cast<std::uint64_t>(view.kind()) + 1;
    const auto add = [&digest](std::uint64_t part) {
        digest = stableHash(keys::hashBound(digest) + keys::hashBound(part));
    };
    if (view.kind() == JsonView::Kind::Array) {
        view.eachElement([&](JsonView element) {
            add(digestOf(element));
            return true;
        });
    } else if (view.kind() == JsonView::Kind::Object) {
        std::uint64_t sum = 0;
        view.eachMember([&](std::string_view name, JsonView value) {
            sum += stableHash(keys::hashBound(digestOf(value)) + std::string(name));
            return true;
        });
        add(sum);
    } else {
        add(stableHash(view.json()));
    }
    return digest;
}

std::optional<TokenRecord> findToken(store::Reader& reader, const TransactionToken& token)
{
    const auto text = reader.get(kTokens, keyOf(token));
    const auto stored = text ? json::parse(*text, nullptr, false) : json();
    if (!stored.is_object())
        return std::nullopt;
    TokenRecord record;
    record.digest = stored.value("Digest", std::uint64_t{0});
    record.at = stored.value("At", Micros{0});
    if (record.at + kValid <= token.now)
        return std::nullopt;
    for (const auto& entry : stored.value("ReadUnits", json::array()))
        record.readUnits.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<double>());
    return record;
}

void keepToken(store::Transaction& transaction, const TransactionToken& token, const TokenRecord& record)
{
    for (const auto keyspace : {kTokens, kByTime}) {
        if (!transaction.hasKeyspace(keyspace))
            transaction.createKeyspace(keyspace);
    }
    forgetExpired(transaction, token.now);
    const auto key = keyOf(token);
    // The same token, used again after it expired, leaves its first moment: it must not be forgotten by that.
    if (const auto old = transaction.get(kTokens, key)) {
        const auto stored = json::parse(*old, nullptr, false);
        if (stored.is_object())
            transaction.erase(kByTime, timeKey(stored.value("At", Micros{0}), key));
    }
    json stored = {{"Digest", record.digest}, {"At", record.at}};
    for (const auto& [table, units] : record.readUnits)
        stored["ReadUnits"].push_back(json::array({table, units}));
    transaction.put(kTokens, key, stored.dump());
    transaction.put(kByTime, timeKey(record.at, key), {});
}

}
