#pragma once

#include "core/apigateway/v2/socket_hub.h"
#include "core/aws/service.h"

namespace core::apigateway::v2 {

// The API Gateway management API: what a backend does with the connections of WebSocket APIs. Any thread.
class ManagementService : public aws::TableService<ManagementService> {
public:
    explicit ManagementService(SocketHub& hub)
        : m_hub(hub)
    {
    }

    std::string_view id() const override { return "apigatewaymanagementapi"; }
    std::string_view signingName() const override { return "execute-api"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    http::BodyPlan planBody(const aws::ActionInfo& action, const http::Request& head) override;
    int statusOf(const Error& error) const override;
    std::optional<http::Response> errorResponse(
        const Error& error, const aws::RequestContext& context, const http::Request& wire) const override;
    static std::span<const aws::ActionRow<ManagementService>> rows();

    SocketHub& hub() { return m_hub; }

private:
    SocketHub& m_hub;
};

Error goneConnection();
// As it reaches the wire: a GoneException has no body.
http::Response managementError(const Error& error);

Result<aws::Outcome> postToConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request);

}
