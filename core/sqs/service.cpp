#include "core/sqs/service.h"

#include "core/base/text.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

namespace core::sqs {

SqsService::SqsService(const aws::Host& host)
    : m_host(host)
    , m_queues(host.store, m_host.clock)
    , m_mover(m_host, m_queues)
    , m_metrics(m_host, m_queues)
{
}

SqsService::~SqsService()
{
    stop();
}

// Clients of the query protocol may name the queue by posting to its URL.
Result<> SqsService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    const auto* wire = request.wire;
    if (wire && !request.input().contains("QueueUrl") && split(wire->path(), '/').size() == 3)
        for (const auto& member : action.input->members) {
            if (member.name == "QueueUrl")
                request.input()["QueueUrl"] = percentDecode(wire->path());
        }
    return Service::prepare(action, request);
}

Error SqsService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    for (const auto& violation : violations) {
        if (violation.kind == aws::Violation::Kind::Missing) {
            const auto dot = violation.path.rfind('.');
            auto name = violation.path.substr(dot == std::string::npos ? 0 : dot + 1);
            name[0] = toUpper(name.substr(0, 1))[0];
            return errors::missing(name);
        }
    }
    auto error = Service::invalidInput(action, violations);
    if (error.code == "ValidationException")
        error.code = "InvalidParameterValue";
    return error;
}

int SqsService::statusOf(const Error& error) const
{
    if (error.code == "ResourceNotFoundException")
        return 404;
    return error.kind == ErrorKind::Denied ? 403 : Service::statusOf(error);
}

std::string SqsService::errorType(const Error& error) const
{
    return "com.amazonaws.sqs#" + errors::jsonNameOf(error.code);
}

void SqsService::wake()
{
    m_mover.resume();
}

void SqsService::stop()
{
    m_mover.close();
    m_metrics.close();
    m_queues.close();
}

void SqsService::reset()
{
    m_mover.reset();
    m_metrics.reset();
    m_queues.reset();
}

std::string SqsService::urlOf(const Queue& queue) const
{
    auto place = m_host.endpoint();
    if (place.empty())
        place = "https://sqs." + queue.region + ".amazonaws.com";
    return place + '/' + queue.account + '/' + queue.name;
}

}
