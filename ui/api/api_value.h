#pragma once

#include <nlohmann/json_fwd.hpp>

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

// REST APIs as the API area shows them: plain values, read from AWS's answers.
namespace ui::api {

struct ApiRow {
    QString id;
    QString name;
    QString description;
    friend bool operator==(const ApiRow&, const ApiRow&) = default;
};

// Mapped: of type AWS or HTTP, which templates map; shown, and edited elsewhere.
enum class IntegrationKind { None, Lambda, Http, Mock, Mapped };

// What answers a method. Only the fields of its kind are filled.
struct IntegrationValue {
    IntegrationKind kind = IntegrationKind::None;
    QString type; // Mapped: "AWS" or "HTTP"
    QString target; // Mapped: "dynamodb" or a host
    QString uri; // HTTP: the address
    QString httpMethod; // HTTP: as which method it is called
    QString function; // Lambda: "place-order"
    QString functionArn;
    int mockStatus = 200;
    int timeout = 29'000; // ms
    QStringList requestMappings; // "integration.request.path.id = method.request.path.id"; types of templates
    QStringList responseMappings; // "200", "404 for .*missing.*"
    friend bool operator==(const IntegrationValue&, const IntegrationValue&) = default;
};

struct MethodValue {
    QString httpMethod; // "GET", "ANY"
    QString authorizationType;
    bool apiKeyRequired = false;
    QString operationName;
    QString validatorId; // of the request validator, "" for none
    IntegrationValue integration;
    friend bool operator==(const MethodValue&, const MethodValue&) = default;
};

struct ResourceValue {
    QString id;
    QString parentId;
    QString path; // "/books/{isbn}"
    QString pathPart; // "{isbn}"; "" for the root
    QList<MethodValue> methods; // in the order of GET, POST, PUT, …
    friend bool operator==(const ResourceValue&, const ResourceValue&) = default;
};

struct StageValue {
    QString name;
    QString deploymentId;
    QDateTime deployed;
    QStringList routes; // "GET /books": what the deployment serves
    friend bool operator==(const StageValue&, const StageValue&) = default;
};

// A function that an integration may call.
struct FunctionRow {
    QString name;
    QString arn;
    friend bool operator==(const FunctionRow&, const FunctionRow&) = default;
};

// A place in the tree: a method of a path, or the path alone (`method` empty). Paths outlive ids.
struct Route {
    QString path;
    QString method;
    bool isMethod() const { return !method.isEmpty(); }
    QString text() const; // "GET /books", "/books"
    static Route of(const QString& text);
    friend bool operator==(const Route&, const Route&) = default;
};

ResourceValue resourceOf(const nlohmann::json& resource);
// Names in braces, in order: "/books/{isbn}" → isbn.
QStringList pathParameters(const QString& path);
// The resource and method that a path and method of a request reach, as the gateway matches them: fixed parts
// before {name} before {name+}; nothing when none does.
const MethodValue* matchRoute(const QList<ResourceValue>& resources, const QString& method,
    const QString& path, const ResourceValue** resource);
// The path below a new name: "/books/{isbn}" with "{id}" → "/books/{id}".
QString renamedPath(const QString& path, const QString& pathPart);
// Whether `path` is `top` or below it.
bool isAtOrBelow(const QString& path, const QString& top);

}
