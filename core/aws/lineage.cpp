#include "core/aws/lineage.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace core::aws {

namespace {

constexpr std::array<std::string_view, 4> kFollowed = {"lambda", "s3", "sqs", "sns"};
constexpr std::string_view kMember = "Lineage=";
constexpr std::string_view kNoted = "Goes on with an earlier request";
constexpr std::size_t kDigits = 8;
// Headers must stay short; loops of more functions than these are found by the others.
constexpr std::size_t kMostFunctions = 16;

std::string hashOf(std::string_view function)
{
    return hex(sha256(function)).substr(0, kDigits);
}

bool isFollowed(const std::string& service)
{
    return std::find(kFollowed.begin(), kFollowed.end(), service) != kFollowed.end();
}

}

Lineage Lineage::parse(std::string_view text)
{
    Lineage lineage;
    const auto begin = text.find(kMember);
    if (begin == std::string_view::npos)
        return lineage;
    text.remove_prefix(begin + kMember.size());
    for (const auto entry : split(text.substr(0, text.find(';')), '|')) {
        const auto parts = split(entry, ':');
        if (parts.size() < 2 || lineage.m_runs.size() == kMostFunctions)
            continue;
        const auto before = parseInteger(parts.back());
        const std::string hash(parts[parts.size() - 2]);
        if (before && *before >= 0 && *before < 1'000'000 && hash.size() == kDigits)
            lineage.addHashed(hash, static_cast<int>(*before) + 1);
    }
    return lineage;
}

Lineage Lineage::of(const trace::Tracer& tracer, const trace::SpanScope& span)
{
    Lineage lineage;
    const auto track = span.recording() ? tracer.find(span.trackId()) : std::nullopt;
    auto id = span.id();
    while (track && id > 0 && id <= track->spans.size()) {
        const auto& one = track->spans[id - 1];
        if (!isFollowed(one.service))
            break;
        if (one.service == "lambda" && one.name == "invoke")
            lineage.add(one.resource);
        for (const auto& step : one.steps) {
            if (step.title != kNoted)
                continue;
            for (const auto& [hash, runs] : parse(step.detail).m_runs)
                lineage.addHashed(hash, runs);
        }
        id = one.parent;
    }
    return lineage;
}

void Lineage::add(std::string_view function, int count)
{
    addHashed(hashOf(function), count);
}

void Lineage::addHashed(const std::string& hash, int count)
{
    m_runs[hash] += count;
}

void Lineage::join(const Lineage& other)
{
    for (const auto& [hash, runs] : other.m_runs)
        m_runs[hash] = std::max(m_runs[hash], runs);
}

int Lineage::runsOf(std::string_view function) const
{
    if (m_runs.empty())
        return 0;
    const auto found = m_runs.find(hashOf(function));
    return found == m_runs.end() ? 0 : found->second;
}

std::string Lineage::text() const
{
    std::vector<std::pair<int, std::string>> most;
    for (const auto& [hash, runs] : m_runs)
        most.emplace_back(-runs, hash);
    std::sort(most.begin(), most.end());
    most.resize(std::min(most.size(), kMostFunctions));
    std::string text;
    for (const auto& [runs, hash] : most)
        text += (text.empty() ? std::string(kMember) : "|") + "1:" + hash + ':' + std::to_string(-runs - 1);
    return text;
}

void Lineage::note(trace::SpanScope& span) const
{
    if (!isEmpty())
        span.step(std::string(kNoted), "Functions ran on the way to it, as X-Amzn-Trace-Id tells: " + text());
}

}
