#pragma once

#include "core/aws/service.h"
#include "core/s3/blob_leases.h"
#include "core/s3/bucket_store.h"
#include "core/s3/notifier.h"
#include "core/s3/object_store.h"
#include "core/s3/upload_store.h"

#include <mutex>

namespace core::s3 {

// Simple Storage Service: buckets, objects, multipart uploads. Records are in the chamber's store, bodies in
// its blob store. Any thread.
class S3Service : public aws::TableService<S3Service> {
public:
    // Removes the bodies that no record names: what a crash between "body kept" and "record committed" left.
    explicit S3Service(const aws::Host& host);

    std::string_view id() const override { return "s3"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestXml; }
    std::string_view xmlNamespace() const override { return "http://s3.amazonaws.com/doc/2006-03-01/"; }
    aws::XmlManner xmlManner() const override { return aws::XmlManner::S3; }
    Result<aws::Outcome> run(std::size_t index, aws::RequestContext& context, aws::Request& request) override;
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    Error malformedBody(std::string_view detail) const override;
    Error unknownAction(std::string_view what) const override;
    int statusOf(const Error& error) const override;
    std::optional<http::Response> errorResponse(
        const Error& error, const aws::RequestContext& context, const http::Request& wire) const override;
    http::BodyPlan planBody(const aws::ActionInfo& action, const http::Request& head) override;
    void wake() override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<S3Service>> rows();

    store::BlobStore& blobs() { return m_host.blobs; }
    Clock& clock() { return m_host.clock; }
    std::string endpoint() const { return m_host.endpoint ? m_host.endpoint() : std::string(); }
    // Drops a body that was received and that no record will name.
    void discard(const std::string& blob);
    BucketStore& buckets() { return m_buckets; }
    ObjectStore& objects() { return m_objects; }
    UploadStore& uploads() { return m_uploads; }
    Notifier& notifier() { return m_notifier; }

private:
    aws::Host m_host;
    BlobLeases m_leases;
    BucketStore m_buckets;
    ObjectStore m_objects;
    UploadStore m_uploads;
    Notifier m_notifier;
    std::once_flag m_woken;
};

}
