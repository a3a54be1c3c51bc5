#include "tests/support/case_runner.h"

#include "core/base/text.h"
#include "tests/support/places.h"
#include "tests/support/wire_request.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>

namespace tests {

namespace fs = std::filesystem;
using namespace core;
using nlohmann::json;

namespace {

constexpr auto kLongestWait = std::chrono::seconds(30);

json readFile(const std::string& path)
{
    std::ifstream file(path);
    return json::parse(file);
}

// Where a wanted part is not in `given`: objects may have more members, arrays must be as long.
std::optional<std::string> differenceIn(const json& wanted, const json& given, const std::string& at)
{
    if (wanted.is_object() && given.is_object()) {
        for (const auto& [name, value] : wanted.items()) {
            const auto found = given.find(name);
            if (found == given.end())
                return at + '/' + name + " is missing";
            if (auto inner = differenceIn(value, *found, at + '/' + name))
                return inner;
        }
        return std::nullopt;
    }
    if (wanted.is_array() && given.is_array() && wanted.size() == given.size()) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (auto inner = differenceIn(wanted[i], given[i], at + '/' + std::to_string(i)))
                return inner;
        }
        return std::nullopt;
    }
    if (wanted == given)
        return std::nullopt;
    return at + " is " + given.dump() + ", not " + wanted.dump();
}

class CaseRun {
public:
    explicit CaseRun(std::string service)
        : m_service(std::move(service))
    {
    }

    std::string run(const json& raw)
    {
        const auto step = filled(raw);
        if (step.contains("clock"))
            return moveClock(step["clock"].get<std::string>());
        const auto deadline = std::chrono::steady_clock::now() + kLongestWait;
        do {
            const auto problem = step.contains("http") ? sendHttp(step["http"]) : sendAction(step);
            if (!problem.empty())
                return problem;
        } while (
            !isReached(step.value("until", json::object())) && std::chrono::steady_clock::now() < deadline);
        if (!isReached(step.value("until", json::object())))
            return "it never came: " + m_response.body;
        if (auto wrong = checkWire(step); !wrong.empty())
            return wrong;
        if (step.contains("error") || step.contains("errorBegins"))
            return checkError(step);
        return checkAnswer(step);
    }

private:
    json filled(const json& value) const
    {
        auto text = value.dump();
        for (const auto& [name, known] : m_kept)
            text = replaceAll(std::move(text), "{" + name + "}", known);
        return json::parse(text);
    }

    // As a client waits for what goes on behind its request: asks again.
    bool isReached(const json& until) const
    {
        for (const auto& [pointer, wanted] : until.items()) {
            const json::json_pointer at(pointer);
            if (!m_answer.contains(at) || m_answer.at(at) != wanted)
                return false;
        }
        return true;
    }

    std::string moveClock(const std::string& duration)
    {
        const auto answer = m_chamber.post("/_chamber/clock", json{{"advance", duration}}.dump());
        return answer.status == 200 ? std::string() : answer.body;
    }

    std::string sendHttp(const json& wanted)
    {
        http::Request request;
        request.method = wanted.value("method", "GET");
        request.target = wanted.at("path").get<std::string>();
        const auto headers = wanted.value("headers", json::object());
        for (const auto& [name, value] : headers.items())
            request.headers.add(name, value.get<std::string>());
        if (wanted.contains("body"))
            request.body =
                wanted["body"].is_string() ? wanted["body"].get<std::string>() : wanted["body"].dump();
        m_response = m_chamber.send(std::move(request));
        m_answer = json::parse(m_response.body, nullptr, false);
        if (m_answer.is_discarded())
            m_answer = m_response.body;
        return {};
    }

