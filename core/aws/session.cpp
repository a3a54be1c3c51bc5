#include "core/aws/session.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace core::aws {

using nlohmann::json;

namespace {

constexpr std::string_view kSecret = "test"; // and the access key id that goes with it
constexpr std::string_view kAccount = "000000000000";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
// Nobody is kept out by it: it tells the chamber's tokens from others', and what was altered.
constexpr std::string_view kSeal = "cloud chamber's temporary credentials";
constexpr std::size_t kSealBytes = 32;
constexpr std::size_t kIdLetters = 17;
constexpr std::size_t kKeyLetters = 16;
constexpr std::uint64_t kAccounts = 1'000'000'000'000;

bool isAccount(std::string_view text)
{
    return text.size() == 12
        && std::ranges::all_of(text, [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

std::uint64_t numberOf(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

// Of 80 bits, AWS has the account in the 40 after the first.
std::string newKeyId(const std::string& account)
{
    const auto number = static_cast<std::uint64_t>(parseInteger(account).value_or(0));
    const auto chance = numberOf(randomBytes(8));
    std::string bits = "1";
    for (int bit = 39; bit >= 0; --bit)
        bits += (number >> static_cast<unsigned>(bit) & 1U) != 0 ? '1' : '0';
    for (unsigned bit = 0; bit < 39; ++bit)
        bits += (chance >> bit & 1U) != 0 ? '1' : '0';
    std::string id = "ASIA";
    for (std::size_t at = 0; at < bits.size(); at += 5)
        id += kAlphabet[std::stoul(bits.substr(at, 5), nullptr, 2)];
    return id;
}

std::string secretOf(std::string_view accessKeyId)
{
    constexpr std::size_t kBytes = 30; // 40 letters
    return base64(hmacSha256(kSeal, "secret of " + std::string(accessKeyId)).substr(0, kBytes));
}

std::string tokenOf(const Session& session)
{
    const auto text = json{{"key", session.accessKeyId}, {"account", session.account}, {"arn", session.arn},
        {"user", session.userId}, {"expires", session.expires}}
                          .dump();
    return base64(hmacSha256(kSeal, text) + text);
}

std::optional<Session> readToken(std::string_view token)
{
    const auto bytes = unbase64(token);
    if (!bytes || bytes->size() <= kSealBytes)
        return {};
    const auto text = bytes->substr(kSealBytes);
    if (hmacSha256(kSeal, text) != bytes->substr(0, kSealBytes))
        return {};
    const auto value = json::parse(text);
    return Session{value.at("key").get<std::string>(), value.at("account").get<std::string>(),
        value.at("arn").get<std::string>(), value.at("user").get<std::string>(),
        value.at("expires").get<Micros>()};
}

std::string tokenIn(const http::Request& request)
{
    if (const auto header = request.headers.get("X-Amz-Security-Token"); !header.empty())
        return std::string(header);
    if (request.rawQuery().find("Security-Token=") == std::string_view::npos
        && request.rawQuery().find("security-token=") == std::string_view::npos)
        return {};
    for (const auto& [name, value] : http::parseQuery(request.rawQuery())) {
        if (equalsIgnoreCase(name, "X-Amz-Security-Token"))
            return value;
    }
    return {};
}

}

Credentials issueCredentials(Session session)
{
    session.accessKeyId = newKeyId(session.account);
    return {session.accessKeyId, secretOf(session.accessKeyId), tokenOf(session)};
}

std::optional<Session> assumedRole(std::string_view roleArn, std::string_view sessionName)
{
    const auto arn = Arn::parse(roleArn);
    if (!arn || arn->service != "iam" || !isAccount(arn->account) || !arn->resource.starts_with("role/"))
        return {};
    const auto name = arn->resource.substr(arn->resource.rfind('/') + 1);
    if (name.empty())
        return {};
    const std::string session(sessionName);
    return Session{{}, arn->account,
        "arn:" + arn->partition + ":sts::" + arn->account + ":assumed-role/" + name + '/' + session,
        uniqueId("AROA", roleArn) + ':' + session};
}

Session rootOf(std::string account)
{
    auto arn = "arn:aws:iam::" + account + ":root";
    return {{}, account, std::move(arn), account};
}

std::string principalOf(std::string_view arn)
{
    constexpr std::string_view kRole = "assumed-role/";
    const auto session = Arn::parse(arn);
    if (!session || session->service != "sts" || !session->resource.starts_with(kRole))
        return std::string(arn);
    const auto name = std::string_view(session->resource).substr(kRole.size());
    return "arn:" + session->partition + ":iam::" + session->account + ":role/"
        + std::string(name.substr(0, name.find('/')));
}

std::optional<std::string> accountOfKey(std::string_view accessKeyId)
{
    constexpr std::size_t kPrefix = 4;
    if (accessKeyId.size() != kPrefix + kKeyLetters
        || !(accessKeyId.starts_with("AKIA") || accessKeyId.starts_with("ASIA")))
        return {};
    const auto letters = accessKeyId.substr(kPrefix);
    if (letters.find_first_not_of(kAlphabet) != letters.npos)
        return {};
    std::uint64_t bits = 0;
    for (const char letter : letters.substr(0, 9)) // 45 bits hold the 41 that count
        bits = bits << 5U | kAlphabet.find(letter);
    const auto account = bits >> 4U & ((1ULL << 40U) - 1);
    if (account >= kAccounts)
        return {};
    auto digits = std::to_string(account);
    return std::string(kAccount.size() - digits.size(), '0') + digits;
}

std::string uniqueId(std::string_view prefix, std::string_view name)
{
    std::string id(prefix);
    const auto digest = sha256(name);
    for (std::size_t at = 0; at < kIdLetters; ++at)
        id += kAlphabet[static_cast<unsigned char>(digest[at]) % kAlphabet.size()];
    return id;
}

std::optional<Session> sessionOf(const http::Request& request, std::string_view accessKeyId)
{
    const auto token = tokenIn(request);
    if (token.empty())
        return {};
    auto session = readToken(token);
    return session && session->accessKeyId == accessKeyId ? session : std::nullopt;
}

KeyHolder holderOf(const Signature& signature, const http::Request& request, Micros now)
{
    const auto& key = signature.accessKeyId;
    if (auto session = sessionOf(request, key)) {
        const bool over = session->expires != 0 && now >= session->expires;
        return {
            over ? KeyHolder::State::Expired : KeyHolder::State::Known, *std::move(session), secretOf(key)};
    }
    KeyHolder holder;
    holder.session = rootOf(isAccount(key) ? key : std::string(kAccount));
    holder.session.accessKeyId = key;
    holder.secret = kSecret;
    if (key != kSecret && !isAccount(key))
        holder.state = KeyHolder::State::Unknown;
    return holder;
}

}
