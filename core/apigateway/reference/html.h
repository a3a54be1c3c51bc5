#pragma once

#include <string>
#include <string_view>

namespace core::apigateway::reference {

// Text put together with what came from outside always escaped.
class Html {
public:
    Html& raw(std::string_view markup); // of this program alone
    Html& text(std::string_view text);
    // <name class="style">text</name>
    Html& element(std::string_view name, std::string_view style, std::string_view text);
    Html& open(std::string_view name, std::string_view style = {});
    Html& close(std::string_view name);
    // Paragraphs of what a person wrote: an empty line parts them. Markup in it stays text.
    Html& prose(std::string_view text);

    std::string take() { return std::move(m_html); }
    std::size_t size() const { return m_html.size(); }

private:
    std::string m_html;
};

// Letters and digits that stand for any text in an address: "get-pets-petId".
std::string anchorOf(std::string_view text);

}
