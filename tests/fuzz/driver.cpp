#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// Takes libFuzzer's place for compilers without it: -max_total_time=<seconds> -seed=<n> -dict=<file> <folders
// and files of seeds>. Knows nothing of coverage; keeps some of what it made to mutate it further. The input
// that ends the program is left in ./failed-input; given as a file, it alone is run.

// Present when the program is sanitized.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr std::size_t kMaxInput = 4096;
constexpr std::size_t kMaxPool = 2000;

std::string current;

void saveCurrent()
{
    std::ofstream("failed-input", std::ios::binary) << current;
    std::fprintf(stderr, "the input is in ./failed-input (%zu bytes)\n", current.size());
}

void onAbort(int)
{
    saveCurrent();
    std::_Exit(1);
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// "token" a line, as libFuzzer's dictionaries; \" and \\ are the escapes.
std::vector<std::string> tokensOf(const std::string& path)
{
    std::vector<std::string> tokens;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto begin = line.find('"');
        const auto end = line.rfind('"');
        if (line.starts_with('#') || begin == end)
            continue;
        std::string token;
        for (auto at = begin + 1; at < end; ++at) {
            at += line[at] == '\\' ? 1U : 0U;
            token += line[at];
        }
        tokens.push_back(std::move(token));
    }
    return tokens;
}

class Mutator {
public:
    Mutator(unsigned seed, std::vector<std::string> tokens)
        : m_random(seed)
        , m_tokens(std::move(tokens))
    {
    }

    std::size_t upTo(std::size_t limit) { return m_random() % limit; }

    std::string mutated(const std::vector<std::string>& pool)
    {
        auto input = pool[upTo(pool.size())];
        for (auto times = 1 + upTo(4); times > 0; --times)
            mutateOnce(input, pool);
        input.resize(std::min(input.size(), kMaxInput));
        return input;
    }

private:
    void mutateOnce(std::string& input, const std::vector<std::string>& pool)
    {
        const auto at = upTo(input.size() + 1);
        const auto length = std::min(input.size() - at, 1 + upTo(8));
        switch (upTo(7)) {
        case 0:
            input.insert(at, 1, static_cast<char>(upTo(256)));
            break;
        case 1:
            input.erase(at, length);
            break;
        case 2:
            if (at < input.size())
                input[at] = static_cast<char>(input[at] ^ (1 << upTo(8)));
            break;
        case 3:
            input.insert(upTo(input.size() + 1), input.substr(at, length));
            break;
        case 4: {
            const auto& other = pool[upTo(pool.size())];
            const auto from = upTo(other.size() + 1);
            input = input.substr(0, at) + other.substr(from);
            break;
        }
        case 5:
            if (at < input.size() && input[at] >= '0' && input[at] <= '9')
                input[at] = static_cast<char>('0' + upTo(10));
            break;
        default:
            if (!m_tokens.empty())
                input.insert(at, m_tokens[upTo(m_tokens.size())]);
        }
    }

    std::mt19937 m_random;
    std::vector<std::string> m_tokens;
};

void run(const std::string& input)
{
    current = input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
}

struct Arguments {
    int seconds = 60;
    unsigned seed = std::random_device{}();
    std::vector<std::string> tokens;
    std::vector<std::string> seeds;
    bool oneFile = false;
};

Arguments readArguments(int count, char** values)
{
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string value = values[i];
        if (value.starts_with("-max_total_time="))
            arguments.seconds = std::stoi(value.substr(16));
        else if (value.starts_with("-seed="))
            arguments.seed = static_cast<unsigned>(std::stoul(value.substr(6)));
        else if (value.starts_with("-dict="))
            arguments.tokens = tokensOf(value.substr(6));
        else if (std::filesystem::is_directory(value))
            for (const auto& entry : std::filesystem::directory_iterator(value))
                arguments.seeds.push_back(contentOf(entry.path()));
        else {
            arguments.seeds.push_back(contentOf(value));
            arguments.oneFile = true;
        }
    }
    std::sort(arguments.seeds.begin(), arguments.seeds.end()); // the same order everywhere
    return arguments;
}

}

int main(int count, char** values)
{
    auto arguments = readArguments(count, values);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(saveCurrent);
    std::signal(SIGABRT, onAbort);
    for (const auto& seed : arguments.seeds)
        run(seed);
    if (arguments.oneFile)
        return 0;
    std::printf("-seed=%u, %zu seeds\n", arguments.seed, arguments.seeds.size());
    auto pool = std::move(arguments.seeds);
    pool.emplace_back();
    Mutator mutator(arguments.seed, std::move(arguments.tokens));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(arguments.seconds);
    std::size_t runs = 0;
    while (std::chrono::steady_clock::now() < end) {
        auto input = mutator.mutated(pool);
        run(input);
        ++runs;
        if (mutator.upTo(50) != 0)
            continue;
        if (pool.size() < kMaxPool)
            pool.push_back(std::move(input));
        else
            pool[pool.size() / 2 + mutator.upTo(pool.size() / 2)] = std::move(input);
    }
    std::printf("%zu inputs in %d s\n", runs, arguments.seconds);
    return 0;
}
