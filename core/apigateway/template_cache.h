#pragma once

#include "core/base/result.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace core::apigateway::vtl {

class Template;

}

namespace core::apigateway {

// Parsed mapping templates by their text, so that a call parses none that another has met. Bounded: it starts
// anew when it is full. Any thread.
class TemplateCache {
public:
    // The error says where the template is no template; it is not kept.
    Result<std::shared_ptr<const vtl::Template>> get(const std::string& text);

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<const vtl::Template>> m_templates;
};

}
