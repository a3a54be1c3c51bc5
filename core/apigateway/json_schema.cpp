#include "core/apigateway/json_schema.h"

#include "core/apigateway/schema_references.h"
#include "core/aws/json_text.h"

#include <boost/regex.hpp>
#include <nlohmann/json.hpp>

// All of the standard's headers that the library includes, before their namespace gets another name there.
#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

// What the library takes for std: its std::regex backtracks for ever on "^(a+)+$", Boost's gives up.
namespace bounded_std {

using namespace ::std;

class regex : public boost::regex {
public:
    explicit regex(const ::std::string& pattern)
        : boost::regex(pattern, boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s)
    {
    }
};
using boost::regex_match;
using boost::regex_search;
using boost::smatch;

}

// The library predates some of our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wextra"
#define VALIJSON_USE_EXCEPTIONS 1
#define std bounded_std
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#undef std
#pragma GCC diagnostic pop

namespace core::apigateway {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;
using nlohmann::json;

constexpr std::size_t kMaxMatched = 8192;
constexpr std::size_t kMaxShown = 20; // violations that are told

bool hasLongText(const json& value)
{
    if (value.is_string())
        return value.get_ref<const std::string&>().size() > kMaxMatched;
    if (!value.is_structured())
        return false;
    for (const auto& [key, child] : value.items()) {
        if (key.size() > kMaxMatched || hasLongText(child))
            return true;
    }
    return false;
}

std::string described(const valijson::ValidationResults::Error& error)
{
    std::string place;
    for (const auto& part : error.context)
        place += part;
    return error.description + " (" + place + ")";
}

// The documents that references lead to, for as long as the schema is read from them.
class Documents {
public:
    explicit Documents(const SchemaSource& source)
        : m_source(source)
    {
    }
    const json* fetch(const std::string& uri)
    {
        if (const auto known = m_documents.find(uri); known != m_documents.end())
            return known->second.get();
        const auto text = m_source(uri);
        if (!text)
            return nullptr;
        m_hasPatterns = m_hasPatterns || text->find("pattern") != std::string::npos;
        auto parsed = aws::parseJson(*text);
        if (!parsed)
            return nullptr;
        const auto added = m_documents.emplace(uri, std::make_unique<json>(*std::move(parsed)));
        return added.first->second.get();
    }
    bool hasPatterns() const { return m_hasPatterns; }

private:
    const SchemaSource& m_source;
    std::map<std::string, std::unique_ptr<json>> m_documents;
    bool m_hasPatterns = false;
};

std::vector<std::string> validate(const valijson::Schema& schema, const json& document)
{
    valijson::Validator validator;
    valijson::ValidationResults results;
    std::vector<std::string> found;
    if (validator.validate(schema, Adapter(document), &results))
        return found;
    valijson::ValidationResults::Error error;
    while (found.size() < kMaxShown && results.popError(error))
        found.push_back(described(error));
    if (found.empty())
        found.emplace_back("The document does not match the schema");
    return found;
}

}

Result<std::vector<std::string>> violations(
    const std::string& schemaText, const std::string& documentText, const SchemaSource& source)
{
    CORE_TRY(const auto schemaJson, aws::parseJson(schemaText));
    const auto document = aws::parseJson(documentText);
    if (!document)
        return std::vector<std::string>{"The body is no JSON: " + document.error().message};
    try {
        Documents documents(source);
        const auto fetch = [&](const std::string& uri) { return documents.fetch(uri); };
        // The library would follow references in a circle for ever.
        CORE_CHECK(checkReferences(schemaJson, fetch));
        valijson::Schema schema;
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
        parser.populateSchema(Adapter(schemaJson), schema, fetch, [](const json*) {});
        if ((documents.hasPatterns() || schemaText.find("pattern") != std::string::npos)
            && hasLongText(*document))
            return std::vector<std::string>{
                "A text is longer than the 8,192 characters that patterns are matched on"};
        return validate(schema, *document);
    } catch (const boost::regex_error& problem) {
        if (problem.code() == boost::regex_constants::error_complexity
            || problem.code() == boost::regex_constants::error_stack)
            return std::vector<std::string>{"A text takes too long to match with a pattern"};
        return fail(ErrorKind::Invalid, "InvalidSchema", problem.what());
    } catch (const std::exception& problem) {
        return fail(ErrorKind::Invalid, "InvalidSchema", problem.what());
    }
}

SchemaSource modelSource(const std::map<std::string, Model>& models)
{
    return [&models](const std::string& uri) -> std::optional<std::string> {
        constexpr std::string_view kModels = "/models/";
        const auto at = uri.rfind(kModels);
        if (at == std::string::npos)
            return std::nullopt;
        const auto found = models.find(uri.substr(at + kModels.size()));
        return found == models.end() ? std::nullopt : std::optional(found->second.schema);
    };
}

}
