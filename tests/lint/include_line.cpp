#include "tests/lint/include_line.h"

#include "tests/support/places.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

namespace tests {

namespace {

std::optional<std::pair<std::string, bool>> targetOf(const std::string& text)
{
    constexpr const char* kBlanks = " \t";
    auto at = text.find_first_not_of(kBlanks);
    if (at == std::string::npos || text[at] != '#')
        return std::nullopt;
    at = text.find_first_not_of(kBlanks, at + 1);
    constexpr std::string_view kWord = "include";
    if (at == std::string::npos || text.compare(at, kWord.size(), kWord) != 0)
        return std::nullopt;
    const auto open = text.find_first_not_of(kBlanks, at + kWord.size());
    if (open == std::string::npos || (text[open] != '"' && text[open] != '<'))
        return std::nullopt;
    const bool quoted = text[open] == '"';
    const auto close = text.find(quoted ? '"' : '>', open + 1);
    if (close == std::string::npos)
        return std::nullopt;
    return std::pair(text.substr(open + 1, close - open - 1), quoted);
}

void readInto(std::vector<IncludeLine>& lines, const std::filesystem::path& path, const std::string& name)
{
    std::ifstream file(path);
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
        if (auto target = targetOf(text))
            lines.push_back({name, line, std::move(target->first), target->second});
    }
}

}

std::vector<IncludeLine> includeLines()
{
    std::vector<IncludeLine> lines;
    const std::filesystem::path root = places::source("");
    for (const char* folder : {"app", "core", "ui", "tests"}) {
        for (auto entry = std::filesystem::recursive_directory_iterator(root / folder);
             entry != std::filesystem::recursive_directory_iterator(); ++entry) {
            const auto& path = entry->path();
            if (path.filename() == "node_modules")
                entry.disable_recursion_pending();
            else if (path.extension() == ".h" || path.extension() == ".cpp")
                readInto(lines, path, path.lexically_relative(root).generic_string());
        }
    }
    std::sort(lines.begin(), lines.end(), [](const IncludeLine& left, const IncludeLine& right) {
        return std::pair(left.file, left.line) < std::pair(right.file, right.line);
    });
    return lines;
}

}
