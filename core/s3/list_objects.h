#pragma once

#include "core/store/store.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace core::s3 {

// Pages through ordered keys as ListObjects, ListObjectsV2 and ListMultipartUploads do. Pure: the keys come
// from a function.
struct ListQuery {
    std::string prefix = {};
    std::string delimiter = {}; // "" for none
    std::string after = {}; // keys beyond this one; "" from the start
    // Whether a group that `after` lies in was listed on an earlier page (a continuation token or a marker,
    // not start-after).
    bool groupSeen = false;
    std::size_t maxKeys = 1000;
};

struct ListEntry {
    std::string key; // or the common prefix
    std::string value; // "" for a group
    bool isGroup = false;
};

struct ListPage {
    std::vector<ListEntry> entries; // in key order
    bool truncated = false;

    const std::string& last() const { return entries.back().key; }
};

using KeyScan = std::function<void(const store::Range&, const store::Visitor&)>;

// A group is passed over in one step: the work grows with the entries of the page, not with the keys behind
// them.
ListPage listKeys(const KeyScan& scan, const ListQuery& query);

}
