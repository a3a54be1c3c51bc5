#pragma once

#include "core/aws/service.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <vector>

namespace ui::api {

struct DefinitionExport;

// Changes one REST API by AWS's actions, and takes and restores parts of it whole. Everything is found by its
// path, because what is made again has another id. Waits for the core: pool threads only.
class ApiWriter {
public:
    ApiWriter(core::aws::Caller& caller, std::string region, std::string apiId);

    const std::string& apiId() const { return m_apiId; }
    const std::string& region() const { return m_region; }
    ApiWriter of(std::string apiId) const { return {m_caller, m_region, std::move(apiId)}; }
    // An action of API Gateway on this API.
    core::Result<nlohmann::json> call(const char* action, nlohmann::json input) const;

    // An API of its own, and its end.
    core::Result<nlohmann::json> create(const nlohmann::json& input) const;
    core::Result<nlohmann::json> importApi(const nlohmann::json& input) const;
    core::Result<> deleteApi(const std::string& apiId) const;

    core::Result<std::string> resourceId(const std::string& path) const;
    // Makes what is missing of a path and names the topmost path that was made; "" when all was there.
    core::Result<std::string> ensurePath(const std::string& path) const;
    core::Result<> rename(const std::string& path, const std::string& pathPart) const;
    core::Result<> deletePath(const std::string& path) const;

    // A path with all below it: resources with methods, integrations and responses, as GetResources gives
    // them.
    core::Result<nlohmann::json> takePath(const std::string& path) const;
    core::Result<> restorePath(const nlohmann::json& taken) const;

    core::Result<nlohmann::json> takeMethod(const std::string& path, const std::string& method) const;
    // Puts a method with its responses and its integration; it must not be there.
    core::Result<> restoreMethod(const std::string& path, const nlohmann::json& taken) const;
    core::Result<> deleteMethod(const std::string& path, const std::string& method) const;

    // `integration` has PutIntegration's members beside those that name the method. A mock also gets the
    // responses of its status.
    core::Result<> putIntegration(
        const std::string& path, const std::string& method, const nlohmann::json& integration) const;

    // The whole definition as it is edited, which PutRestApi takes back.
    core::Result<std::string> definition() const;
    core::Result<std::string> exported(const DefinitionExport& wanted, bool exact = false) const;

    // The deployment that a stage serves, "" when there is no such stage.
    core::Result<std::string> stageDeployment(const std::string& stage) const;

private:
    core::Result<std::vector<nlohmann::json>> resources() const;
    core::Result<> putResponses(const nlohmann::json& address, const nlohmann::json& method) const;
    core::Result<> ensureMockResponse(const nlohmann::json& address, int status) const;

    core::aws::Caller& m_caller;
    std::string m_region;
    std::string m_apiId;
};

// Every page of one of API Gateway's lists, quietly.
core::Result<std::vector<nlohmann::json>> listAll(
    core::aws::Caller& caller, const std::string& region, const char* action, nlohmann::json input);

}
