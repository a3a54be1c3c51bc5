#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace core::apigateway::reference {

// An API's reference as one HTML file, made of its OpenAPI 3.0 definition with documentation and security
// schemes. It names nothing on the network and has no script; all that comes from the definition is escaped.
enum class Form {
    Page, // with its style sheet, light and dark as the reader has it
    Text, // the subset of HTML that QTextBrowser draws
};

struct Options {
    Form form = Form::Page;
    std::string stage; // "" for the API as it is edited
    std::string address; // what curl calls, "" for no examples
};

std::string write(const nlohmann::ordered_json& definition, const Options& options);

}
