#include "core/sns/actions.h"

namespace core::sns {

namespace {

using Row = aws::ActionRow<SnsService>;

constexpr std::string_view kMobile = "there are no mobile devices to push to: nothing leaves this computer";
constexpr std::string_view kText = "there are no text messages: nothing leaves this computer";
constexpr std::string_view kProtection = "messages are not looked into for personal data";

// Names after AWS's model of SNS.
const Row kAbsent[] = {
    aws::absentAction<SnsService>("CheckIfPhoneNumberIsOptedOut", kText),
    aws::absentAction<SnsService>("CreatePlatformApplication", kMobile),
    aws::absentAction<SnsService>("CreatePlatformEndpoint", kMobile),
    aws::absentAction<SnsService>("CreateSMSSandboxPhoneNumber", kText),
    aws::absentAction<SnsService>("DeleteEndpoint", kMobile),
    aws::absentAction<SnsService>("DeletePlatformApplication", kMobile),
    aws::absentAction<SnsService>("DeleteSMSSandboxPhoneNumber", kText),
    aws::absentAction<SnsService>("GetDataProtectionPolicy", kProtection),
    aws::absentAction<SnsService>("GetEndpointAttributes", kMobile),
    aws::absentAction<SnsService>("GetPlatformApplicationAttributes", kMobile),
    aws::absentAction<SnsService>("GetSMSAttributes", kText),
    aws::absentAction<SnsService>("GetSMSSandboxAccountStatus", kText),
    aws::absentAction<SnsService>("ListEndpointsByPlatformApplication", kMobile),
    aws::absentAction<SnsService>("ListOriginationNumbers", kText),
    aws::absentAction<SnsService>("ListPhoneNumbersOptedOut", kText),
    aws::absentAction<SnsService>("ListPlatformApplications", kMobile),
    aws::absentAction<SnsService>("ListSMSSandboxPhoneNumbers", kText),
    aws::absentAction<SnsService>("OptInPhoneNumber", kText),
    aws::absentAction<SnsService>("PutDataProtectionPolicy", kProtection),
    aws::absentAction<SnsService>("SetEndpointAttributes", kMobile),
    aws::absentAction<SnsService>("SetPlatformApplicationAttributes", kMobile),
    aws::absentAction<SnsService>("SetSMSAttributes", kText),
    aws::absentAction<SnsService>("VerifySMSSandboxPhoneNumber", kText),
};

}

std::span<const Row> absentActions()
{
    return kAbsent;
}

}
