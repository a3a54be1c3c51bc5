#include "core/aws/log_book.h"
#include "core/aws/metric_book.h"
#include "core/base/hash.h"
#include "core/base/work_pool.h"
#include "core/http/server.h"
#include "core/sns/service.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <mutex>
#include <stop_token>

using namespace core;
using nlohmann::json;

namespace {

const std::string kTopic = "arn:aws:sns:us-east-1:000000000000:news";
const std::string kQueue = "arn:aws:sqs:us-east-1:000000000000:q";
const std::string kDead = "arn:aws:sqs:us-east-1:000000000000:dead";
const std::string kFunction = "arn:aws:lambda:us-east-1:000000000000:function:f";

std::string policyFor(const std::string& action, const std::string& resource)
{
    return json{{"Version", "2012-10-17"},
        {"Statement",
            {{{"Sid", "s"}, {"Effect", "Allow"}, {"Action", action}, {"Resource", resource},
                {"Principal", {{"Service", "sns.amazonaws.com"}}},
                {"Condition", {{"ArnLike", {{"aws:SourceArn", kTopic + '*'}}}}}}}}}
        .dump();
}

// Answers for SQS, Lambda and an http endpoint, and keeps what they were given.
class FakeSubscribers : public aws::Caller {
public:
    Result<aws::Reply> call(std::string_view, std::string_view action, const json& input,
        const aws::CallOptions&, std::string payload) override
    {
        const std::lock_guard guard(mutex);
        if (action == "GetFunctionConfiguration")
            return aws::Reply::of(json::object());
        if (action == "GetPolicy")
            return aws::Reply::of({{"Policy", policyFor("lambda:InvokeFunction", kFunction)}});
        if (action == "GetQueueAttributes") {
            if (!hasQueue)
                return fail(ErrorKind::NotFound, "NonExistentQueue", "The specified queue does not exist.");
            return aws::Reply::of({{"Attributes", {{"Policy", queuePolicy}}}});
        }
        if (refusals > 0) {
            --refusals;
            return fail(ErrorKind::Io, "ServiceException", "not now");
        }
        if (action == "SendMessage")
            messages.push_back(input);
        else
            events.push_back(json::parse(payload));
        return aws::Reply{};
    }
    Result<http::Response> fetch(
        std::string_view url, http::Request request, const aws::CallOptions& options) override
    {
        std::unique_lock lock(mutex);
        patience = options.timeout;
        request.target = url;
        posts.push_back(std::move(request));
        if (hangs) {
            const bool stopped = silence.wait_for(
                lock, options.stop, std::chrono::seconds(20), [&] { return options.stop.stop_requested(); });
            return fail(ErrorKind::Io, "Timeout", stopped ? "given up" : "no answer");
        }
        http::Response response;
        response.status = status;
        return response;
    }
    std::size_t sent()
    {
        const std::lock_guard guard(mutex);
        return messages.size();
    }
    json message(std::size_t index)
    {
        const std::lock_guard guard(mutex);
        return messages.at(index);
    }
    std::size_t posted()
    {
        const std::lock_guard guard(mutex);
        return posts.size();
    }
    http::Request post(std::size_t index)
    {
        const std::lock_guard guard(mutex);
        return posts.at(index);
    }
    std::size_t invoked()
    {
        const std::lock_guard guard(mutex);
        return events.size();
    }

    std::mutex mutex;
    std::vector<json> messages;
    std::vector<json> events;
    std::vector<http::Request> posts;
    std::string queuePolicy = policyFor("sqs:SendMessage", "*");
    bool hasQueue = true;
    int refusals = 0;
    int status = 200;
    bool hangs = false; // answers nothing
    Micros patience = 0; // of who posted last
    std::condition_variable_any silence;
};

bool isSigned(
    const std::string& certificate, const std::string& text, const std::string& signature, bool second)
{
    const std::unique_ptr<BIO, int (*)(BIO*)> in(
        BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())), BIO_free);
    const std::unique_ptr<X509, void (*)(X509*)> parsed(
        PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto bytes = unbase64(signature).value_or("");
    return parsed
        && EVP_DigestVerifyInit(digest.get(), nullptr, second ? EVP_sha256() : EVP_sha1(), nullptr,
               X509_get0_pubkey(parsed.get()))
        == 1
        && EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
               reinterpret_cast<const unsigned char*>(text.data()), text.size())
        == 1;
}

}

