#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::apigateway::openapi {

// One view of OpenAPI 3.0 and Swagger 2.0. Pointers lead into the document that the Definition owns; none is
// null unless said.

using Node = nlohmann::ordered_json;

struct DefinedSchema {
    std::string contentType;
    const Node* schema; // null when the document says none
};

struct DefinedParameter {
    std::string place; // "path", "querystring", "header"; "formData", "cookie", which API Gateway has not
    std::string name;
    bool required = false;
    const Node* source;
};

struct DefinedResponse {
    std::string status; // as written: "200", "default", "2XX"
    std::vector<std::string> headers;
    std::vector<DefinedSchema> content;
    const Node* source;
};

struct DefinedOperation {
    std::string path; // as in `paths`
    std::string method; // "GET" … "ANY"
    std::vector<DefinedParameter> parameters; // the path's too
    std::vector<DefinedSchema> bodies;
    std::string bodyName; // Swagger's name of the body parameter
    std::string bodyDescription;
    bool bodyRequired = false;
    std::vector<DefinedResponse> responses;
    const Node* source;
};

struct DefinedPath {
    std::string path;
    const Node* source;
};

using NamedNodes = std::vector<std::pair<std::string, const Node*>>;

// A document that was read and looked through. What is odd but not wrong is a warning.
class Definition {
public:
    // Errors are AWS's.
    static Result<Definition> read(Node document);
    ~Definition();
    Definition(Definition&&) noexcept;
    Definition& operator=(Definition&&) noexcept;

    bool isSwagger() const { return m_isSwagger; }
    const Node& root() const { return *m_root; }
    // A member of the document; null when it is not there or of another type.
    const Node* object(std::string_view name) const;
    const Node* list(std::string_view name) const;
    std::string text(std::string_view name) const;

    // What a $ref in this document names; the node itself when it is no reference, null when it leads
    // nowhere.
    const Node* resolve(const Node& node) const;
    // The name of the model that a schema refers to; "" when it refers to none.
    std::string modelName(const Node& schema) const;

    std::string basePath() const; // "/a/b", "" for none
    // x-amazon-apigateway-endpoint-configuration, which OpenAPI 3.0 has at its first server and Swagger 2.0
    // at the root; null when there is none.
    const Node* endpointConfiguration() const;
    const NamedNodes& schemas() const { return m_schemas; }
    const NamedNodes& securitySchemes() const { return m_securitySchemes; }
    const std::vector<DefinedPath>& paths() const { return m_paths; }
    const std::vector<DefinedOperation>& operations() const { return m_operations; }
    const std::vector<std::string>& warnings() const { return m_warnings; }

private:
    Definition();

    void readComponents();
    Result<> readPaths();
    void readPath(const std::string& path, const Node& item);
    void readParameters(DefinedOperation& operation, const Node& list);
    void addParameter(DefinedOperation& operation, const Node& parameter);
    void readBody(DefinedOperation& operation);
    void readResponses(DefinedOperation& operation);
    void readContent(DefinedResponse& response, const DefinedOperation& operation);
    std::vector<std::string> contentTypes(const DefinedOperation& operation, const char* name) const;

    std::unique_ptr<Node> m_root;
    bool m_isSwagger = false;
    NamedNodes m_schemas;
    NamedNodes m_securitySchemes;
    std::vector<DefinedPath> m_paths;
    std::vector<DefinedOperation> m_operations;
    std::vector<std::string> m_warnings;
};

// Members of any node.
const Node* childObject(const Node& node, std::string_view name);
const Node* childList(const Node& node, std::string_view name);
// Texts as they are, numbers and booleans as they are written, "" for all else.
std::string scalarText(const Node& node);
std::string childText(const Node& node, std::string_view name);
bool childFlag(const Node& node, std::string_view name);

}
