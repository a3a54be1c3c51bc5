#pragma once

namespace core::apigateway::vtl {

// Counts one level more for as long as it lives.
class Level {
public:
    explicit Level(int& depth)
        : m_depth(depth)
    {
        ++m_depth;
    }
    ~Level() { --m_depth; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

private:
    int& m_depth;
};

}
