#include "core/logs/filter_pages.h"

#include "core/logs/log_names.h"

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::size_t kPage = 50;

}

FilterPage::FilterPage(std::string list, const json& input)
    : m_list(std::move(list))
    , m_prefix(input.value("filterNamePrefix", ""))
    , m_limit(input.value("limit", kPage))
{
}

bool FilterPage::take(const json& filter, std::string name)
{
    m_more = m_filters.size() == m_limit;
    if (m_more)
        return false;
    m_filters.push_back(filter);
    m_last = std::move(name);
    return true;
}

json FilterPage::output() const
{
    json output = {{m_list, m_filters}};
    if (m_more)
        output["nextToken"] = pageToken(m_last);
    return output;
}

}
