#pragma once

#include "core/aws/front_door.h"
#include "core/http/client.h"
#include "core/s3/service.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tests {

// A chamber with S3 alone, in a temporary folder, on a port of its own; its clock stands still.
class S3Fixture {
public:
    S3Fixture();
    ~S3Fixture();

    // Sends to path style, as an anonymous client.
    core::http::Response send(std::string_view method, std::string_view target, std::string body = {},
        core::http::Headers headers = {});
    core::Result<core::aws::Reply> call(
        std::string_view action, const nlohmann::json& input, std::string payload = {});
    // Ends everything but the folder, and opens it again.
    void restart();
    std::size_t blobCount() const;
    std::filesystem::path objectFolder() const;

    core::Clock clock{core::Clock::State{1'700'000'000 * core::kSecond, 1, true}};

private:
    struct House;

    QTemporaryDir m_folder;
    std::unique_ptr<House> m_house;
};

// The text of the first element of that name, "" when there is none.
std::string elementText(std::string_view xml, std::string_view name);
int elementCount(std::string_view xml, std::string_view name);

}
