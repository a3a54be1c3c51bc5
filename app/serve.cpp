#include "app/serve.h"

#include "app/serve_options.h"
#include "app/stop_signal.h"
#include "core/project/sam_import.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace app {

namespace {

using core::chamber::Chamber;

std::string firstStage(Chamber& chamber, const std::string& api)
{
    const auto stages = chamber.caller().call(
        "apigateway", "GetStages", {{"restApiId", api}}, {.region = chamber.region(), .quiet = true});
    if (!stages)
        return {};
    const auto list = stages->json().value("item", nlohmann::json::array());
    return list.empty() ? std::string() : list[0].value("stageName", "");
}

core::Result<> loadSample(Chamber& chamber, const std::string& sample)
{
    if (chamber.hasSample(sample)) {
        std::printf("The sample %s is already in this chamber.\n", sample.c_str());
        return {};
    }
    std::printf("Loading the sample %s\n", sample.c_str());
    const auto report = core::project::openSample(
        core::project::sampleFolder(sample), chamber.caller(), chamber.region(), [](const std::string& what) {
            std::printf("  %s\n", what.c_str());
            std::fflush(stdout);
        });
    CORE_CHECK(report);
    CORE_CHECK(chamber.noteSample(sample));
    for (const auto& note : report->notes)
        std::printf("  Note: %s\n", note.c_str());
    const auto endpoint = chamber.endpoint();
    if (!report->apiId.empty())
        std::printf("  API:          %s/_aws/execute-api/%s/%s/\n", endpoint.c_str(), report->apiId.c_str(),
            firstStage(chamber, report->apiId).c_str());
    if (!report->httpApiId.empty())
        std::printf("  HTTP API:     %s/_aws/execute-api/%s/\n", endpoint.c_str(), report->httpApiId.c_str());
    if (!report->distributionId.empty())
        std::printf(
            "  Distribution: %s/_aws/cloudfront/%s/\n", endpoint.c_str(), report->distributionId.c_str());
    return {};
}

void printWelcome(const Chamber& chamber)
{
    const auto endpoint = chamber.endpoint();
    std::printf(
        "Cloud Chamber %s serves '%s' at %s\n\n", CHAMBER_VERSION, chamber.name().c_str(), endpoint.c_str());
    std::printf("  export AWS_ENDPOINT_URL=%s\n", endpoint.c_str());
    std::printf("  export AWS_ACCESS_KEY_ID=test\n  export AWS_SECRET_ACCESS_KEY=test\n");
    std::printf("  export AWS_DEFAULT_REGION=%s\n  export AWS_REGION=%s\n\n", chamber.region().c_str(),
        chamber.region().c_str());
    std::printf("Try: aws --endpoint-url %s dynamodb list-tables\n", endpoint.c_str());
    std::printf("Ctrl-C ends it.\n");
    std::fflush(stdout);
}

int complain(const core::Error& error)
{
    std::fprintf(stderr, "cloudchamber: %s\n", error.message.c_str());
    return 1;
}

int complainAboutPort(const core::Error& error, const ServeOptions& options)
{
    complain(error);
    if (error.kind == core::ErrorKind::Conflict)
        std::fprintf(stderr,
            "End the other program on port %u (another chamber?), or take another port: cloudchamber serve "
            "--port %u, or "
            "--port 0 for a free one.\n",
            unsigned{options.chamber.port},
            options.chamber.port == 65'535 ? 4566U : options.chamber.port + 1U);
    return 1;
}

int run(const ServeOptions& options)
{
    const StopSignal stop;
    auto opened = Chamber::open(options.chamber);
    if (!opened)
        return complain(opened.error());
    auto& chamber = **opened;
    if (const auto listening = chamber.listen(); !listening)
        return complainAboutPort(listening.error(), options);
    if (!options.sample.empty()) {
        if (const auto loaded = loadSample(chamber, options.sample); !loaded)
            return complain(loaded.error());
    }
    printWelcome(chamber);
    stop.wait();
    std::printf("Closing the chamber\n");
    std::fflush(stdout);
    return 0;
}

}

int serve(const std::vector<std::string>& arguments)
{
    const auto options = parseServeOptions(arguments);
    if (!options) {
        std::fprintf(stderr, "cloudchamber serve: %s\nSee: cloudchamber serve --help\n",
            options.error().message.c_str());
        return 2;
    }
    if (options->help) {
        std::fputs(serveHelp().c_str(), stdout);
        return 0;
    }
    if (options->version) {
        std::printf("cloudchamber %s\n", CHAMBER_VERSION);
        return 0;
    }
    return run(*options);
}

}
