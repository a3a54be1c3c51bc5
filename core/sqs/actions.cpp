#include "core/sqs/actions.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/sqs/errors.h"
#include "core/sqs/shapes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <set>

namespace core::sqs {

using nlohmann::json;

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<SqsService>;

constexpr std::size_t kMostEntries = 10;
constexpr std::size_t kLongestId = 80;
constexpr std::size_t kMostUrls = 1000;

Row row(std::string_view name, Effect effect, const aws::Shape& input, const aws::Shape* output,
    Result<Outcome> (*run)(SqsService&, RequestContext&, Request&))
{
    return {{.name = name, .lane = Lane::Blocking, .effect = effect, .input = &input, .output = output}, run};
}

const Row kRows[] = {
    row("CreateQueue", Effect::Changes, shapes::kCreateQueue, &shapes::kQueueUrlOutput, createQueue),
    row("DeleteQueue", Effect::Changes, shapes::kQueueAlone, nullptr, deleteQueue),
    row("GetQueueUrl", Effect::Reads, shapes::kGetQueueUrl, &shapes::kQueueUrlOutput, getQueueUrl),
    row("ListQueues", Effect::Reads, shapes::kListQueues, &shapes::kListQueuesOutput, listQueues),
    row("ListDeadLetterSourceQueues", Effect::Reads, shapes::kListSources, &shapes::kListSourcesOutput,
        listDeadLetterSourceQueues),
    row("GetQueueAttributes", Effect::Reads, shapes::kGetAttributes, &shapes::kAttributesOutput,
        getQueueAttributes),
    row("SetQueueAttributes", Effect::Changes, shapes::kSetAttributes, nullptr, setQueueAttributes),
    row("PurgeQueue", Effect::Data, shapes::kQueueAlone, nullptr, purgeQueue),
    row("TagQueue", Effect::Changes, shapes::kTagQueue, nullptr, tagQueue),
    row("UntagQueue", Effect::Changes, shapes::kUntagQueue, nullptr, untagQueue),
    row("ListQueueTags", Effect::Reads, shapes::kQueueAlone, &shapes::kTagsOutput, listQueueTags),
    row("SendMessage", Effect::Data, shapes::kSendMessage, &shapes::kSendOutput, sendMessage),
    row("SendMessageBatch", Effect::Data, shapes::kSendBatch, &shapes::kSendBatchOutput, sendMessageBatch),
    row("ReceiveMessage", Effect::Data, shapes::kReceive, &shapes::kReceiveOutput, receiveMessage),
    row("DeleteMessage", Effect::Data, shapes::kDelete, nullptr, deleteMessage),
    row("DeleteMessageBatch", Effect::Data, shapes::kDeleteBatch, &shapes::kDeleteBatchOutput,
        deleteMessageBatch),
    row("ChangeMessageVisibility", Effect::Data, shapes::kVisibility, nullptr, changeMessageVisibility),
    row("ChangeMessageVisibilityBatch", Effect::Data, shapes::kVisibilityBatch,
        &shapes::kVisibilityBatchOutput, changeMessageVisibilityBatch),
    row("StartMessageMoveTask", Effect::Changes, shapes::kStartMove, &shapes::kStartMoveOutput,
        startMessageMoveTask),
    row("CancelMessageMoveTask", Effect::Changes, shapes::kCancelMove, &shapes::kCancelMoveOutput,
        cancelMessageMoveTask),
    row("ListMessageMoveTasks", Effect::Reads, shapes::kListMoves, &shapes::kListMovesOutput,
        listMessageMoveTasks),
    row("AddPermission", Effect::Changes, shapes::kAddPermission, nullptr, addPermission),
    row("RemovePermission", Effect::Changes, shapes::kRemovePermission, nullptr, removePermission),
    {{.name = "GetQueueArrivals",
         .lane = Lane::Blocking,
         .input = &shapes::kArrivals,
         .method = "GET",
         .uri = "/_chamber/sqs/arrivals"},
        getQueueArrivals},
};

bool isEntryId(std::string_view id)
{
    return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '_';
    });
}

}

std::span<const Row> SqsService::rows()
{
    return kRows;
}

// The last two parts of the address count; a queue is where the request's region is.
Result<QueueStore::QueuePtr> queueOf(SqsService& service, RequestContext& context, const Request& request)
{
    const auto url = request.input().at("QueueUrl").get<std::string>();
    const auto parts = split(url, '/');
    if (parts.size() < 3 || parts.back().empty() || parts[parts.size() - 2].empty())
        return fail(errors::invalidAddress(url));
    const std::string name(parts.back());
    context.touch(name);
    auto queue =
        service.queues().find(context.region + '/' + std::string(parts[parts.size() - 2]) + '/' + name);
    if (!queue)
        return fail(errors::noQueue());
    return queue;
}

Result<> checkBatch(const json& entries, std::string_view entry)
{
    if (entries.empty())
        return fail(errors::emptyBatch(entry));
    if (entries.size() > kMostEntries)
        return fail(errors::tooManyEntries(entries.size()));
    std::set<std::string> ids;
    for (const auto& one : entries) {
        const auto& id = one.at("Id").get_ref<const std::string&>();
        if (!isEntryId(id))
            return fail(errors::badEntryId());
        if (!ids.insert(id).second)
            return fail(errors::repeatedId(id));
    }
    return {};
}

json failedEntry(const std::string& id, const Error& error)
{
    const bool ours = error.kind == ErrorKind::Io || error.kind == ErrorKind::Internal;
    return {{"Id", id}, {"SenderFault", !ours}, {"Code", error.code}, {"Message", error.message}};
}

Result<json> pageOfUrls(const json& input, const char* member, const std::vector<std::string>& urls)
{
    const auto most = input.value("MaxResults", static_cast<std::int64_t>(kMostUrls));
    if (most < 1 || most > static_cast<std::int64_t>(kMostUrls))
        return fail(errors::invalidValue("Value for parameter MaxResults is invalid. Reason: MaxResults must "
                                         "be an integer between 1 and 1000."));
    std::size_t first = 0;
    if (const auto token = input.value("NextToken", ""); !token.empty()) {
        const auto text = unbase64(token);
        const auto number = text ? parseInteger(*text) : std::nullopt;
        if (!number || *number < 0)
            return fail(errors::invalidValue("Invalid or expired next token."));
        first = static_cast<std::size_t>(*number);
    }
    json output = json::object();
    const auto end = std::min(urls.size(), first + static_cast<std::size_t>(most));
    for (auto i = first; i < end; ++i)
        output[member].push_back(urls[i]);
    if (end < urls.size() && input.contains("MaxResults"))
        output["NextToken"] = base64(std::to_string(end));
    return output;
}

}
