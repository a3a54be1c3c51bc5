#include "core/apigateway/openapi/yaml_text.h"

#include "core/apigateway/openapi/tree_builder.h"
#include "core/base/text.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <streambuf>

namespace core::apigateway::openapi {

namespace {

// Ends yaml-cpp's parser from within.
struct Refused {
    std::string why;
};

std::optional<double> number(const std::string& text)
{
    const bool plausible = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    });
    double value = 0;
    const auto* begin = text.data() + (plausible && text[0] == '+' ? 1 : 0);
    const auto [end, problem] = std::from_chars(begin, text.data() + text.size(), value);
    if (!plausible || problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// A plain scalar by YAML 1.2's core schema; what has a tag of its own, or quotes, is text.
Tree scalarOf(const std::string& tag, const std::string& text)
{
    if (tag != "?" && !tag.empty())
        return text;
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return nullptr;
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    const bool leadingZero = text.size() > 1 && text[0] == '0' && text[1] != '.';
    if (leadingZero)
        return text;
    if (const auto whole = parseInteger(text))
        return *whole;
    if (const auto real = number(text))
        return *real;
    return text;
}

// Builds the tree from events rather than yaml-cpp's own nodes, so that what an alias repeats is counted
// before it is copied.
class Events final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, nullptr, anchor); }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
        const std::string& text) override
    {
        if (wantsKey()) {
            remember(anchor, {{Event::Kind::Value, text}});
            key(mark, text);
            return;
        }
        scalar(mark, scalarOf(tag, text), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto known = m_anchors.find(anchor);
        if (known == m_anchors.end())
            throw Refused{at(mark) + "an alias that stands within what it names"};
        // The copy is let go of by the map when the same anchor is set again meanwhile.
        const auto events = known->second;
        for (const auto& event : *events)
            replay(mark, event);
    }

    void OnSequenceStart(
        const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, Event::Kind::List, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, Event::Kind::Object, anchor);
    }
    void OnMapEnd() override { close(); }

    TreeBuilder& builder() { return m_builder; }

private:
    struct Event {
        enum class Kind { Value, Key, Object, List, End };
        Kind kind;
        Tree value;
    };
    using Recording = std::vector<Event>;

    struct Frame {
        bool isObject;
        bool wantsKey;
        YAML::anchor_t anchor;
    };

    static std::string at(const YAML::Mark& mark)
    {
        return "line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1) + ": ";
    }

    bool wantsKey() const
    {
        return !m_frames.empty() && m_frames.back().isObject && m_frames.back().wantsKey;
    }

    void check(const YAML::Mark& mark, bool fine)
    {
        if (!fine)
            throw Refused{at(mark) + m_builder.why()};
    }

    void remember(YAML::anchor_t anchor, Recording recording)
    {
        if (anchor)
            m_anchors[anchor] = std::make_shared<const Recording>(std::move(recording));
    }

    // What stands below an anchor is written down for its aliases; the sum of all is bounded as the tree is.
    void record(const YAML::Mark& mark, const Event& event)
    {
        for (auto& [anchor, recording] : m_recordings) {
            recording.push_back(event);
            if (++m_recorded > TreeBuilder::kMaxNodes)
                throw Refused{at(mark) + "too much stands below anchors"};
        }
    }

    void valueSeen()
    {
        if (!m_frames.empty() && m_frames.back().isObject)
            m_frames.back().wantsKey = true;
    }

    void key(const YAML::Mark& mark, const std::string& text)
    {
        record(mark, {Event::Kind::Key, text});
        check(mark, m_builder.key(text));
        m_frames.back().wantsKey = false;
    }

    void scalar(const YAML::Mark& mark, Tree value, YAML::anchor_t anchor)
    {
        if (wantsKey()) {
            key(mark, value.is_string() ? value.get<std::string>() : value.dump());
            return;
        }
        record(mark, {Event::Kind::Value, value});
        remember(anchor, {{Event::Kind::Value, value}});
        check(mark, m_builder.value(std::move(value)));
        valueSeen();
    }

    void open(const YAML::Mark& mark, typename Event::Kind kind, YAML::anchor_t anchor)
    {
        if (wantsKey())
            throw Refused{at(mark) + "a name that is no text"};
        if (anchor)
            m_recordings.emplace_back(anchor, Recording{});
        record(mark, {kind, nullptr});
        const bool isObject = kind == Event::Kind::Object;
        check(mark, isObject ? m_builder.startObject() : m_builder.startList());
        m_frames.push_back({isObject, isObject, anchor});
    }

    void close()
    {
        const YAML::Mark nowhere;
        record(nowhere, {Event::Kind::End, nullptr});
        const auto anchor = m_frames.back().anchor;
        m_frames.pop_back();
        check(nowhere, m_builder.end());
        if (anchor) {
            remember(anchor, std::move(m_recordings.back().second));
            m_recordings.pop_back();
        }
        valueSeen();
    }

    void replay(const YAML::Mark& mark, const Event& event)
    {
        switch (event.kind) {
        case Event::Kind::Value:
            return scalar(mark, event.value, 0);
        case Event::Kind::Key:
            return key(mark, event.value.get<std::string>());
        case Event::Kind::Object:
        case Event::Kind::List:
            return open(mark, event.kind, 0);
        case Event::Kind::End:
            return close();
        }
    }

    TreeBuilder m_builder;
    std::vector<Frame> m_frames;
    std::map<YAML::anchor_t, std::shared_ptr<const Recording>> m_anchors;
    std::vector<std::pair<YAML::anchor_t, Recording>> m_recordings; // of anchors that are open
    std::size_t m_recorded = 0;
};

// YAML's merge key: what "<<" names, a map or a list of maps, gives the members that the map itself has not.
// Moved, never copied, so that the tree does not grow.
void resolveMerges(Tree& node)
{
    for (auto& child : node) {
        if (child.is_structured())
            resolveMerges(child);
    }
    const auto found = node.is_object() ? node.find("<<") : node.end();
    if (found == node.end() || !found->is_structured())
        return;
    auto given = std::move(*found);
    node.erase("<<");
    auto sources = given.is_array() ? std::move(given) : Tree::array({std::move(given)});
    for (auto& source : sources) {
        if (!source.is_object())
            continue;
        for (auto& [name, value] : source.items()) {
            if (!node.contains(name))
                node[name] = std::move(value);
        }
    }
}

// The text as a stream without a copy of it.
class TextBuffer : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text)
    {
        auto* begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

}

Result<nlohmann::ordered_json> readYaml(std::string_view text)
{
    Events events;
    try {
        TextBuffer buffer(text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(events)) { }
    } catch (const Refused& refused) {
        return fail(ErrorKind::Invalid, "InvalidYaml", refused.why);
    } catch (const YAML::Exception& problem) {
        return fail(ErrorKind::Invalid, "InvalidYaml",
            "line " + std::to_string(problem.mark.line + 1) + ", column "
                + std::to_string(problem.mark.column + 1) + ": " + problem.msg);
    }
    auto tree = events.builder().take();
    if (tree.is_structured())
        resolveMerges(tree);
    return tree;
}

}
