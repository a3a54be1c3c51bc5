#pragma once

#include "core/sqs/service.h"
#include "tests/support/service_fixture.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tests {

// What lies at a place of an answer, "" for nothing.
inline std::string textAt(const nlohmann::json& value, const char* pointer)
{
    const nlohmann::json::json_pointer place(pointer);
    return value.contains(place) ? value.at(place).get<std::string>() : std::string();
}

// SQS alone, on a clock that stands still.
struct SqsRoom : ServiceFixture {
    SqsRoom()
        : ServiceFixture({}, core::store::Durability::Relaxed)
        , queues(std::make_unique<core::sqs::SqsService>(host()))
    {
    }
    void reopen()
    {
        queues.reset();
        queues = std::make_unique<core::sqs::SqsService>(host());
    }
    core::aws::Service& service() override { return *queues; }
    // "error" holds what was refused.
    nlohmann::json call(std::string_view action, nlohmann::json input)
    {
        const auto answer = ServiceFixture::call(action, std::move(input));
        return answer ? *answer
                      : nlohmann::json{{"error", answer.error().code + ": " + answer.error().message}};
    }
    std::string make(const std::string& name, nlohmann::json attributes = nlohmann::json::object())
    {
        const auto answer = call("CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}});
        if (answer.contains("error"))
            qFatal("%s", answer.dump().c_str());
        return answer.at("QueueUrl");
    }
    nlohmann::json send(
        const std::string& url, const std::string& body, nlohmann::json more = nlohmann::json::object())
    {
        more["QueueUrl"] = url;
        more["MessageBody"] = body;
        return call("SendMessage", more);
    }
    nlohmann::json receive(const std::string& url, nlohmann::json more = nlohmann::json::object())
    {
        more["QueueUrl"] = url;
        return call("ReceiveMessage", more).value("Messages", nlohmann::json::array());
    }
    std::string bodies(const std::string& url, int most = 10)
    {
        std::string text;
        for (const auto& message : receive(url, {{"MaxNumberOfMessages", most}}))
            text += message.at("Body").get<std::string>() + ' ';
        return text;
    }
    // Of this minute and the one before.
    double sumOf(const char* metric, const char* queue = "q", const char* unit = "Count")
    {
        double sum = 0;
        for (const auto& point : points(metric, queue, unit, clock.now() - 60 * core::kSecond))
            sum += point.stats.sum();
        return sum;
    }
    // As last looked at in this minute, when it was.
    std::optional<double> gauge(const char* metric, const char* unit = "Count")
    {
        const auto seen = points(metric, "q", unit, clock.now());
        return seen.empty() ? std::nullopt : std::optional(seen.back().stats.max());
    }
    std::vector<core::aws::MetricPoint> points(
        const char* metric, const char* queue, const char* unit, core::Micros from)
    {
        return metrics().points({"us-east-1", "AWS/SQS", metric, {{"QueueName", queue}}, unit},
            core::aws::MetricGrain::Minute, from, clock.now() + 60 * core::kSecond);
    }
    std::string count(const std::string& url, const char* which)
    {
        return textAt(call("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {"All"}}}),
            (std::string("/Attributes/ApproximateNumberOfMessages") + which).c_str());
    }

    std::unique_ptr<core::sqs::SqsService> queues;
};

}
