#pragma once

#include "core/aws/service.h"

#include <memory>
#include <vector>

namespace core::chamber {

// Every service of a chamber, in the order in which their addresses are tried; S3 comes last.
std::vector<std::unique_ptr<aws::Service>> makeServices(const aws::Host& host);

}
