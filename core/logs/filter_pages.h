#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace core::logs {

// One page of described filters, as a request's limit and filterNamePrefix want it.
class FilterPage {
public:
    // `list` is the answer's member.
    FilterPage(std::string list, const nlohmann::json& input);

    const std::string& prefix() const { return m_prefix; }
    // False when the page is full: the filter is not on it. `name` is what the next page's token names.
    bool take(const nlohmann::json& filter, std::string name);
    nlohmann::json output() const;

private:
    std::string m_list;
    std::string m_prefix;
    std::size_t m_limit;
    nlohmann::json m_filters = nlohmann::json::array();
    std::string m_last;
    bool m_more = false;
};

}
