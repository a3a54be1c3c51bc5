#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::sqs {

// Dead letters on their way back. A plain value, written as JSON.
struct MoveTask {
    enum class State { Running, Completed, Cancelled, Failed };

    std::string id; // a UUID
    std::string source; // ARNs
    std::string destination; // "": each letter goes where it came from
    int rate = 0; // messages a second, 0 for as fast as it goes
    State state = State::Running;
    std::string failure; // why it ended early
    std::size_t moved = 0;
    std::size_t toMove = 0; // that lay there at its start
    Micros started = 0;

    std::string handle() const;
    // An entry of ListMessageMoveTasks.
    nlohmann::json shown() const;
};

std::string recordKey(const MoveTask& task); // "<region>/<account>/<queue>/<moment>/<id>"
std::string encode(const MoveTask& task);
bool decode(std::string_view text, MoveTask& task);

// What a TaskHandle says. Error: InvalidParameterValue.
struct MoveTaskName {
    std::string id;
    std::string source;
};
Result<MoveTaskName> readTaskHandle(const std::string& handle);

}
