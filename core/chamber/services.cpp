#include "core/chamber/services.h"

#include "core/logs/service.h"

namespace core::chamber {

std::vector<std::unique_ptr<aws::Service>> makeServices(const aws::Host& host)
{
    std::vector<std::unique_ptr<aws::Service>> services;
    services.push_back(std::make_unique<logs::LogsService>(host));
    return services;
}

}
