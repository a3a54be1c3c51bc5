#include "core/lambda/telemetry_subscription.h"

#include "core/base/text.h"
#include "core/http/client.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr int kReservedPort = 9001; // AWS's runtime API listens there
constexpr const char* kLogsVersions[] = {"2020-08-15", "2021-03-18"};
constexpr const char* kTelemetryVersions[] = {"2022-07-01", "2022-12-13", "2025-01-29"};
constexpr const char* kTypes[] = {"platform", "function", "extension"};

struct Range {
    const char* name;
    std::int64_t least;
    std::int64_t most;
};

constexpr Range kItems{"maxItems", 1'000, 10'000};
constexpr Range kBytes{"maxBytes", 262'144, 1'048'576};
constexpr Range kTimeout{"timeoutMs", 25, 30'000};

// One subscription while it is read.
class Reading {
public:
    explicit Reading(TelemetryKind kind)
        : m_prefix(kind == TelemetryKind::Logs ? "Logs." : "Telemetry.")
    {
        m_result.kind = kind;
    }

    Result<TelemetrySubscription> read(std::string_view body)
    {
        const auto given = json::parse(body, nullptr, false);
        if (!given.is_object())
            return unreadable("expected a subscription object");
        CORE_CHECK(readVersion(given));
        CORE_CHECK(readTypes(given));
        CORE_CHECK(readBuffering(given));
        CORE_CHECK(readDestination(given));
        return std::move(m_result);
    }

private:
    tl::unexpected<Error> invalid(std::string message) const
    {
        return fail(ErrorKind::Invalid, m_prefix + "ValidationError", std::move(message));
    }
    tl::unexpected<Error> unreadable(std::string message) const
    {
        return fail(ErrorKind::Invalid, m_prefix + "DeserializationError", std::move(message));
    }
    tl::unexpected<Error> denied(std::string message) const
    {
        return fail(ErrorKind::Denied, m_prefix + "AccessDenied", std::move(message));
    }
    // "unknown variant `x`, expected one of `a`, `b`"
    tl::unexpected<Error> unknown(const std::string& value, std::initializer_list<const char*> variants) const
    {
        std::string expected;
        for (const auto* variant : variants)
            expected += (expected.empty()              ? "`"
                                : variants.size() == 2 ? " or `"
                                                       : ", `")
                + std::string(variant) + '`';
        return unreadable(
            "unknown variant `" + value + "`, expected " + (variants.size() > 2 ? "one of " : "") + expected);
    }

    Result<> readVersion(const json& given)
    {
        const bool logs = m_result.kind == TelemetryKind::Logs;
        const auto version = given.find("schemaVersion");
        if (version == given.end() && logs) {
            m_result.version = kLogsVersions[0];
            return {};
        }
        if (version != given.end() && !version->is_string())
            return unreadable("invalid type for `schemaVersion`, expected a string");
        m_result.version = version == given.end() ? std::string() : version->get<std::string>();
        const auto isOne = [this](const auto& versions) {
            return std::find(std::begin(versions), std::end(versions), m_result.version)
                != std::end(versions);
        };
        if (!m_result.version.empty() && !isOne(kLogsVersions) && !isOne(kTelemetryVersions))
            return unknown(m_result.version,
                {kLogsVersions[0], kLogsVersions[1], kTelemetryVersions[0], kTelemetryVersions[1],
                    kTelemetryVersions[2]});
        if (logs && !isOne(kLogsVersions))
            return invalid("LogsAPI only supports the following SchemaVersion: 2020-08-15, 2021-03-18");
        if (!logs && !isOne(kTelemetryVersions))
            return invalid("TelemetryAPI only supports the SchemaVersion released after 2021-03-18");
        return {};
    }

    Result<> readTypes(const json& given)
    {
        const auto types = given.find("types");
        if (types == given.end())
            return unreadable("missing field `types`");
        if (!types->is_array())
            return unreadable("invalid type for `types`, expected a sequence");
        if (types->empty())
            return invalid("types should not be empty");
        std::set<std::string> seen;
        for (const auto& type : *types) {
            if (!type.is_string()
                || std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes))
                return unknown(type.is_string() ? type.get<std::string>() : type.dump(),
                    {kTypes[0], kTypes[1], kTypes[2]});
            if (!seen.insert(type).second)
                return invalid("types should be unique");
            m_result.types.push_back(type);
        }
        return {};
    }

    Result<> readBuffering(const json& given)
    {
        const auto buffering = given.find("buffering");
        if (buffering == given.end())
            return {};
        if (!buffering->is_object())
            return unreadable("invalid type for `buffering`, expected an object");
        CORE_TRY(const auto items, number(*buffering, kItems, static_cast<std::int64_t>(m_result.maxItems)));
        CORE_TRY(const auto bytes, number(*buffering, kBytes, static_cast<std::int64_t>(m_result.maxBytes)));
        CORE_TRY(const auto millis, number(*buffering, kTimeout, m_result.timeout / kMillisecond));
        m_result.maxItems = static_cast<std::size_t>(items);
        m_result.maxBytes = static_cast<std::size_t>(bytes);
        m_result.timeout = millis * kMillisecond;
        return {};
    }

    Result<std::int64_t> number(const json& given, const Range& range, std::int64_t otherwise) const
    {
        const auto value = given.find(range.name);
        if (value == given.end())
            return otherwise;
        if (!value->is_number_integer())
            return unreadable("invalid type for `" + std::string(range.name) + "`, expected an integer");
        const auto count = value->get<std::int64_t>();
        if (count < range.least || count > range.most)
            return invalid(std::string(range.name) + " should be between " + std::to_string(range.least)
                + " and " + std::to_string(range.most));
        return count;
    }

    Result<> readDestination(const json& given)
    {
        const auto destination = given.find("destination");
        if (destination == given.end())
            return unreadable("missing field `destination`");
        if (!destination->is_object() || !destination->contains("protocol"))
            return unreadable("missing field `protocol`");
        const auto& protocol = destination->at("protocol");
        m_result.destination.tcp = protocol == "TCP";
        if (protocol != "HTTP" && protocol != "TCP")
            return unknown(
                protocol.is_string() ? protocol.get<std::string>() : protocol.dump(), {"HTTP", "TCP"});
        CORE_CHECK(m_result.destination.tcp ? readPort(*destination) : readUri(*destination));
        if (m_result.destination.port == kReservedPort)
            return invalid("port 9001 is reserved");
        return {};
    }

    Result<> readPort(const json& destination)
    {
        const auto port = destination.find("port");
        if (port == destination.end())
            return unreadable("missing field `port`");
        if (!port->is_number_integer())
            return unreadable("invalid type for `port`, expected an integer");
        const auto number = port->get<std::int64_t>();
        if (number < 1 || number > 65'535)
            return invalid("port should be between 1 and 65535");
        m_result.destination.port = static_cast<std::uint16_t>(number);
        return {};
    }

    Result<> readUri(const json& destination)
    {
        const auto uri = destination.find("URI");
        if (uri == destination.end() || !uri->is_string())
            return unreadable("missing field `URI`");
        if (const auto method = destination.find("method"); method != destination.end()) {
            if (*method != "POST" && *method != "PUT")
                return unknown(
                    method->is_string() ? method->get<std::string>() : method->dump(), {"POST", "PUT"});
            m_result.destination.method = *method;
        }
        const auto text = uri->get<std::string>();
        if (!text.starts_with("http://"))
            return denied("Only 'http' scheme is supported.");
        const auto url = http::Url::parse(text);
        if (!url)
            return invalid("invalid destination URI");
        if (url->host != "sandbox.localdomain")
            return denied("Only 'sandbox.localdomain' hostname is supported.");
        const auto authority = std::string_view(text).substr(7, text.find('/', 7) - 7);
        if (authority.find(':') == authority.npos)
            return invalid("URI port is not provided");
        m_result.destination.port = url->port;
        m_result.destination.target = url->target;
        return {};
    }

    const std::string m_prefix;
    TelemetrySubscription m_result;
};

}

Result<TelemetrySubscription> parseSubscription(TelemetryKind kind, std::string_view body)
{
    return Reading(kind).read(body);
}

}
