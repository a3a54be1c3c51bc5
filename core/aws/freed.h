#pragma once

namespace core::aws {

// The deleter of a std::unique_ptr to what a C library frees by a function: Freed<EVP_PKEY_free>.
template <auto Free> struct Freed {
    template <typename Thing> void operator()(Thing* thing) const { Free(thing); }
};

}
