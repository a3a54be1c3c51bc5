#include "core/aws/ledger.h"

#include "core/aws/protocol.h"

#include <array>

namespace core::aws {

namespace {

// Shapes may hold themselves (documents in documents): what repeats is not walked again.
constexpr int kDeepest = 12;

void walk(const Shape& shape, const std::string& path, int depth, std::vector<LedgerMember>& members)
{
    if (depth > kDeepest)
        return;
    for (const auto& member : shape.members) {
        const auto name = path.empty() ? std::string(member.name) : path + '.' + std::string(member.name);
        members.push_back({name, member.fidelity, std::string(member.note)});
        if (member.fidelity != Fidelity::Unsupported)
            walk(*member.shape, name, depth + 1, members);
    }
    if (shape.element)
        walk(*shape.element, path, depth + 1, members);
}

std::string escaped(std::string text)
{
    std::string out;
    for (const char c : text)
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

struct Counts {
    std::array<std::size_t, 3> of = {};

    void add(Fidelity fidelity) { ++of[static_cast<std::size_t>(fidelity)]; }
    std::string cells() const
    {
        return std::to_string(of[0]) + " | " + std::to_string(of[1]) + " | " + std::to_string(of[2]);
    }
};

std::string listOf(const LedgerRow& row, Fidelity fidelity)
{
    std::string text;
    for (const auto& member : row.members) {
        if (member.fidelity != fidelity)
            continue;
        text += text.empty() ? "" : ", ";
        text += '`' + member.path + '`';
        if (fidelity == Fidelity::Simplified && !member.note.empty())
            text += " (" + member.note + ')';
    }
    return escaped(text);
}

}

std::string_view fidelityName(Fidelity fidelity)
{
    switch (fidelity) {
    case Fidelity::Exact:
        return "exact";
    case Fidelity::Simplified:
        return "simplified";
    case Fidelity::Unsupported:
        break;
    }
    return "unsupported";
}

std::vector<LedgerRow> ledgerOf(const Service& service)
{
    std::vector<LedgerRow> rows;
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        const auto& action = service.action(i);
        if (isOwnAction(action))
            continue;
        LedgerRow row{std::string(service.id()), std::string(action.name), action.fidelity,
            std::string(action.note), {}};
        if (action.input)
            walk(*action.input, {}, 0, row.members);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string ledgerMarkdown(std::span<Service* const> services)
{
    std::string text = "| service | action | fidelity | simplified | unsupported |\n|---|---|---|---|---|\n";
    for (const auto* service : services) {
        for (const auto& row : ledgerOf(*service)) {
            text += "| " + row.service + " | " + row.action + " | " + std::string(fidelityName(row.fidelity));
            text += row.note.empty() ? "" : ": " + escaped(row.note);
            text += " | " + listOf(row, Fidelity::Simplified) + " | " + listOf(row, Fidelity::Unsupported)
                + " |\n";
        }
    }
    return text;
}

std::string ledgerSummary(std::span<Service* const> services)
{
    std::string table = "| service | actions: exact | simplified | unsupported | members: exact | simplified "
                        "| unsupported |\n"
                        "|---|--:|--:|--:|--:|--:|--:|\n";
    std::string lists;
    for (const auto* service : services) {
        const auto rows = ledgerOf(*service);
        if (rows.empty())
            continue;
        Counts actions;
        Counts members;
        std::string names;
        for (const auto& row : rows) {
            actions.add(row.fidelity);
            for (const auto& member : row.members)
                members.add(member.fidelity);
            names += names.empty() ? "" : ", ";
            names += row.action;
            names +=
                row.fidelity == Fidelity::Exact ? "" : " (" + std::string(fidelityName(row.fidelity)) + ")";
        }
        const auto id = "`" + std::string(service->id()) + "`";
        table += "| " + id + " | " + actions.cells() + " | " + members.cells() + " |\n";
        lists += "\n" + id + ": " + names + "\n";
    }
    return table + "\n<details><summary>All actions by name</summary>\n" + lists + "\n</details>\n";
}

}