    std::string sendAction(const json& step)
    {
        const auto name = step.value("service", m_service);
        const auto action = step.at("action").get<std::string>();
        m_target = nullptr;
        for (auto* service : m_chamber->services()) {
            if (service->id() == name)
                m_target = service;
        }
        if (!m_target)
            return "no service is named " + name;
        for (std::size_t i = 0; i < m_target->actionCount(); ++i) {
            const auto& info = m_target->action(i);
            if (info.name != action)
                continue;
            auto request = wireRequest(*m_target, info, step.value("request", json::object()));
            if (step.contains("raw"))
                request.body = step["raw"].get<std::string>();
            if (step.contains("region"))
                request.headers.set("Authorization",
                    "AWS4-HMAC-SHA256 Credential=test/20231114/" + step["region"].get<std::string>() + "/"
                        + std::string(m_target->signingName())
                        + "/aws4_request, SignedHeaders=host, Signature=0");
            m_response = m_chamber.send(std::move(request));
            m_answer = wireAnswer(*m_target, info, m_response);
            return {};
        }
        return name + " has no action " + action;
    }

    std::string checkWire(const json& step)
    {
        if (step.contains("status") && m_response.status != step["status"].get<int>())
            return "status " + std::to_string(m_response.status) + ": " + m_response.body;
        const auto headers = step.value("headers", json::object());
        for (const auto& [name, value] : headers.items()) {
            if (m_response.headers.get(name) != value.get<std::string>())
                return name + " is '" + std::string(m_response.headers.get(name)) + '\'';
        }
        if (step.contains("text") && m_response.body != step["text"].get<std::string>())
            return "the body is: " + m_response.body;
        return {};
    }

    std::string checkError(const json& step)
    {
        if (m_response.status < 400)
            return "it succeeded: " + m_response.body;
        const auto said = wireError(*m_target, m_response);
        if (step.contains("error") && said != step["error"].get<std::string>())
            return "it said: " + said;
        if (step.contains("errorBegins") && !said.starts_with(step["errorBegins"].get<std::string>()))
            return "it said: " + said;
        return {};
    }

    std::string checkAnswer(const json& raw)
    {
        if (!raw.contains("http") && m_response.status >= 400)
            return "it failed: " + m_response.body;
        const auto keep = raw.value("keep", json::object());
        for (const auto& [name, pointer] : keep.items()) {
            const json::json_pointer at(pointer.get<std::string>());
            if (!m_answer.contains(at))
                return "nothing to keep at " + pointer.get<std::string>() + ": " + m_answer.dump();
            const auto& value = m_answer.at(at);
            m_kept[name] = value.is_string() ? value.get<std::string>() : value.dump();
        }
        const auto step = filled(raw);
        if (step.contains("answer") && step["answer"] != m_answer)
            return "the answer is " + m_answer.dump();
        if (step.contains("match")) {
            if (const auto wrong = differenceIn(step["match"], m_answer, ""))
                return *wrong;
        }
        const auto has = step.value("has", json::object());
        for (const auto& [pointer, wanted] : has.items()) {
            const json::json_pointer at(pointer);
            const auto given = m_answer.contains(at) ? m_answer.at(at) : json();
            if (given != wanted)
                return pointer + " is " + given.dump();
        }
        return {};
    }

    std::string m_service;
    TempChamber m_chamber;
    std::map<std::string, std::string> m_kept;
    aws::Service* m_target = nullptr;
    http::Response m_response;
    json m_answer;
};

}

std::vector<CaseFile> caseFiles()
{
    std::vector<CaseFile> files;
    const fs::path root = places::source("tests/cases");
    if (!fs::exists(root))
        return files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".json")
            continue;
        CaseFile file{entry.path().string(), entry.path().parent_path().filename().string(), {}};
        const auto content = readFile(file.path);
        for (const auto& one : content.at("cases"))
            file.names.push_back(entry.path().stem().string() + ": " + one.at("name").get<std::string>());
        files.push_back(std::move(file));
    }
    std::sort(
        files.begin(), files.end(), [](const CaseFile& a, const CaseFile& b) { return a.path < b.path; });
    return files;
}

std::string runCase(const CaseFile& file, std::size_t index)
{
    const auto all = readFile(file.path);
    auto steps = all.value("before", json::array());
    for (const auto& step : all.at("cases").at(index).at("steps"))
        steps.push_back(step);
    CaseRun run(file.service);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (const auto problem = run.run(steps[i]); !problem.empty())
            return "step " + std::to_string(i + 1) + ", " + steps[i].dump() + "\n  " + problem;
    }
    return {};
}

}
