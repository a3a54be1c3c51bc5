#include "core/apigateway/template_cache.h"

#include "core/apigateway/vtl/renderer.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxTemplates = 1000;

}

Result<std::shared_ptr<const vtl::Template>> TemplateCache::get(const std::string& text)
{
    {
        std::lock_guard guard(m_mutex);
        if (const auto found = m_templates.find(text); found != m_templates.end())
            return found->second;
    }
    CORE_TRY(auto parsed, vtl::Template::parse(text));
    auto shared = std::make_shared<const vtl::Template>(std::move(parsed));
    std::lock_guard guard(m_mutex);
    if (m_templates.size() >= kMaxTemplates)
        m_templates.clear();
    m_templates.emplace(text, shared);
    return shared;
}

}
