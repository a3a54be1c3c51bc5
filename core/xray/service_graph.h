#pragma once

#include "core/xray/segments.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace core::xray {

// How a service, or the calls from one to another, did.
struct GraphStatistics {
    int ok = 0;
    int throttles = 0;
    int errors = 0; // other ones
    int faults = 0;
    double time = 0; // seconds, all together
    std::map<double, int> histogram; // response times, to the millisecond
    double first = 0; // when the earliest began and the latest ended
    double last = 0;

    void add(const Visit& visit);
    int total() const { return ok + throttles + errors + faults; }
};

// X-Ray's service graph: who calls whom, over the traces that were added. The client stands before the entry
// points.
class ServiceGraph {
public:
    void add(const std::vector<Visit>& visits); // of a trace
    // The list of GetServiceGraph's and GetTraceGraph's Services.
    nlohmann::json shown(const std::string& account) const;

private:
    using Key = std::pair<std::string, std::string>; // name, type

    struct Service {
        bool isRoot = false;
        GraphStatistics statistics;
        std::map<std::size_t, GraphStatistics> edges; // by the other's place
    };

    std::size_t placeOf(const Key& key);

    std::vector<Key> m_keys; // in the order in which they were met
    std::vector<Service> m_services;
};

}