// Topics and deliveries on a clock that stands still, with subscribers that only take notes.
class TstTopics : public QObject {
    Q_OBJECT

    struct Room {
        Room()
            : store(*store::Store::open({folder.path().toStdString(), store::Durability::Relaxed}))
            , blobs(folder.path().toStdString() + "/objects", false)
            , host{*store, blobs, clock, tracer, others, pool, server, changes, logs,
                  folder.path().toStdString(), [] { return std::string("http://127.0.0.1:4566"); }, &metrics}
            , service(std::make_unique<sns::SnsService>(host))
        {
        }
        ~Room() { service->stop(); }
        void reopen()
        {
            service->stop();
            service = std::make_unique<sns::SnsService>(host);
        }
        // "error" holds what was refused.
        json call(std::string_view action, json input)
        {
            for (std::size_t index = 0; index < service->actionCount(); ++index) {
                if (service->action(index).name != action)
                    continue;
                aws::RequestContext context;
                context.now = clock.now();
                context.span = tracer.open({"POST", std::string(action), "test", "sns", std::string(action)});
                aws::Request request;
                request.setInput(std::move(input));
                if (const auto checked = service->prepare(service->action(index), request); !checked)
                    return {{"error", checked.error().code + ": " + checked.error().message}};
                auto outcome = service->run(index, context, request);
                if (!outcome)
                    return {{"error", outcome.error().code + ": " + outcome.error().message}};
                return std::get<aws::Reply>(*outcome).json();
            }
            return {{"error", "no such action"}};
        }
        void make(json attributes = json::object(), const std::string& name = "news")
        {
            must(call("CreateTopic", {{"Name", name}, {"Attributes", std::move(attributes)}}));
        }
        std::string subscribe(
            const std::string& protocol, const std::string& endpoint, json attributes = json::object())
        {
            return must(call("Subscribe",
                            {{"TopicArn", kTopic}, {"Protocol", protocol}, {"Endpoint", endpoint},
                                {"Attributes", std::move(attributes)}, {"ReturnSubscriptionArn", true}}))
                .at("SubscriptionArn");
        }
        json publish(const std::string& text, json more = json::object())
        {
            more["TopicArn"] = more.value("TopicArn", kTopic);
            more["Message"] = text;
            return call("Publish", more);
        }
        static json must(json answer)
        {
            if (answer.contains("error"))
                qFatal("%s", answer.dump().c_str());
            return answer;
        }
        double sumOf(const char* metric, const char* unit = "Count")
        {
            double sum = 0;
            const auto points =
                metrics.points({"us-east-1", "AWS/SNS", metric, {{"TopicName", "news"}}, unit},
                    aws::MetricGrain::Minute, 0, clock.now() + 60 * kSecond);
            for (const auto& point : points)
                sum += point.stats.sum();
            return sum;
        }
        bool hasStep(const std::string& title, const std::string& detail = {})
        {
            for (const auto& track : tracer.latest(500)) {
                for (const auto& span : track.spans) {
                    for (const auto& step : span.steps) {
                        if (step.title == title && step.detail.find(detail) != std::string::npos)
                            return true;
                    }
                }
            }
            return false;
        }

