#pragma once

#include "core/apigateway/reference/reference.h"
#include "core/apigateway/reference/schema_tree.h"

namespace core::apigateway::reference {

// What the parts of one reference share.
struct Writing {
    const nlohmann::ordered_json& definition;
    const Options& options;
    SchemaTree schemas;
    Html html;

    bool isPage() const { return options.form == Form::Page; }
};

struct Operation {
    std::string path;
    std::string method; // "GET" … "ANY"
    const nlohmann::ordered_json& source;

    std::string anchor() const;
};

void writeOperation(Writing& writing, const Operation& operation);
// "API key in the header x-api-key": each thing that a caller must have.
std::vector<std::string> accessTexts(const nlohmann::ordered_json& definition, const Operation& operation);
// A command that calls it, or "" when there is no address.
std::string curlOf(const Writing& writing, const Operation& operation);

// An anchor that both browsers and QTextBrowser find.
void writeAnchor(Writing& writing, const std::string& anchor);
void writeSample(Writing& writing, const std::string& text);

}
