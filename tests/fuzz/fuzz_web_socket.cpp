#include "core/base/text.h"
#include "core/http/detail/web_socket_frames.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::http;
using namespace core::http::detail;

namespace {

constexpr WebSocketLimits kLimits{.maxFrame = 64, .maxMessage = 200, .maxUnsent = 0};

// What a reader makes of bytes that come `piece` at a time, as one text.
std::string readIn(std::string_view bytes, std::size_t piece)
{
    FrameReader reader(kLimits);
    std::string seen;
    while (!bytes.empty()) {
        auto part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        for (;;) {
            const auto step = reader.put(part);
            if (step == FrameReader::Step::NeedMore)
                break;
            if (step == FrameReader::Step::Failed)
                return seen + "failed " + std::to_string(reader.fault().code);
            const auto incoming = reader.take();
            fuzz::require(incoming.payload.size() <= kLimits.maxMessage, "no message beyond the limit");
            fuzz::require(incoming.opcode == Opcode::Binary || incoming.opcode == Opcode::Ping
                    || incoming.opcode == Opcode::Pong || core::isUtf8(incoming.payload),
                "text is UTF-8");
            seen += std::to_string(static_cast<int>(incoming.opcode)) + ':'
                + std::to_string(incoming.closeCode) + ':' + incoming.payload + '\n';
        }
    }
    return seen;
}

}

// A client's frames mean the same however the network cuts them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto input = fuzz::textOf(data, size);
    const auto whole = readIn(input, size);
    fuzz::require(readIn(input, 1) == whole, "the same byte by byte");
    fuzz::require(readIn(input, 7) == whole, "the same in sevens");
    return 0;
}