        QTemporaryDir folder;
        Clock clock{Clock::State{1'700'000'000 * kSecond, 1, true}}; // 2023-11-14T22:13:20Z
        trace::Tracer tracer{clock};
        Publisher<aws::ResourceChanged> changes;
        std::unique_ptr<store::Store> store;
        store::BlobStore blobs;
        WorkPool pool{8, 256};
        http::Server server;
        FakeSubscribers others;
        aws::LogBook logs{others};
        aws::MetricBook metrics{*store, clock};
        aws::Host host;
        std::unique_ptr<sns::SnsService> service;
    };

private Q_SLOTS:
    void queue_getsTheEnvelope()
    {
        Room room;
        room.make();
        const auto arn = room.subscribe("sqs", kQueue);
        const auto answer = room.publish("hello",
            {{"Subject", "greeting"},
                {"MessageAttributes", {{"colour", {{"DataType", "String"}, {"StringValue", "red"}}}}}});
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        const auto sent = room.others.message(0);
        QCOMPARE(sent.at("QueueUrl").get<std::string>(), std::string("/000000000000/q"));
        const auto envelope = json::parse(sent.at("MessageBody").get<std::string>());
        QCOMPARE(envelope.at("Type").get<std::string>(), std::string("Notification"));
        QCOMPARE(envelope.at("MessageId").get<std::string>(), answer.at("MessageId").get<std::string>());
        QCOMPARE(envelope.at("TopicArn").get<std::string>(), kTopic);
        QCOMPARE(envelope.at("Subject").get<std::string>(), std::string("greeting"));
        QCOMPARE(envelope.at("Message").get<std::string>(), std::string("hello"));
        QCOMPARE(envelope.at("Timestamp").get<std::string>(), std::string("2023-11-14T22:13:20.000Z"));
        QCOMPARE(envelope.at("MessageAttributes").dump(),
            std::string(R"({"colour":{"Type":"String","Value":"red"}})"));
        QVERIFY(envelope.at("UnsubscribeURL")
                    .get<std::string>()
                    .starts_with("http://127.0.0.1:4566/?Action=Unsubscribe&SubscriptionArn="));
        QVERIFY(room.hasStep("Goes to sqs " + kQueue));
        QVERIFY(arn.starts_with(kTopic + ':'));
    }

    void signature_isThatOfTheCertificate_data()
    {
        QTest::addColumn<QString>("version");
        QTest::newRow("SHA-1") << QStringLiteral("1");
        QTest::newRow("SHA-256") << QStringLiteral("2");
    }

    void signature_isThatOfTheCertificate()
    {
        QFETCH(const QString, version);
        Room room;
        room.make({{"SignatureVersion", version.toStdString()}});
        room.subscribe("sqs", kQueue);
        room.publish("hello");
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        const auto envelope = json::parse(room.others.message(0).at("MessageBody").get<std::string>());
        QCOMPARE(envelope.at("SignatureVersion").get<std::string>(), version.toStdString());
        const auto url = envelope.at("SigningCertURL").get<std::string>();
        http::Request request;
        request.target = url.substr(std::string("http://127.0.0.1:4566").size());
        QVERIFY(room.service->claims(request));
        auto span = room.tracer.open({"GET", "/", "test", "sns", "certificate"});
        const auto certificate = room.service->serve(request, span);
        QCOMPARE(certificate.status, 200);
        const std::string text = "Message\nhello\nMessageId\n" + envelope.at("MessageId").get<std::string>()
            + "\nTimestamp\n2023-11-14T22:13:20.000Z\nTopicArn\n" + kTopic + "\nType\nNotification\n";
        const auto signature = envelope.at("Signature").get<std::string>();
        QVERIFY(isSigned(certificate.body, text, signature, version == QStringLiteral("2")));
        QVERIFY(!isSigned(certificate.body, text + "x", signature, version == QStringLiteral("2")));
        // The same one after a restart.
        room.reopen();
        QCOMPARE(room.service->serve(request, span).body, certificate.body);
    }

    void rawDelivery_isTheMessageAlone()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue, {{"RawMessageDelivery", "true"}});
        room.publish(
            "hello", {{"MessageAttributes", {{"bytes", {{"DataType", "Binary"}, {"BinaryValue", "AAE="}}}}}});
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QCOMPARE(room.others.message(0).at("MessageBody").get<std::string>(), std::string("hello"));
        QCOMPARE(room.others.message(0).at("MessageAttributes").dump(),
            std::string(R"({"bytes":{"BinaryValue":"AAE=","DataType":"Binary"}})"));
    }

