#pragma once

#include "core/xray/filter_expression.h"
#include "core/xray/segments.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace core::xray {

// A trace: what the chamber saw of it, and what SDKs in programs told of it. Either may be missing. Pure.
struct JoinedTrace {
    std::string id;
    std::optional<trace::Track> track;
    std::vector<nlohmann::json> documents; // in the order in which they begin

    bool isEmpty() const { return !track && documents.empty(); }
    // Subsegments that came alone are put into what they are part of; a call that both sides tell is told
    // once.
    std::vector<nlohmann::json> segments() const;
    std::vector<Visit> visits() const;
    // What filters and summaries look at; annotations and users are told by documents alone.
    TraceFacts facts() const;
    double start() const; // seconds since 1970
    // Of GetTraceSummaries.
    nlohmann::json annotations() const;
    nlohmann::json users() const;
};

}
