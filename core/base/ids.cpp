#include "core/base/ids.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <random>
#include <string_view>

#ifdef __linux__
#include <sys/random.h>
#endif

namespace core {

namespace {

// xoshiro256**: a few nanoseconds a word. Identifiers are unique, not secret.
class RandomSource {
public:
    RandomSource()
    {
#ifdef __linux__
        if (getrandom(m_state.data(), sizeof m_state, 0) == static_cast<ssize_t>(sizeof m_state))
            return;
#endif
        std::random_device device;
        for (auto& word : m_state)
            word = std::uint64_t{device()} << 32 | device();
        m_state[0] |= 1;
    }

    std::uint64_t next()
    {
        const auto result = std::rotl(m_state[1] * 5, 7) * 9;
        const auto shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    // Evenly below `bound` ≤ 2³²; the bias of the multiplication is below 2⁻²⁶ for the alphabets here.
    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }

private:
    std::array<std::uint64_t, 4> m_state;
};

RandomSource& source()
{
    thread_local RandomSource random;
    return random;
}

constexpr char kHexDigits[] = "0123456789abcdef";

void putHex(char* out, std::uint64_t value, int digits)
{
    for (int i = digits - 1; i >= 0; --i, value >>= 4)
        out[i] = kHexDigits[value & 15];
}

std::string randomOf(std::string_view alphabet, std::size_t length)
{
    std::string out(length, '\0');
    auto& random = source();
    for (char& c : out)
        c = alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))];
    return out;
}

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

}

std::string newUuid()
{
    const auto high = (source().next() & ~0xf000ULL) | 0x4000ULL;
    const auto low = (source().next() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
    std::string out(36, '-');
    putHex(out.data(), high >> 32, 8);
    putHex(out.data() + 9, high >> 16, 4);
    putHex(out.data() + 14, high, 4);
    putHex(out.data() + 19, low >> 48, 4);
    putHex(out.data() + 24, low, 12);
    return out;
}

std::string newRequestId()
{
    return randomOf(kUpper, 52);
}

std::string newTraceId(Micros now)
{
    std::string out(35, '-');
    out[0] = '1';
    putHex(out.data() + 2, static_cast<std::uint64_t>(now / kSecond), 8);
    putHex(out.data() + 11, source().next(), 16);
    putHex(out.data() + 27, source().next(), 8);
    return out;
}

std::string newSpanId()
{
    std::string out(16, '0');
    putHex(out.data(), source().next(), 16);
    return out;
}

std::string randomLower(std::size_t length)
{
    return randomOf(kLower, length);
}

std::string randomUpper(std::size_t length)
{
    return randomOf(kUpper, length);
}

std::string randomBytes(std::size_t length)
{
    std::string out(length, '\0');
    auto& random = source();
    for (std::size_t i = 0; i < length;) {
        auto word = random.next();
        for (int k = 0; k < 8 && i < length; ++k, ++i, word >>= 8)
            out[i] = static_cast<char>(word & 0xff);
    }
    return out;
}

}
