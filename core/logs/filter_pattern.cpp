#include "core/logs/filter_pattern.h"

#include "core/base/text.h"
#include "core/logs/errors.h"

#include <algorithm>

namespace core::logs {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Takes one term, quoted or bare, from the front of `rest`.
Result<std::string> takeTerm(std::string_view& rest)
{
    std::string term;
    if (rest.empty() || rest.front() != '"') {
        while (!rest.empty() && !isSpace(rest.front())) {
            term += rest.front();
            rest.remove_prefix(1);
        }
        return term;
    }
    rest.remove_prefix(1);
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() == '\\' && rest.size() > 1)
            rest.remove_prefix(1);
        term += rest.front();
        rest.remove_prefix(1);
    }
    if (rest.empty())
        return fail(errors::invalidParameter("Invalid filter pattern"));
    rest.remove_prefix(1);
    return term;
}

bool isIn(std::string_view message, const std::string& term)
{
    return message.find(term) != std::string_view::npos;
}

}

Result<FilterPattern> FilterPattern::parse(std::string_view text)
{
    auto rest = trimmed(text);
    if (!rest.empty() && (rest.front() == '[' || rest.front() == '%'))
        return fail(errors::invalidParameter("Filter patterns over columns and regular expressions are not "
                                             "supported: use terms, \"phrases\", ?any, -without, and "
                                             "{ $.member = value }."));
    FilterPattern pattern;
    if (rest.starts_with('{')) {
        CORE_TRY(pattern.m_json, JsonPattern::parse(rest));
        return pattern;
    }
    while (!rest.empty()) {
        auto* terms = &pattern.m_all;
        if (rest.front() == '?' || rest.front() == '-') {
            terms = rest.front() == '?' ? &pattern.m_any : &pattern.m_none;
            rest.remove_prefix(1);
        }
        CORE_TRY(auto term, takeTerm(rest));
        if (!term.empty())
            terms->push_back(std::move(term));
        rest = trimmed(rest);
    }
    // AWS: a pattern that mixes ?terms with others ignores the ?terms.
    if (!pattern.m_all.empty() || !pattern.m_none.empty())
        pattern.m_any.clear();
    return pattern;
}

bool FilterPattern::matches(std::string_view message) const
{
    if (m_json)
        return m_json->matches(message);
    const auto has = [message](const std::string& term) { return isIn(message, term); };
    return std::all_of(m_all.begin(), m_all.end(), has) && std::none_of(m_none.begin(), m_none.end(), has)
        && (m_any.empty() || std::any_of(m_any.begin(), m_any.end(), has));
}

}
