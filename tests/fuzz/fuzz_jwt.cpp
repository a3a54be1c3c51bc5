#include "core/apigateway/jwt.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core;
using namespace core::apigateway;

namespace {

// A key whose private half nobody has: no token of any input is signed by it.
constexpr const char* kKeys =
    R"({"keys":[{"kty":"RSA","kid":"","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}]})";

}

// Any text is read or refused with a reason, as a token and as a key set; none is believed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto keys = JwtKeys::parse(kKeys);
    fuzz::require(keys && keys->size() == 1, "the key is one");
    const auto text = fuzz::textOf(data, size);
    const auto token = readJwt(text);
    fuzz::require(token || !token.error().detail.empty(), "a refused token says why");
    const auto verified = verifyJwt(text, *keys, {.issuer = "", .audiences = {}, .now = 0});
    fuzz::require(!verified, "no input is signed");
    if (const auto others = JwtKeys::parse(text))
        fuzz::require(!verifyJwt(text, *others, {}), "a key set is no token");
    return 0;
}
