#include "core/apigateway/reference/html.h"

#include "core/base/text.h"

namespace core::apigateway::reference {

Html& Html::raw(std::string_view markup)
{
    m_html += markup;
    return *this;
}

Html& Html::text(std::string_view text)
{
    for (const char c : text) {
        if (c == '<')
            m_html += "&lt;";
        else if (c == '>')
            m_html += "&gt;";
        else if (c == '&')
            m_html += "&amp;";
        else if (c == '"')
            m_html += "&quot;";
        else
            m_html += c;
    }
    return *this;
}

Html& Html::open(std::string_view name, std::string_view style)
{
    m_html += '<';
    m_html += name;
    if (!style.empty()) {
        m_html += " class=\"";
        m_html += style;
        m_html += '"';
    }
    m_html += '>';
    return *this;
}

Html& Html::close(std::string_view name)
{
    m_html += "</";
    m_html += name;
    m_html += '>';
    return *this;
}

Html& Html::element(std::string_view name, std::string_view style, std::string_view content)
{
    return open(name, style).text(content).close(name);
}

Html& Html::prose(std::string_view given)
{
    std::string paragraph;
    const auto flush = [&] {
        if (!paragraph.empty())
            element("p", "prose", paragraph);
        paragraph.clear();
    };
    for (const auto line : split(given, '\n')) {
        const auto content = trimmed(line);
        if (content.empty()) {
            flush();
            continue;
        }
        // A list of Markdown's keeps its lines.
        if (content.starts_with("- ") || content.starts_with("* ")) {
            flush();
            paragraph = "• " + std::string(content.substr(2));
            continue;
        }
        if (!paragraph.empty())
            paragraph += ' ';
        paragraph += content;
    }
    flush();
    return *this;
}

std::string anchorOf(std::string_view text)
{
    std::string anchor;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            anchor += c;
        else if (!anchor.empty() && anchor.back() != '-')
            anchor += '-';
    }
    while (anchor.ends_with('-'))
        anchor.pop_back();
    return anchor;
}

}
