#include "tests/support/temp_chamber.h"

#include "core/chamber/chamber_file.h"
#include "core/http/client.h"

#include <QtGlobal>

namespace tests {

using namespace core;

TempChamber::TempChamber(TempChamberOptions options)
    : m_options(options)
{
    if (options.paused) {
        std::filesystem::create_directories(folder());
        const auto written = chamber::ChamberFile(folder()).write("test", {options.now, 1, true});
        if (!written)
            qFatal("%s", written.error().message.c_str());
    }
    reopen();
}

void TempChamber::reopen()
{
    m_chamber.reset();
    chamber::ChamberOptions options;
    options.folder = folder();
    options.durability = m_options.durability;
    options.port = 0;
    options.verifySignatures = m_options.verifySignatures;
    auto opened = chamber::Chamber::open(options);
    if (!opened)
        qFatal("%s", opened.error().message.c_str());
    m_chamber = *std::move(opened);
    if (!m_options.listening)
        return;
    if (const auto listening = m_chamber->listen(); !listening)
        qFatal("%s", listening.error().message.c_str());
}

http::Response TempChamber::send(http::Request request) const
{
    const auto url = http::Url::parse(endpoint() + request.target);
    if (!url)
        qFatal("%s: %s", request.target.c_str(), url.error().message.c_str());
    auto answer = http::send(*url, std::move(request), {.totalTimeout = 240 * kSecond});
    if (!answer)
        qFatal("no answer: %s", answer.error().message.c_str());
    return *std::move(answer);
}

http::Response TempChamber::get(const std::string& target) const
{
    http::Request request;
    request.target = target;
    return send(std::move(request));
}

http::Response TempChamber::post(const std::string& target, std::string body) const
{
    http::Request request;
    request.method = "POST";
    request.target = target;
    request.body = std::move(body);
    return send(std::move(request));
}

}
