#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace core::lambda {

inline constexpr std::uint64_t kMaxZipBytes = 50ull * 1024 * 1024;
inline constexpr std::uint64_t kMaxUnzippedBytes = 262'144'000;

// Unpacks a deployment package into `folder`, in place of what is there. Nothing is changed when the package
// is broken, too large, or has an entry that would lie outside the folder. Blocks; one caller a folder at a
// time.
Result<> unpackZip(std::string_view zip, const std::filesystem::path& folder);

// A package of all files below `folder`, the same bytes for the same files.
Result<std::string> packFolder(const std::filesystem::path& folder);

// A digest of names, modes and bytes of all files below `folder`: changes when, and only when, the code does.
std::string digestFolder(const std::filesystem::path& folder);

}
