#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::sqs {

inline constexpr std::size_t kMostBytes = 1'048'576; // of a message, and of a batch

// What was sent; it does not change. A plain value, written as JSON.
struct Message {
    std::string id; // a UUID
    std::string body;
    std::string attributes; // MessageAttributes as a JSON object, "" for none
    std::string traceHeader;
    std::string sender; // an account
    std::string group;
    std::string duplicate; // MessageDeduplicationId
    std::string sequence; // "" but in FIFO queues
    std::string source; // ARN of the queue whose dead letter it is
    Micros sent = 0;

    std::string text() const;
    static Message parse(std::string_view text);
};

// What a sending comes to.
struct SentMessage {
    std::string id;
    std::string sequence = {};
    bool isDuplicate = false; // of one that came before: not kept
};

// What becomes of a message; changes with each receive.
struct MessageState {
    Micros visible = 0; // from when it can be received
    Micros sent = 0;
    Micros firstReceived = 0;
    Micros received = 0; // the latest time
    std::int64_t receives = 0;
    std::string token = {}; // of the latest receipt handle
    std::string group = {}; // "" but in FIFO queues
    bool inFlight = false; // received, and not given back; else it is delayed until `visible`

    std::string text() const;
    static MessageState parse(std::string_view text);
};

// A receipt handle tells the message's key and the receive it stands for.
struct Receipt {
    std::string key;
    std::string token;

    std::string handle() const;
    // Error: ReceiptHandleIsInvalid.
    static Result<Receipt> parse(std::string_view handle);
};

// Body, MessageAttributes and MessageSystemAttributes as SendMessage or an entry of its batch gives them.
// Errors: InvalidMessageContents, InvalidParameterValue.
Result<> checkContents(const nlohmann::json& given);
// Bytes of the body and of the attributes' names, types and values.
std::size_t sizeOf(const nlohmann::json& given);
// Over names, types and values in the order of names, as SDKs count it. "" for no attributes.
std::string md5OfAttributes(const nlohmann::json& attributes);
// Those that MessageAttributeNames asks for: names, "prefix.*", "All" or ".*".
nlohmann::json chosenAttributes(const nlohmann::json& attributes, const nlohmann::json& names);

}
