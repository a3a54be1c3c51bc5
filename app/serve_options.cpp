#include "app/serve_options.h"

#include "core/base/geo.h"
#include "core/base/text.h"
#include "core/project/sam_import.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace app {

namespace {

using core::ErrorKind;
using core::Result;

tl::unexpected<core::Error> usage(const std::string& message)
{
    return core::fail(ErrorKind::Invalid, "Usage", message);
}

Result<std::uint16_t> readPort(const std::string& text)
{
    const auto number = core::parseInteger(text);
    if (!number || *number < 0 || *number > 65'535)
        return usage("--port takes a number from 0 to 65535, not '" + text + "'");
    return static_cast<std::uint16_t>(*number);
}

Result<std::string> readRegion(const std::string& text)
{
    if (!core::geo::findRegion(text))
        return usage("--region: '" + text
            + "' is no AWS region that Cloud Chamber knows, such as us-east-1 or eu-central-1");
    return text;
}

// A sample's name, or a folder with a template, which becomes its whole path.
Result<std::string> readSample(const std::string& text)
{
    const auto names = core::project::sampleNames();
    std::error_code ignored;
    if (std::find(names.begin(), names.end(), text) == names.end()) {
        if (std::filesystem::exists(core::project::templateIn(text), ignored))
            return std::filesystem::canonical(text, ignored).string();
        return usage(names.empty() ? "--sample: no samples are installed beside this program"
                                   : "--sample: there is no sample '" + text + "'; there are "
                    + core::join(names, ", ") + ", or name a folder with a template.yaml");
    }
    return text;
}

// Options with a value; false when `name` is not one of them.
Result<bool> readValued(const std::string& name, const std::string& value, ServeOptions& options)
{
    if (name == "--port") {
        CORE_TRY(options.chamber.port, readPort(value));
    } else if (name == "--data") {
        options.chamber.folder = value;
    } else if (name == "--host") {
        options.chamber.host = value;
    } else if (name == "--region") {
        CORE_TRY(options.chamber.region, readRegion(value));
    } else if (name == "--sample") {
        CORE_TRY(options.sample, readSample(value));
    } else {
        return false;
    }
    return true;
}

bool readSwitch(const std::string& name, ServeOptions& options)
{
    using core::store::Durability;
    if (name == "--memory")
        options.chamber.durability = Durability::Memory;
    else if (name == "--relaxed")
        options.chamber.durability = Durability::Relaxed;
    else if (name == "--verify-signatures")
        options.chamber.verifySignatures = true;
    else if (name == "--help" || name == "-h")
        options.help = true;
    else if (name == "--version")
        options.version = true;
    else
        return false;
    return true;
}

bool takesValue(const std::string& name)
{
    return name == "--port" || name == "--data" || name == "--host" || name == "--region"
        || name == "--sample";
}

}

Result<ServeOptions> parseServeOptions(const std::vector<std::string>& arguments)
{
    ServeOptions options;
    bool memory = false;
    bool relaxed = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& argument = arguments[i];
        const auto equals = argument.find('=');
        const auto name = argument.substr(0, equals);
        memory = memory || name == "--memory";
        relaxed = relaxed || name == "--relaxed";
        if (equals == std::string::npos && readSwitch(name, options))
            continue;
        if (!takesValue(name)) {
            ServeOptions ignored;
            return usage(readSwitch(name, ignored) ? name + " takes no value"
                                                   : "there is no option '" + argument + "'");
        }
        std::string value;
        if (equals != std::string::npos)
            value = argument.substr(equals + 1);
        else if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--"))
            value = arguments[++i];
        if (value.empty())
            return usage(name + " needs a value");
        CORE_TRY(const bool known, readValued(name, value, options));
        (void)known;
    }
    if (memory && relaxed)
        return usage("--memory and --relaxed exclude each other");
    if (memory && !options.chamber.folder.empty())
        return usage("--memory keeps nothing, so it takes no --data");
    if (!memory && options.chamber.folder.empty())
        options.chamber.folder = defaultChamberFolder();
    return options;
}

std::filesystem::path defaultChamberFolder()
{
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data && *data)
        return std::filesystem::path(data) / "cloudchamber" / "default.chamber";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / ".local/share/cloudchamber/default.chamber";
}

std::string serveHelp()
{
    return R"(Usage: cloudchamber serve [options]

Runs a chamber without a window: a small AWS on this machine, at one address, for
the AWS CLI, the AWS SDKs and plain HTTP. Ctrl-C ends it; what was acknowledged is kept.

Options:
  --port NUMBER         the port to listen on (4566); 0 takes a free one and prints it
  --host ADDRESS        the address to listen on (127.0.0.1, this machine only)
  --data DIR            the chamber's folder; made when there is none
                        ()"
        + defaultChamberFolder().string() + R"()
  --memory              keep everything in memory; nothing is left at the end
  --relaxed             write faster: a crash of the program loses nothing, a power cut may lose the last moments
  --region NAME         the region of requests that name none (us-east-1)
  --sample NAME         load a sample, or the SAM template of a folder, unless the chamber has it already ()"
        + core::join(core::project::sampleNames(), ", ") + R"()
  --verify-signatures   refuse requests not signed with the secret 'test' of the access key 'test' or an account's id
  --version             print the version and end
  --help, -h            print this text and end

Its own pages: /_chamber/health, /_chamber/tracks, /_chamber/clock, /_chamber/reset.
)";
}

}
