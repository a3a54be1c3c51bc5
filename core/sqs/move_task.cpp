#include "core/sqs/move_task.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/sqs/errors.h"
#include "core/sqs/queue.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::array<const char*, 4> kStates{"RUNNING", "COMPLETED", "CANCELLED", "FAILED"};

const char* nameOf(MoveTask::State state)
{
    return kStates[static_cast<std::size_t>(state)];
}

}

std::string MoveTask::handle() const
{
    return base64(json{{"taskId", id}, {"sourceArn", source}}.dump());
}

json MoveTask::shown() const
{
    json shown = {{"Status", nameOf(state)}, {"SourceArn", source},
        {"ApproximateNumberOfMessagesMoved", moved}, {"ApproximateNumberOfMessagesToMove", toMove},
        {"StartedTimestamp", started / kMillisecond}};
    if (state == State::Running)
        shown["TaskHandle"] = handle();
    if (!destination.empty())
        shown["DestinationArn"] = destination;
    if (rate > 0)
        shown["MaxNumberOfMessagesPerSecond"] = rate;
    if (!failure.empty())
        shown["FailureReason"] = failure;
    return shown;
}

std::string recordKey(const MoveTask& task)
{
    char moment[24];
    std::snprintf(moment, sizeof moment, "%020lld", static_cast<long long>(task.started));
    return queueKeyOf(task.source) + '/' + moment + '/' + task.id;
}

std::string encode(const MoveTask& task)
{
    return json{{"id", task.id}, {"source", task.source}, {"destination", task.destination},
        {"rate", task.rate}, {"state", nameOf(task.state)}, {"failure", task.failure}, {"moved", task.moved},
        {"toMove", task.toMove}, {"started", task.started}}
        .dump();
}

bool decode(std::string_view text, MoveTask& task)
{
    const auto given = json::parse(text, nullptr, false);
    if (!given.is_object())
        return false;
    task.id = given.value("id", "");
    task.source = given.value("source", "");
    task.destination = given.value("destination", "");
    task.rate = given.value("rate", 0);
    for (std::size_t state = 0; state < kStates.size(); ++state) {
        if (given.value("state", "") == kStates[state])
            task.state = static_cast<MoveTask::State>(state);
    }
    task.failure = given.value("failure", "");
    task.moved = given.value("moved", std::size_t(0));
    task.toMove = given.value("toMove", std::size_t(0));
    task.started = given.value("started", Micros(0));
    return true;
}

Result<MoveTaskName> readTaskHandle(const std::string& handle)
{
    const auto given = aws::parseJson(unbase64(handle).value_or(""));
    if (!given || !given->is_object() || !given->contains("taskId") || !given->contains("sourceArn")
        || !given->at("taskId").is_string() || !given->at("sourceArn").is_string())
        return fail(errors::invalidValue("Value for parameter TaskHandle is invalid."));
    return MoveTaskName{given->at("taskId"), given->at("sourceArn")};
}

}
