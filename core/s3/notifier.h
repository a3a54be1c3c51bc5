#pragma once

#include "core/aws/delivery_queue.h"
#include "core/s3/notification.h"
#include "core/s3/records.h"

#include <functional>
#include <string>

namespace core::s3 {

// Tells functions, queues, topics and EventBridge of changed objects. What is to be told is committed with
// the change itself, so neither is there without the other, and it is delivered beside the requests. Any
// thread.
class Notifier {
public:
    explicit Notifier(const aws::Host& host);

    // That S3 may invoke the functions of a configuration, send to its queues and publish to its topics.
    // Error: InvalidArgument. Waits.
    Result<> checkTargets(const NotificationConfig& config, const std::string& bucket,
        const aws::RequestContext& context) const;
    // The event that queues and topics get once their configuration is kept.
    void sendTests(
        const NotificationConfig& config, const std::string& bucket, aws::RequestContext& context) const;
    // Keeps what the bucket's configuration wants to be told of the change, in the transaction that makes it;
    // gives how many. notice() once that is durable.
    int note(store::Transaction& transaction, ObjectChange change, const std::string& traceHeader);
    void notice() { m_queue.notice(); }
    aws::DeliveryQueue& queue() { return m_queue; }

private:
    aws::Delivery deliveryOf(const ObjectChange& change, const std::string& traceHeader);
    Result<> allow(const aws::Delivery& delivery, trace::SpanScope& span) const;

    const aws::Host& m_host;
    aws::DeliveryQueue m_queue;
};

// One object's change on its way: hand also() to the store that makes it, and tell() when that is done.
class ChangeNotice {
public:
    using Also = std::function<void(store::Transaction&, const ObjectRecord&)>;

    // `event` as "ObjectCreated:Put", `reason` as "PutObject".
    ChangeNotice(Notifier& notifier, aws::RequestContext& context, const std::string& bucket,
        const std::string& key, std::string event, std::string reason);
    Also also();
    void tell();

private:
    Notifier& m_notifier;
    aws::RequestContext& m_context;
    ObjectChange m_change;
    int m_count = 0;
};

}
