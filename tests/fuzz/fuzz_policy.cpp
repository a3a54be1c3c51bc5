#include "core/aws/policy.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::aws;

// Any document is read or refused with a reason; what is read gives a verdict, which names its statement.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    PolicyRequest request;
    request.action = "execute-api:Invoke";
    request.resource = "arn:aws:execute-api:us-east-1:000000000000:shop/prod/GET/books";
    request.principalArn = "arn:aws:iam::000000000000:root";
    request.principalAccount = "000000000000";
    request.keys = {{"aws:sourceip", {"127.0.0.1"}}, {"aws:username", {"momo"}}, {"aws:tagkeys", {"a", "b"}}};
    const auto text = fuzz::textOf(data, size);
    for (const auto kind : {PolicyDocument::Kind::Identity, PolicyDocument::Kind::Resource}) {
        const auto policy = PolicyDocument::parse(text, kind);
        fuzz::require(policy || !policy.error().message.empty(), "a refused policy says why");
        if (!policy)
            continue;
        const auto verdict = policy->evaluate(request);
        fuzz::require((verdict.effect == PolicyEffect::None) == verdict.statement.empty(),
            "a verdict names the statement that decided");
    }
    return 0;
}
