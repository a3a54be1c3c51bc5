#include "core/aws/detail/cbor_reader.h"

#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>

namespace core::aws::detail {

using nlohmann::json;

namespace {

constexpr int kDeepest = 500; // as of JSON
constexpr unsigned kUntilBreak = 31;

double halfOf(std::uint64_t bits)
{
    const auto exponent = static_cast<int>((bits >> 10U) & 0x1FU);
    const auto fraction = static_cast<double>(bits & 0x3FFU);
    double value = 0;
    if (exponent == 0)
        value = std::ldexp(fraction, -24);
    else if (exponent == 31)
        value = fraction == 0 ? HUGE_VAL : std::nan("");
    else
        value = std::ldexp(fraction + 1024, exponent - 25);
    return (bits & 0x8000U) != 0 ? -value : value;
}

}

std::optional<json> CborReader::read()
{
    json whole;
    if (!value(whole, 0) || !m_rest.empty())
        return std::nullopt;
    return whole;
}

std::optional<std::uint64_t> CborReader::number(std::size_t bytes)
{
    if (m_rest.size() < bytes)
        return std::nullopt;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        number = (number << 8U) | static_cast<unsigned char>(m_rest[i]);
    m_rest.remove_prefix(bytes);
    return number;
}

std::optional<CborReader::Head> CborReader::head()
{
    const auto first = number(1);
    if (!first)
        return std::nullopt;
    Head head{static_cast<unsigned>(*first >> 5U), static_cast<unsigned>(*first & 0x1FU), *first & 0x1FU};
    if (head.info < 24 || head.info == kUntilBreak)
        return head;
    if (head.info > 27)
        return std::nullopt;
    const auto value = number(std::size_t(1) << (head.info - 24));
    if (!value)
        return std::nullopt;
    head.value = *value;
    return head;
}

bool CborReader::atBreak()
{
    if (!m_rest.starts_with('\xff'))
        return false;
    m_rest.remove_prefix(1);
    return true;
}

bool CborReader::value(json& into, int depth)
{
    const auto next = head();
    if (!next || depth > kDeepest)
        return false;
    std::string bytes;
    switch (next->major) {
    case 0:
        into = next->value;
        return true;
    case 1:
        if (next->value > static_cast<std::uint64_t>(INT64_MAX))
            return false;
        into = -1 - static_cast<std::int64_t>(next->value);
        return true;
    case 2:
    case 3:
        if (!text(*next, bytes))
            return false;
        into = next->major == 2 ? base64(bytes) : std::move(bytes);
        return true;
    case 4:
        return array(*next, into, depth);
    case 5:
        return map(*next, into, depth);
    case 6:
        return value(into, depth + 1);
    default:
        return simple(*next, into);
    }
}

bool CborReader::text(const Head& start, std::string& into)
{
    if (start.info != kUntilBreak) {
        if (start.value > m_rest.size())
            return false;
        into.append(m_rest.substr(0, start.value));
        m_rest.remove_prefix(start.value);
        return true;
    }
    while (!atBreak()) {
        const auto piece = head();
        if (!piece || piece->major != start.major || piece->info == kUntilBreak || !text(*piece, into))
            return false;
    }
    return true;
}

bool CborReader::array(const Head& start, json& into, int depth)
{
    into = json::array();
    const bool open = start.info == kUntilBreak;
    for (std::uint64_t i = 0; open ? !atBreak() : i < start.value; ++i) {
        json entry;
        if (!value(entry, depth + 1))
            return false;
        into.push_back(std::move(entry));
    }
    return true;
}

bool CborReader::map(const Head& start, json& into, int depth)
{
    into = json::object();
    const bool open = start.info == kUntilBreak;
    for (std::uint64_t i = 0; open ? !atBreak() : i < start.value; ++i) {
        const auto key = head();
        std::string name;
        if (!key || key->major != 3 || !text(*key, name) || !value(into[name], depth + 1))
            return false;
    }
    return true;
}

bool CborReader::simple(const Head& head, json& into)
{
    switch (head.info) {
    case 20:
    case 21:
        into = head.info == 21;
        return true;
    case 22:
    case 23:
        into = nullptr;
        return true;
    case 25:
        into = halfOf(head.value);
        return true;
    case 26:
        into = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.value)));
        return true;
    case 27:
        into = std::bit_cast<double>(head.value);
        return true;
    default:
        return false;
    }
}

}
