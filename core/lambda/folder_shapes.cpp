#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

// Own actions that take code from a folder of this computer.
namespace core::lambda::shapes {

namespace {

using aws::Member;
using aws::Shape;

constexpr Member kFolderMember{"Folder", &aws::kString, true};
constexpr Member kOwnCreateFromFolderMembers[] = {
    kFolderMember, {"Function", &aws::kDocument, true}, // what CreateFunction takes, without Code
};
constexpr Member kOwnUpdateFromFolderMembers[] = {
    kNameMember,
    kFolderMember,
    {"Publish", &aws::kBoolean},
};

}

const Shape kOwnCreateFromFolder{.members = kOwnCreateFromFolderMembers};
const Shape kOwnUpdateFromFolder{.members = kOwnUpdateFromFolderMembers};

}
