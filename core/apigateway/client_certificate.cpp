#include "core/apigateway/client_certificate.h"

#include "core/apigateway/certificate_errors.h"
#include "core/apigateway/model_json.h"
#include "core/aws/certificate.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

std::string recordKey(const ClientCertificate& certificate)
{
    return certificate.region + "/" + certificate.id;
}

std::string encode(const ClientCertificate& certificate)
{
    return json{{"region", certificate.region}, {"id", certificate.id},
        {"description", certificate.description}, {"pem", certificate.pem}, {"tags", certificate.tags},
        {"createdDate", certificate.createdDate}, {"expirationDate", certificate.expirationDate}}
        .dump();
}

bool decode(std::string_view stored, ClientCertificate& certificate)
{
    const auto from = json::parse(stored, nullptr, false);
    if (!from.is_object())
        return false;
    certificate = {text(from, "region"), text(from, "id"), text(from, "description"), text(from, "pem"),
        stringMap(from, "tags"), from.value("createdDate", Micros{0}),
        from.value("expirationDate", Micros{0})};
    return true;
}

json toJson(const ClientCertificate& certificate)
{
    json out{{"clientCertificateId", certificate.id}, {"pemEncodedCertificate", certificate.pem},
        {"createdDate", certificate.createdDate / kSecond},
        {"expirationDate", certificate.expirationDate / kSecond}};
    if (!certificate.description.empty())
        out["description"] = certificate.description;
    if (!certificate.tags.empty())
        out["tags"] = certificate.tags;
    return out;
}

Result<> checkCertificate(
    const ClientCertificates& certificates, const std::string& region, const std::string& id)
{
    if (!id.empty() && !certificates.find(region + "/" + id))
        return fail(errors::unknownClientCertificate());
    return {};
}

Result<std::string> newCertificate(Micros from, Micros until)
{
    CORE_TRY(auto made, aws::makeSelfSigned("ApiGateway", from, until));
    return std::move(made.certificate);
}

}
