#pragma once

#include "core/aws/lineage.h"
#include "core/base/clock.h"
#include "core/lambda/batch_answer.h"
#include "core/lambda/batch_filter.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

// Messages of a queue on their way to a function. Pure.
namespace core::lambda {

struct QueueMessage {
    std::string id;
    std::string handle;
    std::string group; // "" but in FIFO queues
    std::string text; // JSON, as the function gets it
    int receives = 0;
    aws::Lineage lineage = {}; // the functions that ran on the way to it
    Micros hiddenUntil = 0; // when it can be received again
};
using MessageList = std::vector<QueueMessage>;

// What one ReceiveMessage gave.
struct MessagePage {
    MessageList messages; // that a filter let through
    MessageList filtered;
};
// Reads a ReceiveMessage answer. Error: Internal for what is none.
Result<MessagePage> readMessages(
    const nlohmann::json& answer, const EventSourceMapping& mapping, Micros hiddenUntil);

// Takes what one event can carry off the front: 6 MB, one message at least; and none that ends a loop of the
// function together with others, which are to run.
MessageList takeEvent(std::deque<QueueMessage>& messages, const std::string& function);
// The functions that ran on the way to any of them.
aws::Lineage lineageOf(const MessageList& messages);
std::string queueEvent(const MessageList& messages);

// What a function's answer means for these messages.
BatchVerdict judgeAnswer(const std::string& answer, const MessageList& messages, bool reportsItems);
// Whether a message that succeeded came after one of its group that failed: it is deleted all the same.
bool breaksOrder(const MessageList& messages, const BatchVerdict& verdict);

}