    void function_getsARecord()
    {
        Room room;
        room.make();
        const auto arn = room.subscribe("lambda", kFunction);
        room.publish("hello");
        QTRY_COMPARE(room.others.invoked(), std::size_t(1));
        const auto record = room.others.events.front().at("Records").at(0);
        QCOMPARE(record.at("EventSource").get<std::string>(), std::string("aws:sns"));
        QCOMPARE(record.at("EventVersion").get<std::string>(), std::string("1.0"));
        QCOMPARE(record.at("EventSubscriptionArn").get<std::string>(), arn);
        QCOMPARE(record.at("Sns").at("Message").get<std::string>(), std::string("hello"));
        QVERIFY(record.at("Sns").at("Subject").is_null());
        QCOMPARE(record.at("Sns").at("MessageAttributes").dump(), std::string("{}"));
        QVERIFY(record.at("Sns").contains("SigningCertUrl"));
    }

    void structure_speaksToEachProtocol()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue, {{"RawMessageDelivery", "true"}});
        room.subscribe("lambda", kFunction);
        room.publish(
            R"({"default":"for all","sqs":"for queues","lambda":3})", {{"MessageStructure", "json"}});
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QTRY_COMPARE(room.others.invoked(), std::size_t(1));
        QCOMPARE(room.others.message(0).at("MessageBody").get<std::string>(), std::string("for queues"));
        QCOMPARE(room.others.events.front().at("/Records/0/Sns/Message"_json_pointer).get<std::string>(),
            std::string("for all"));
    }

    void queueThatRefuses_isTriedAgainByTheClock()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue);
        room.others.refusals = 4; // at once, three times at once again
        room.publish("hello");
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock", "not now"));
        QCOMPARE(room.others.sent(), std::size_t(0));
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
    }

    void delivery_outlivesTheChamber()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue);
        room.others.refusals = 4;
        room.publish("hello");
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.reopen();
        room.call("ListTopics", json::object());
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QCOMPARE(room.call("ListSubscriptionsByTopic", {{"TopicArn", kTopic}}).at("Subscriptions").size(),
            std::size_t(1));
    }

    void queueWithoutPolicy_getsNothing()
    {
        Room room;
        room.others.queuePolicy = "{}";
        room.make();
        room.subscribe("sqs", kQueue);
        room.publish("hello");
        QTRY_VERIFY(room.hasStep("Not delivered", "lets sns.amazonaws.com send for " + kTopic));
        QCOMPARE(room.others.sent(), std::size_t(0));
    }

    void whatIsRefused_goesToTheDeadLetterQueue()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue,
            {{"RedrivePolicy", json{{"deadLetterTargetArn", kDead}}.dump()}, {"RawMessageDelivery", "true"}});
        room.others.hasQueue = false;
        room.publish("hello");
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        const auto letter = room.others.message(0);
        QCOMPARE(letter.at("QueueUrl").get<std::string>(), std::string("/000000000000/dead"));
        QCOMPARE(letter.at("MessageBody").get<std::string>(), std::string("hello"));
        QCOMPARE(letter.at("/MessageAttributes/ErrorCode/StringValue"_json_pointer).get<std::string>(),
            std::string("AWS.SimpleQueueService.NonExistentQueue"));
        QVERIFY(letter.at("MessageAttributes").contains("RequestID"));
        QVERIFY(letter.at("MessageAttributes").contains("ErrorMessage"));
    }

    void endpoint_confirmsAndIsPosted()
    {
        Room room;
        room.make();
        const auto arn = room.subscribe("http", "http://example.org/hook");
        QTRY_COMPARE(room.others.posted(), std::size_t(1));
        const auto asked = room.others.post(0);
        QCOMPARE(std::string(asked.headers.get("x-amz-sns-message-type")),
            std::string("SubscriptionConfirmation"));
        const auto body = json::parse(asked.body);
        QCOMPARE(body.at("Type").get<std::string>(), std::string("SubscriptionConfirmation"));
        const auto token = body.at("Token").get<std::string>();
        QVERIFY(body.at("SubscribeURL").get<std::string>().find("Token=" + token) != std::string::npos);

        room.publish("too early");
        QVERIFY(room.hasStep("Not sent to http http://example.org/hook", "not confirmed"));
        QCOMPARE(room.call("ConfirmSubscription", {{"TopicArn", kTopic}, {"Token", "x"}}).dump(),
            std::string(R"({"error":"InvalidParameter: Invalid parameter: Token"})"));
        QCOMPARE(room.call("ConfirmSubscription", {{"TopicArn", kTopic}, {"Token", token}})
                     .at("SubscriptionArn")
                     .get<std::string>(),
            arn);
        room.publish("hello");
        QTRY_COMPARE(room.others.posted(), std::size_t(2));
        const auto post = room.others.post(1);
        QCOMPARE(post.method, std::string("POST"));
        QCOMPARE(post.target, std::string("http://example.org/hook"));
        QCOMPARE(std::string(post.headers.get("x-amz-sns-message-type")), std::string("Notification"));
        QCOMPARE(std::string(post.headers.get("x-amz-sns-topic-arn")), kTopic);
        QCOMPARE(std::string(post.headers.get("x-amz-sns-subscription-arn")), arn);
        QCOMPARE(std::string(post.headers.get("Content-Type")), std::string("text/plain; charset=UTF-8"));
        QCOMPARE(json::parse(post.body).at("Message").get<std::string>(), std::string("hello"));
    }

    void oldToken_doesNotConfirm()
    {
        Room room;
        room.make();
        room.subscribe("http", "http://example.org/hook");
        QTRY_COMPARE(room.others.posted(), std::size_t(1));
        const auto token = json::parse(room.others.post(0).body).at("Token").get<std::string>();
        room.clock.advance(3LL * 24 * 3600 * kSecond);
        QVERIFY(room.call("ConfirmSubscription", {{"TopicArn", kTopic}, {"Token", token}}).contains("error"));
    }

    void deliveryPolicy_saysWhenAndHowOften()
    {
        Room room;
        room.make();
        const auto arn = room.subscribe("http", "http://example.org/hook",
            {{"DeliveryPolicy",
                 R"({"healthyRetryPolicy":{"numRetries":2,"minDelayTarget":5,"maxDelayTarget":9}})"},
                {"RedrivePolicy", json{{"deadLetterTargetArn", kDead}}.dump()}});
        QTRY_COMPARE(room.others.posted(), std::size_t(1));
        room.call("ConfirmSubscription",
            {{"TopicArn", kTopic}, {"Token", json::parse(room.others.post(0).body).at("Token")}});
        room.others.status = 503;
        room.publish("hello");
        QTRY_VERIFY(room.hasStep("Tries again in 5 s of the chamber's clock", "The endpoint answered 503"));
        room.clock.advance(5 * kSecond);
        QTRY_VERIFY(room.hasStep("Tries again in 9 s of the chamber's clock"));
        room.clock.advance(9 * kSecond);
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QCOMPARE(room.others.posted(), std::size_t(4));
        QCOMPARE(room.others.message(0).at("QueueUrl").get<std::string>(), std::string("/000000000000/dead"));
        QVERIFY(room.call("GetSubscriptionAttributes", {{"SubscriptionArn", arn}})
                    .at("/Attributes/EffectiveDeliveryPolicy"_json_pointer)
                    .get<std::string>()
                    .find(R"("numRetries":2)")
            != std::string::npos);
    }

    void deliveryPolicy_ofAnotherFormIsRefused()
    {
        Room room;
        room.make();
        for (const char* policy :
            {"{\"requestPolicy\":[]}", "{\"requestPolicy\":{\"headerContentType\":null}}",
                "{\"requestPolicy\":{\"headerContentType\":\"a\\nb\"}}", "{\"http\":[]}"}) {
            const auto answer = room.call("Subscribe",
                {{"TopicArn", kTopic}, {"Protocol", "http"}, {"Endpoint", "http://example.org/hook"},
                    {"Attributes", {{"DeliveryPolicy", policy}}}});
            QVERIFY2(answer.value("error", "").starts_with("InvalidParameter"), policy);
        }
    }

    void deadLetter_keepsItsOwnAttributesFirst()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue,
            {{"RedrivePolicy", json{{"deadLetterTargetArn", kDead}}.dump()}, {"RawMessageDelivery", "true"}});
        room.others.hasQueue = false;
        json attributes = json::object();
        for (int i = 0; i < 9; ++i)
            attributes["a" + std::to_string(i)] = {{"DataType", "String"}, {"StringValue", "x"}};
        room.publish("hello", {{"MessageAttributes", attributes}});
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QCOMPARE(room.others.message(0).at("MessageAttributes").size(), std::size_t(9));
    }

    void endpointThatRefuses_isNotTriedAgain()
    {
        Room room;
        room.make();
        room.subscribe("https", "https://example.org/hook");
        QTRY_COMPARE(room.others.posted(), std::size_t(1));
        room.call("ConfirmSubscription",
            {{"TopicArn", kTopic}, {"Token", json::parse(room.others.post(0).body).at("Token")}});
        room.others.status = 404;
        room.publish("hello");
        QTRY_VERIFY(room.hasStep("Not delivered", "404"));
        room.clock.advance(3600 * kSecond);
        QCOMPARE(room.others.posted(), std::size_t(2));
    }

    void endpointThatIsSilent_doesNotHoldUpTheEnd()
    {
        Room room;
        room.make();
        room.subscribe("https", "https://example.org/hook");
        QTRY_COMPARE(room.others.posted(), std::size_t(1));
        room.call("ConfirmSubscription",
            {{"TopicArn", kTopic}, {"Token", json::parse(room.others.post(0).body).at("Token")}});
        room.others.hangs = true;
        room.publish("hello");
        QTRY_COMPARE(room.others.posted(), std::size_t(2));
        QElapsedTimer timer;
        timer.start();
        room.service->stop();
        QVERIFY(timer.elapsed() < 10'000);
        // AWS waits for fifteen seconds.
        QCOMPARE(room.others.patience, 15 * kSecond);
        // It was no attempt: the next run makes it at once.
        room.others.hangs = false;
        room.reopen();
        room.service->wake();
        QTRY_COMPARE(room.others.posted(), std::size_t(3));
        QCOMPARE(room.others.post(2).body, room.others.post(1).body);
        QTRY_COMPARE(room.sumOf("NumberOfNotificationsDelivered"), 1.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFailed"), 0.0);
    }

    void publishedAndDelivered_areCounted()
    {
        Room room;
        room.make();
        const json red = {
            {"MessageAttributes", {{"colour", {{"DataType", "String"}, {"StringValue", "red"}}}}}};
        room.subscribe("sqs", kQueue);
        room.subscribe("lambda", kFunction, {{"FilterPolicy", R"({"colour":["blue"]})"}});
        room.publish("hello", red);
        room.publish("hi");
        QTRY_COMPARE(room.others.sent(), std::size_t(2));
        QTRY_COMPARE(room.sumOf("NumberOfNotificationsDelivered"), 2.0);
        QCOMPARE(room.sumOf("NumberOfMessagesPublished"), 2.0);
        QCOMPARE(room.sumOf("PublishSize", "Bytes"), 5.0 + 15.0 + 2.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFilteredOut"), 2.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFilteredOut-MessageAttributes"), 1.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFilteredOut-NoMessageAttributes"), 1.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFailed"), 0.0);
    }

    void whatFails_isCounted()
    {
        Room room;
        room.make();
        room.subscribe(
            "lambda", kFunction, {{"FilterPolicy", R"({"n":[1]})"}, {"FilterPolicyScope", "MessageBody"}});
        room.subscribe("sqs", kQueue, {{"RedrivePolicy", json{{"deadLetterTargetArn", kDead}}.dump()}});
        room.others.queuePolicy = policyFor("sqs:SendMessage", kDead);
        room.publish("no JSON");
        QTRY_COMPARE(room.sumOf("NumberOfNotificationsRedrivenToDlq"), 1.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFailed"), 1.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsDelivered"), 0.0);
        QCOMPARE(room.sumOf("NumberOfNotificationsFilteredOut-InvalidMessageBody"), 1.0);
        room.publish(R"({"n":2})");
        QTRY_COMPARE(room.sumOf("NumberOfNotificationsFilteredOut-MessageBody"), 1.0);
    }

    void filter_keepsOthersAway_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("exact") << QByteArray(R"({"colour":["red"]})") << true;
        QTest::newRow("another") << QByteArray(R"({"colour":["blue"]})") << false;
        QTest::newRow("prefix") << QByteArray(R"({"colour":[{"prefix":"r"}]})") << true;
        QTest::newRow("suffix") << QByteArray(R"({"colour":[{"suffix":"x"}]})") << false;
        QTest::newRow("case") << QByteArray(R"({"colour":[{"equals-ignore-case":"RED"}]})") << true;
        QTest::newRow("anything but") << QByteArray(R"({"colour":[{"anything-but":["red"]}]})") << false;
        QTest::newRow("number") << QByteArray(R"({"price":[100]})") << true;
        QTest::newRow("the same number") << QByteArray(R"({"price":[100.0]})") << true;
        QTest::newRow("range") << QByteArray(R"({"price":[{"numeric":[">",99,"<=",100]}]})") << true;
        QTest::newRow("beyond") << QByteArray(R"({"price":[{"numeric":["<",100]}]})") << false;
        QTest::newRow("one of a list") << QByteArray(R"({"tags":["b"]})") << true;
        QTest::newRow("none of a list") << QByteArray(R"({"tags":["c"]})") << false;
        QTest::newRow("absent") << QByteArray(R"({"size":[{"exists":false}]})") << true;
        QTest::newRow("not absent") << QByteArray(R"({"colour":[{"exists":false}]})") << false;
        QTest::newRow("address") << QByteArray(R"({"from":[{"cidr":"10.0.0.0/24"}]})") << true;
        QTest::newRow("all") << QByteArray(R"({"colour":["red"],"price":[99]})") << false;
        QTest::newRow("either") << QByteArray(R"({"$or":[{"colour":["blue"]},{"price":[100]}]})") << true;
    }

    void filter_keepsOthersAway()
    {
        QFETCH(const QByteArray, policy);
        QFETCH(const bool, wanted);
        Room room;
        room.make();
        room.subscribe("sqs", kQueue, {{"FilterPolicy", policy.toStdString()}});
        room.publish("hello",
            {{"MessageAttributes",
                {{"colour", {{"DataType", "String"}, {"StringValue", "red"}}},
                    {"price", {{"DataType", "Number"}, {"StringValue", "100.0"}}},
                    {"from", {{"DataType", "String"}, {"StringValue", "10.0.0.9"}}},
                    {"tags", {{"DataType", "String.Array"}, {"StringValue", R"(["a","b"])"}}}}}});
        QCOMPARE(room.hasStep("Goes to sqs " + kQueue, "wants"), wanted);
        QCOMPARE(room.hasStep("Not sent to sqs " + kQueue, "does not want"), !wanted);
        if (wanted)
            QTRY_COMPARE(room.others.sent(), std::size_t(1));
    }

    void bodyFilter_looksIntoTheMessage()
    {
        Room room;
        room.make();
        room.subscribe("sqs", kQueue,
            {{"FilterPolicyScope", "MessageBody"}, {"RawMessageDelivery", "true"},
                {"FilterPolicy", R"({"store":{"name":["corner"]},"price":[{"numeric":[">=",10]}]})"}});
        room.publish(R"({"store":{"name":"corner"},"price":9})");
        room.publish("no json");
        QVERIFY(room.hasStep("Not sent to sqs " + kQueue, "no JSON object"));
        room.publish(R"({"store":{"name":"corner"},"price":10})");
        QTRY_COMPARE(room.others.sent(), std::size_t(1));
        QVERIFY(room.others.message(0).at("MessageBody").get<std::string>().ends_with("10}"));
    }

    void fifoTopic_takesAMessageOnce()
    {
        Room room;
        const json more = {{"TopicArn", kTopic + ".fifo"}, {"MessageGroupId", "g"}};
        room.make({{"FifoTopic", "true"}, {"ContentBasedDeduplication", "true"}}, "news.fifo");
        Room::must(room.call("Subscribe",
            {{"TopicArn", kTopic + ".fifo"}, {"Protocol", "sqs"}, {"Endpoint", kQueue + ".fifo"}}));
        const auto first = room.publish("a", more);
        const auto second = room.publish("b", more);
        QVERIFY(
            first.at("SequenceNumber").get<std::string>() < second.at("SequenceNumber").get<std::string>());
        QCOMPARE(first.at("SequenceNumber").get<std::string>().size(), std::size_t(20));
        QCOMPARE(room.publish("a", more).dump(), first.dump());
        QTRY_COMPARE(room.others.sent(), std::size_t(2));
        const auto sent = room.others.message(0);
        QCOMPARE(sent.at("MessageGroupId").get<std::string>(), std::string("g"));
        QCOMPARE(sent.at("MessageDeduplicationId").get<std::string>(), hex(sha256("a")));
        const auto envelope = json::parse(sent.at("MessageBody").get<std::string>());
        QCOMPARE(
            envelope.at("SequenceNumber").get<std::string>(), first.at("SequenceNumber").get<std::string>());
        QVERIFY(!envelope.contains("Signature"));
        room.clock.advance(301 * kSecond);
        const auto again = room.publish("a", more);
        QVERIFY(again.at("MessageId") != first.at("MessageId"));
        QTRY_COMPARE(room.others.sent(), std::size_t(3));
        // What is forgotten of the first does not take the second along.
        room.clock.advance(kSecond);
        room.publish("c", more);
        QCOMPARE(room.publish("a", more).dump(), again.dump());
    }

    void deletedTopic_takesItsSubscriptionsAlong()
    {
        Room room;
        room.make();
        const auto arn = room.subscribe("sqs", kQueue);
        room.call("DeleteTopic", {{"TopicArn", kTopic}});
        QCOMPARE(
            room.call("ListSubscriptions", json::object()).dump(), std::string(R"({"Subscriptions":[]})"));
        QCOMPARE(room.call("GetSubscriptionAttributes", {{"SubscriptionArn", arn}}).dump(),
            std::string(R"({"error":"NotFound: Subscription does not exist"})"));
        QCOMPARE(room.publish("x").dump(), std::string(R"({"error":"NotFound: Topic does not exist"})"));
        room.make();
        QCOMPARE(room.call("ListSubscriptionsByTopic", {{"TopicArn", kTopic}}).at("Subscriptions").size(),
            std::size_t(0));
    }

    void pages_areOfAHundred()
    {
        Room room;
        for (int i = 0; i < 101; ++i)
            room.make(json::object(), "t" + std::to_string(i));
        const auto first = room.call("ListTopics", json::object());
        QCOMPARE(first.at("Topics").size(), std::size_t(100));
        const auto second = room.call("ListTopics", {{"NextToken", first.at("NextToken")}});
        QCOMPARE(second.at("Topics").size(), std::size_t(1));
        QVERIFY(!second.contains("NextToken"));
    }
};

CHAMBER_SUITE(TstTopics, "tst_topics")
#include "tst_topics.moc"
