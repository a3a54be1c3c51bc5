#pragma once

#include "core/aws/service.h"

#include <span>
#include <string>
#include <vector>

namespace core::aws {

// What law 4 asks for: each action and member with its fidelity, read from the tables that the requests are
// checked against. Our own actions (/_chamber/…) are not in it.
struct LedgerMember {
    std::string path; // "StreamSpecification.StreamEnabled"
    Fidelity fidelity = Fidelity::Exact;
    std::string note;
};

struct LedgerRow {
    std::string service;
    std::string action;
    Fidelity fidelity = Fidelity::Exact;
    std::string note;
    std::vector<LedgerMember> members;
};

std::string_view fidelityName(Fidelity fidelity); // "exact", "simplified", "unsupported"
std::vector<LedgerRow> ledgerOf(const Service& service);

// core/FIDELITY.md's table: a row an action, with the members that are not exact.
std::string ledgerMarkdown(std::span<Service* const> services);

// The README's: a row a service, with how many of its actions and their members are exact, simplified or
// unsupported; below it the actions by name.
std::string ledgerSummary(std::span<Service* const> services);

}
