#pragma once

#include "core/http/server.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace core::http::detail {

enum class ParseStep {
    NeedMore, // all usable bytes were taken; more are needed
    HeadDone, // reported once a message; the body, if any, follows
    Done,
    Failed,
};

struct ParseProgress {
    ParseStep step = ParseStep::NeedMore;
    std::size_t consumed = 0;
};

// Why a message was refused: the status that says so, and a sentence.
struct ParseFailure {
    int status = 400;
    std::string message;
};

// Reads requests, one after the other, out of bytes that the caller keeps until they are consumed. The caller
// puts bytes until HeadDone, gives the plan for the body, puts more until Done, takes the request and goes
// on. One thread.
class RequestParser {
public:
    explicit RequestParser(std::uint32_t maxHeaderBytes);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    ParseProgress put(std::string_view bytes);
    bool started() const; // some of a request has come
    bool headDone() const; // and its head is complete
    const ParseFailure& failure() const;

    // Valid from HeadDone to take().
    Request& request();
    bool keepAlive() const;
    bool http10() const;
    bool expectsBody() const; // the head announced one that has not come yet
    // False when the announced length is beyond the plan's limit.
    bool plan(const BodyPlan& plan);

    Request take(); // at Done; the parser then expects the next request

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Reads one answer. `limit` bounds the decoded body. One thread.
class ResponseParser {
public:
    ResponseParser(bool toHead, std::uint64_t limit);
    ~ResponseParser();
    ResponseParser(const ResponseParser&) = delete;
    ResponseParser& operator=(const ResponseParser&) = delete;

    ParseProgress put(std::string_view bytes); // HeadDone is not reported
    ParseStep endOfInput(); // Done when the answer may end there, else Failed
    bool started() const;
    bool tooLarge() const;
    const std::string& failure() const;
    bool keepAlive() const;
    Response take();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}
