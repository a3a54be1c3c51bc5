#pragma once

#include "core/lambda/invoker.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// What a streaming function writes while it runs, on its way from the runtime to whoever sends it on. The
// runtime's side calls begin(), write() and, when the invocation is over, finish(); the reader waits for the
// start once and then takes what there is. Holds no more than a stream may have. Any thread.
class ResponseStream {
public:
    // ---- the runtime's side
    void begin(std::string contentType);
    void write(std::string_view bytes);
    // What a function that does not stream has answered follows as the stream's bytes.
    void finish(Result<InvocationOutcome> result);

    // ---- the reader's side
    // Waits until the function has begun to answer, or is over; the error when nothing ran it.
    Result<> awaitStart();
    // Waits for everything before `end`, and takes it and `end`; nothing when the stream is over before.
    std::optional<std::string> awaitHead(std::string_view end);
    std::string contentType() const;
    bool begun() const; // a streaming function has begun to write
    std::string take(std::size_t limit); // "" when nothing is there at present
    bool over() const; // nothing more comes, and all was taken
    InvocationOutcome outcome() const; // once finished
    // `wake` is called, from any thread, whenever there is more to take.
    void onReady(std::function<void()> wake);
    void abandon(); // the reader has left: nothing is kept any more

private:
    void tell(std::unique_lock<std::mutex> lock);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::function<void()> m_wake;
    std::string m_bytes;
    std::size_t m_taken = 0; // of m_bytes
    std::string m_contentType;
    std::optional<Result<InvocationOutcome>> m_result;
    bool m_begun = false;
    bool m_abandoned = false;
};

// The stream as the event stream that InvokeWithResponseStream answers with: a chunk a piece, then how it
// ended.
class StreamEvents : public http::BodySource {
public:
    StreamEvents(std::shared_ptr<ResponseStream> stream, bool withTail)
        : m_stream(std::move(stream))
        , m_withTail(withTail)
    {
    }
    ~StreamEvents() override { m_stream->abandon(); }
    Result<std::size_t> read(std::span<char> into) override;
    void onReady(std::function<void()> wake) override { m_stream->onReady(std::move(wake)); }

private:
    std::string nextEvent();

    const std::shared_ptr<ResponseStream> m_stream;
    const bool m_withTail;
    bool m_completed = false;
    std::string m_event; // and what of it was not read yet
    std::size_t m_read = 0;
};

// The stream as it is: a function URL's body. An error of the function breaks it off.
class StreamBytes : public http::BodySource {
public:
    explicit StreamBytes(std::shared_ptr<ResponseStream> stream)
        : m_stream(std::move(stream))
    {
    }
    ~StreamBytes() override { m_stream->abandon(); }
    Result<std::size_t> read(std::span<char> into) override;
    void onReady(std::function<void()> wake) override { m_stream->onReady(std::move(wake)); }

private:
    const std::shared_ptr<ResponseStream> m_stream;
};

}
