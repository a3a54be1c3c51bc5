#pragma once

#include "core/aws/service.h"
#include "core/base/geo.h"
#include "core/cdn/distribution_store.h"
#include "core/cdn/freshness.h"

#include <optional>
#include <span>
#include <string_view>

namespace core::cdn {

// One viewer's request on its way through an edge. Lives on one thread while it is served.
struct ViewerRequest {
    http::Request request;
    LiveDistribution distribution;
    aws::Caller& caller;
    trace::SpanScope& span;
    Micros now = 0; // chamber's clock

    std::string path = {}; // as the viewer wrote it, with the default root object
    const geo::Edge* edge = nullptr;
    std::string from = {}; // the city, or the edge itself
    Micros viewerDistance = 0; // round trip between viewer and edge
    const Behavior* behavior = nullptr;
    CacheKey key = {};
    bool cacheable = false; // by method and behavior
    EdgeCache* cache = nullptr;
    std::optional<CacheEntry> stored = {}; // what the edge has, fresh or stale
    bool asksOrigin = false; // holds the collapser's key
    std::optional<http::Response> fromOrigin = {};
    std::string outcome = {}; // X-Cache without " from cloudfront"
};

// A step of the pipeline: it decides something, records why, and may end the walk with an answer.
struct ViewerStep {
    std::string_view name;
    std::optional<http::Response> (*run)(ViewerRequest& viewer);
};

// place → behavior → method → cache key → edge → origin → store: the list that documents the CDN.
std::span<const ViewerStep> viewerSteps();

// Walks the steps. The answer carries X-Cache, Via, X-Amz-Cf-Pop, X-Amz-Cf-Id and, from a cache, Age.
http::Response serveViewer(ViewerRequest& viewer);

// Pieces of the walk, a file each.
std::optional<http::Response> findPlace(ViewerRequest& viewer);
std::optional<http::Response> chooseBehavior(ViewerRequest& viewer);
std::optional<http::Response> checkMethod(ViewerRequest& viewer);
std::optional<http::Response> formKey(ViewerRequest& viewer);
std::optional<http::Response> lookUpEdge(ViewerRequest& viewer);
std::optional<http::Response> askOrigin(ViewerRequest& viewer);
std::optional<http::Response> decideStorage(ViewerRequest& viewer);

// The answer to this viewer out of `entry`: 304 for a matching If-None-Match, 206 for one range, else the
// whole.
http::Response answerFrom(const ViewerRequest& viewer, const CacheEntry& entry);
// CloudFront's own error page.
http::Response errorPage(int status, std::string_view title, std::string_view text);

}
