#pragma once

#include "core/aws/acting_service.h"
#include "core/aws/service.h"

#include <string>
#include <string_view>

namespace core::aws {

// A service that wants to send to a queue on behalf of one of its resources.
using QueueSender = ActingService;

// What SQS's actions take as QueueUrl for a queue of which only the ARN is known; "" for what is no queue's
// ARN.
std::string queueUrlOf(std::string_view queueArn);
// A FIFO queue's, by its name.
bool isFifoQueue(std::string_view queueArn);

// Whether a queue's policy lets the sender send; `why` names the statement, or what is missing. Pure.
bool policyAllowsSend(
    std::string_view policy, std::string_view queueArn, const QueueSender& sender, std::string& why);

enum class QueueAccess { Allowed, NoQueue, Denied };
// Asks SQS, in the queue's region. Waits.
QueueAccess askQueueAccess(Caller& services, const std::string& queueArn, const QueueSender& sender,
    CallOptions options, std::string& why);

}
