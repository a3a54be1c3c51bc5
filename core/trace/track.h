#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace core::trace {

enum class Verdict { Note, Pass, Warn, Fail };
enum class SpanKind { Work, Network, ColdStart };

// One decision, in words: what was decided (`title`) and the rule and value that decided it (`detail`).
struct Step {
    Micros at = 0; // since the track began, real time
    Verdict verdict = Verdict::Note;
    std::string title;
    std::string detail;
};

struct Span {
    std::uint32_t id = 0; // 1 is the root
    std::uint32_t parent = 0; // 0 for the root
    SpanKind kind = SpanKind::Work;
    std::string service; // "cdn", "apigateway", "lambda", "dynamodb", "s3", "logs", "client"
    std::string name; // action or what it does: "GetItem", "viewer request", "init"
    std::string resource; // "Books", "place-order"
    Micros start = 0; // since the track began
    Micros duration = -1; // -1 while it runs
    int status = 0; // HTTP status where there is one
    std::string error; // AWS error code, "" when it went well
    std::vector<Step> steps;
};

// What one request did, from its entry to its end. A plain value: copy it freely.
struct Track {
    std::string id; // X-Ray trace id: "1-67891233-abcdef012345678912345678"
    std::uint64_t sequence = 0; // grows by one a track
    Micros startedAt = 0; // chamber's clock
    Micros duration = -1; // real microseconds, -1 while it runs
    std::string method;
    std::string path; // as the person would know it: "/books?author=verne", "PutItem Books"
    int status = 0;
    std::string from; // "workbench", "sdk", a city, "stream Orders"
    std::string note; // "Cold start", "Hit from cloudfront", an error's code
    std::vector<Span> spans;
    std::uint32_t droppedSpans = 0;
};

}
