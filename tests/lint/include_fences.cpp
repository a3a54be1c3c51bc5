#include "tests/lint/include_fences.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace tests {

namespace {

// From the ground up. Those of one layer do not know each other; a folder without a row of its own is a
// service in core, and an area in ui.
enum class Layer { Base, Transport, Aws, Service, Chamber, Kit, Bridge, Shell, Area, Workbench, App, Tests };

constexpr std::pair<std::string_view, Layer> kLayers[] = {
    {"core/base/", Layer::Base},
    {"core/trace/", Layer::Transport},
    {"core/http/", Layer::Transport},
    {"core/store/", Layer::Transport},
    {"core/aws/", Layer::Aws},
    {"core/chamber/", Layer::Chamber},
    {"core/", Layer::Service},
    {"ui/kit/", Layer::Kit},
    {"ui/bridge/", Layer::Bridge},
    {"ui/code/", Layer::Bridge},
    {"ui/shell/", Layer::Shell},
    {"ui/editors", Layer::Workbench},
    {"ui/", Layer::Area},
    {"app/", Layer::App},
    {"tests/", Layer::Tests},
};

// Heavy headers stay where they are: on two cores, each place more costs minutes.
struct Fence {
    std::string_view home; // what begins so may include it
    bool (*holds)(std::string_view target);
    std::string_view rule;
};

bool isAsio(std::string_view target)
{
    return target.starts_with("boost/asio") || target.starts_with("boost/beast");
}

bool isQtCharts(std::string_view target)
{
    return target.starts_with("QtCharts") || target.starts_with("QChart")
        || (target.starts_with('Q') && (target.ends_with("Series") || target.ends_with("Axis")));
}

constexpr Fence kFences[] = {
    {"core/http/detail/", isAsio, "Beast and Asio stay in core/http/detail"},
    {"core/store/", [](std::string_view target) { return target == "sqlite3.h"; },
        "sqlite3.h stays in core/store"},
    {"core/dynamodb/json_access.h", [](std::string_view target) { return target.starts_with("simdjson"); },
        "simdjson stays in DynamoDB's json_access.h"},
    {"ui/code/", [](std::string_view target) { return target.starts_with("Qsci"); },
        "QScintilla stays in ui/code"},
    {"ui/kit/", isQtCharts, "Qt Charts stay in ui/kit"},
};

std::pair<std::string_view, Layer> layerOf(std::string_view path)
{
    const auto row = std::find_if(std::begin(kLayers), std::end(kLayers),
        [&](const auto& known) { return path.starts_with(known.first); });
    return row == std::end(kLayers) ? std::pair(std::string_view(), Layer::Base) : *row;
}

// "core/sns" of "core/sns/actions/topics.cpp", "app" of "app/main.cpp".
std::string_view folderOf(std::string_view path)
{
    const auto first = path.find('/');
    const auto second = path.find('/', first + 1);
    return path.substr(0, second == std::string_view::npos ? first : second);
}

std::string_view brokenLayer(const IncludeLine& line)
{
    const auto [home, its] = layerOf(line.file);
    const auto [prefix, other] = layerOf(line.target);
    if (prefix.empty() || other < its || folderOf(line.file) == folderOf(line.target) || its == Layer::Tests)
        return {};
    if (its == Layer::Service && other == Layer::Service)
        return "a service never includes another service: it calls it through aws::Caller";
    if (its == Layer::Area && other == Layer::Area)
        return "an area never includes another area: it asks the shell to open things";
    return "app, ui, core/chamber, services, core/aws, {trace, http, store}, core/base: what stands left "
           "includes what stands right of it, and in ui areas, shell, {bridge, code}, kit";
}

std::string_view brokenFence(const IncludeLine& line)
{
    if (line.quoted && layerOf(line.target).first.empty() && !line.target.ends_with(".moc"))
        return "sources are included by their paths from the root";
    if (line.file.starts_with("core/") && !line.quoted && line.target.starts_with('Q'))
        return "there is no Qt in core";
    for (const auto& fence : kFences) {
        if (fence.holds(line.target) && !line.file.starts_with(fence.home))
            return fence.rule;
    }
    return brokenLayer(line);
}

bool isJson(const IncludeLine& line)
{
    return line.target.starts_with("nlohmann/") && line.target != "nlohmann/json_fwd.hpp"
        && !line.file.starts_with("tests/");
}

std::string told(const IncludeLine& line, std::string_view rule)
{
    return line.file + ':' + std::to_string(line.line) + ": includes " + line.target + ": "
        + std::string(rule);
}

}

std::vector<std::string> brokenFences(const std::vector<IncludeLine>& lines)
{
    // A template or a value of JSON cannot do without: such a header is for .cpp files, where it costs one.
    std::set<std::string> jsonHeaders;
    for (const auto& line : lines) {
        if (line.isInHeader() && isJson(line))
            jsonHeaders.insert(line.file);
    }
    std::vector<std::string> broken;
    for (const auto& line : lines) {
        if (const auto rule = brokenFence(line); !rule.empty())
            broken.push_back(told(line, rule));
        if (line.isInHeader() && jsonHeaders.contains(line.target))
            broken.push_back(told(line,
                "nlohmann/json.hpp is for .cpp files (headers take json_fwd.hpp): a header that has it is "
                "included by .cpp files alone"));
    }
    return broken;
}

}
