#include "core/chamber/services.h"

#include "core/apigateway/account_records.h"
#include "core/apigateway/service.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/v2/management_service.h"
#include "core/apigateway/v2/service.h"
#include "core/cdn/service.h"
#include "core/cloudwatch/service.h"
#include "core/dynamodb/service.h"
#include "core/dynamodb/streams_service.h"
#include "core/events/service.h"
#include "core/lambda/service.h"
#include "core/logs/service.h"
#include "core/s3/service.h"
#include "core/sns/service.h"
#include "core/sqs/service.h"
#include "core/sts/service.h"
#include "core/xray/service.h"

namespace core::chamber {

std::vector<std::unique_ptr<aws::Service>> makeServices(const aws::Host& host)
{
    std::vector<std::unique_ptr<aws::Service>> services;
    auto tables = std::make_unique<dynamodb::DynamoDbService>(host);
    auto streams = std::make_unique<dynamodb::DynamoDbStreamsService>(host, *tables);
    services.push_back(std::move(tables));
    services.push_back(std::move(streams));
    services.push_back(std::make_unique<logs::LogsService>(host));
    services.push_back(std::make_unique<lambda::LambdaService>(host));
    services.push_back(std::make_unique<events::EventsService>(host));
    services.push_back(std::make_unique<sqs::SqsService>(host));
    services.push_back(std::make_unique<sns::SnsService>(host));
    services.push_back(std::make_unique<sts::StsService>(host));
    services.push_back(std::make_unique<cloudwatch::CloudWatchService>(host));
    services.push_back(std::make_unique<xray::XRayService>(host));
    // Before the REST APIs, which answer the calls of what nobody knows.
    const auto records = std::make_shared<apigateway::AccountRecords>(host.store);
    auto apisV2 = std::make_unique<apigateway::v2::ApiGatewayV2Service>(host, records);
    auto management = std::make_unique<apigateway::v2::ManagementService>(apisV2->sockets().hub());
    services.push_back(std::move(apisV2));
    services.push_back(std::move(management));
    services.push_back(std::make_unique<apigateway::ApiGatewayService>(host, records));
    services.push_back(std::make_unique<cdn::CdnService>(host));
    services.push_back(std::make_unique<s3::S3Service>(host));
    return services;
}

}
