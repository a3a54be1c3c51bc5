#pragma once

#include "core/aws/protocol.h"
#include "core/aws/sigv4.h"
#include "core/aws/uri_router.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::aws {

// What a request's head turned out to be.
struct Recognised {
    enum class Kind {
        Action, // `service`, `index`, `parameters`
        Served, // `service` answers it itself: an API call, a viewer's request
        UnknownAction, // it is for `service`, which has no such action: `what`
        UnknownTarget, // an X-Amz-Target of no service here: `what`
        UnknownService, // signed for a service that is not here: `what`
        Local, // our own pages
        Welcome, // GET / by nobody in particular
    };
    Kind kind = Kind::Local;
    Service* service = nullptr;
    std::size_t index = 0;
    WireForm form = WireForm::Own;
    PathParameters parameters;
    std::string pathStyle; // the target to use instead, for S3 requests addressed by host name
    std::string region; // that the host name tells
    std::string what;
};

// The services and their ways in: by X-Amz-Target, by what they claim, by the query protocol's Action, by
// SigV4 scope, by host name, by path (DESIGN §6). Services are added before the first request; then any
// thread reads.
class Directory {
public:
    void add(Service& service);
    // Looks at the head, and at the body where it is a form.
    Recognised recognise(const http::Request& head, const Signature& signature) const;
    // Services that answer requests at this host whatever the path.
    Service* claimantOf(const http::Request& head) const;
    Service* find(std::string_view serviceId) const;
    std::optional<std::size_t> findAction(const Service& service, std::string_view name) const;
    const std::vector<Service*>& services() const { return m_services; }

private:
    struct Entry {
        Service* service;
        UriRouter router; // AWS's own actions
        UriRouter ownRouter; // those below /_chamber/
        std::vector<std::pair<std::string_view, std::size_t>> byName; // sorted
    };
    // Open addressing over "DynamoDB_20120810.GetItem": one probe and one comparison on the busiest path.
    struct Target {
        std::string name;
        Service* service = nullptr;
        std::size_t index = 0;
    };

    const Target* findTarget(std::string_view name) const;
    void addTarget(std::string name, Service& service, std::size_t index);
    Recognised byTarget(std::string_view target) const;
    bool tryQuery(const http::Request& request, const Signature& signature, Recognised& found) const;
    bool tryCbor(const http::Request& head, Recognised& found) const;
    bool setAction(Service& service, std::string_view name, Recognised& found) const;
    bool tryRoutes(const Entry& entry, const http::Request& head, Recognised& found) const;
    bool signsFor(std::string_view scope) const;
    bool tryScope(const http::Request& head, std::string_view scope, Recognised& found) const;
    bool tryHost(const http::Request& head, Recognised& found) const;
    bool tryPath(const http::Request& head, Recognised& found) const;
    bool tryOwn(const http::Request& head, Recognised& found) const;
    const Entry* storage() const; // the S3 service: it gets what nothing else claims

    std::vector<std::unique_ptr<Entry>> m_entries;
    std::vector<Service*> m_services;
    std::vector<Target> m_targets;
    std::size_t m_targetCount = 0;
};

}
