#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/number.h"
#include "tests/fuzz/fuzz_target.h"

using core::dynamodb::Number;

namespace {

void checkAlone(const Number& number)
{
    const auto text = number.text();
    const auto again = Number::parse(text);
    fuzz::require(again && *again == number, "a number's text is that number");
    fuzz::require(again->text() == text, "normalised text stays as it is");
    fuzz::require(Number::fromCanonical(text) == number, "canonical text reads back");
    fuzz::require(number.storedSize() >= 1 && number.storedSize() <= 22, "a number takes 1 to 22 bytes");
}

void checkPair(const Number& a, const Number& b)
{
    using core::dynamodb::keys::orderedNumber;
    fuzz::require((a < b) == (orderedNumber(a) < orderedNumber(b)), "keys have the order of numbers");
    fuzz::require((a == b) == (a.text() == b.text()), "equal numbers have one text");
    const auto sum = Number::add(a, b);
    const auto swapped = Number::add(b, a);
    fuzz::require(sum.has_value() == swapped.has_value(), "both sums exist or neither");
    if (sum) {
        fuzz::require(*sum == *swapped, "addition commutes");
        const auto back = Number::subtract(*sum, b);
        fuzz::require(back && *back == a, "what was added can be taken away");
    }
    if (const auto difference = Number::subtract(a, b))
        fuzz::require(difference->isNegative() == (a < b), "a difference has the sign of the order");
}

}

// Two texts, parted by a line's end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::textOf(data, size);
    const auto line = text.find('\n');
    const auto a = Number::parse(text.substr(0, line));
    const auto b = Number::parse(line == text.npos ? std::string_view{} : text.substr(line + 1));
    if (a)
        checkAlone(*a);
    if (a && b)
        checkPair(*a, *b);
    return 0;
}
