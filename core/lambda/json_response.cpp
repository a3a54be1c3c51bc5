#include "core/lambda/json_response.h"

namespace core::lambda {

http::Response jsonResponse(int status, std::string body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

}
