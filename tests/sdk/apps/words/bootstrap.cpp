// A function in C++ that is its own runtime, for provided.al2023: counts the words of {"text": "…"} and
// speaks the Runtime API with nothing but sockets. {"stream": true} streams the words, one a line.

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Answer {
    std::string head;
    std::string body;

    std::string header(std::string name) const
    {
        std::string lower = head;
        for (auto* text : {&lower, &name})
            std::transform(
                text->begin(), text->end(), text->begin(), [](unsigned char c) { return std::tolower(c); });
        const auto at = lower.find("\r\n" + name + ":");
        if (at == lower.npos)
            return {};
        const auto begin = head.find_first_not_of(' ', at + name.size() + 3);
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

class RuntimeApi {
public:
    explicit RuntimeApi(const std::string& address)
        : m_host(address.substr(0, address.find(':')))
        , m_port(address.substr(address.find(':') + 1))
    {
    }

    // One request on a connection of its own; the answer ends with it.
    Answer ask(const std::string& method, const std::string& path, const std::string& headers,
        const std::string& body) const
    {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (getaddrinfo(m_host.c_str(), m_port.c_str(), &wanted, &found) != 0)
            std::exit(2);
        const int socket = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
        if (connect(socket, found->ai_addr, found->ai_addrlen) != 0)
            std::exit(3);
        freeaddrinfo(found);
        send(socket,
            method + " /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: " + m_host
                + "\r\nConnection: close\r\n" + headers + "\r\n" + body);
        std::string text;
        char buffer[4096];
        for (ssize_t got = 0; (got = read(socket, buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(got));
        close(socket);
        const auto end = text.find("\r\n\r\n");
        return {text.substr(0, end + 2), end == text.npos ? "" : text.substr(end + 4)};
    }

    void post(const std::string& path, const std::string& headers, const std::string& body) const
    {
        ask("POST", path, headers + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
    }

private:
    static void send(int socket, const std::string& text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const auto put = write(socket, text.data() + at, text.size() - at);
            if (put <= 0)
                std::exit(4);
            at += static_cast<std::size_t>(put);
        }
    }

    std::string m_host;
    std::string m_port;
};

// The string behind "text", unescaped as far as words need it; false where there is none.
bool textOf(const std::string& event, std::string& text)
{
    const auto name = event.find("\"text\"");
    const auto begin = name == event.npos ? name : event.find('"', event.find(':', name));
    if (begin == event.npos)
        return false;
    for (auto at = begin + 1; at < event.size() && event[at] != '"'; ++at) {
        if (event[at] != '\\') {
            text += event[at];
            continue;
        }
        const char kind = event[++at];
        text += kind == 'n' || kind == 't' ? ' ' : kind;
    }
    return true;
}

std::vector<std::string> wordsOf(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

std::string chunksOf(const std::vector<std::string>& words)
{
    std::string text;
    char size[32];
    for (const auto& word : words) {
        std::snprintf(size, sizeof size, "%zx\r\n", word.size() + 1);
        text += size + word + "\n\r\n";
    }
    return text + "0\r\n\r\n";
}

void fail(const RuntimeApi& api, const std::string& path, const std::string& type, const std::string& message)
{
    api.post(path, "Lambda-Runtime-Function-Error-Type: " + type + "\r\n",
        "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\",\"stackTrace\":[]}");
}

}

int main()
{
    const RuntimeApi api(std::getenv("AWS_LAMBDA_RUNTIME_API"));
    if (!std::getenv("LONGEST")) {
        fail(api, "init/error", "Words.NotConfigured", "LONGEST is not set");
        return 1;
    }
    const auto longest = static_cast<std::size_t>(std::atoi(std::getenv("LONGEST")));
    for (int served = 1;; ++served) {
        const auto event = api.ask("GET", "invocation/next", "", "");
        const auto id = event.header("Lambda-Runtime-Aws-Request-Id");
        std::string text;
        if (!textOf(event.body, text)) {
            fail(api, "invocation/" + id + "/error", "Words.NoText", "The event has no text");
            continue;
        }
        const auto words = wordsOf(text);
        std::printf("counted %zu words of %s\n", words.size(),
            event.header("Lambda-Runtime-Invoked-Function-Arn").c_str());
        std::fflush(stdout);
        if (event.body.find("\"stream\"") != std::string::npos) {
            api.ask("POST", "invocation/" + id + "/response",
                "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n"
                "Content-Type: application/octet-stream\r\n",
                chunksOf(words));
            continue;
        }
        const auto over = std::count_if(
            words.begin(), words.end(), [&](const auto& word) { return word.size() > longest; });
        api.post("invocation/" + id + "/response", "",
            "{\"words\":" + std::to_string(words.size()) + ",\"long\":" + std::to_string(over)
                + ",\"served\":" + std::to_string(served) + "}");
    }
}
