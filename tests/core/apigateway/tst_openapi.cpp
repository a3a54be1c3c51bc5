#include "core/apigateway/openapi/definition_text.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/core/apigateway/openapi_rounds.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <filesystem>

using namespace core::apigateway;
using nlohmann::json;
using Tree = nlohmann::ordered_json;

class TstOpenapi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void importExportImport_losesNothing_data();
    void importExportImport_losesNothing();
    void swaggerOfAnything_standsStill_data();
    void swaggerOfAnything_standsStill();
    void petstore_isWhatAwsMakesOfIt();
    void pets_areExportedAsAwsDoes();
    void basePath_isIgnoredPrependedOrSplit();
    void bareYamlValues_becomeLiterals();
    void errors_areToldTogether();
    void warnings_areAnswersOrErrors();
    void overwriting_keepsIdsAndDropsTheRest();
    void merging_keepsWhatIsThere();
    void security_becomesAuthorizersKeysAndScopes();
    void documentation_isInherited();
    void documents_areBounded_data();
    void documents_areBounded();
    void yaml_isReadAsItsCoreSchemaSays();
    void yaml_isWrittenAsItIsRead();
};

void TstOpenapi::importExportImport_losesNothing_data()
{
    QTest::addColumn<std::string>("document");
    QTest::addColumn<bool>("swagger");
    QTest::addColumn<bool>("yaml");
    const auto add = [](const std::string& name, const std::string& document, bool swaggerToo) {
        for (const bool swagger : {false, true}) {
            for (const bool yaml : {false, true}) {
                if (!swagger || swaggerToo)
                    QTest::addRow(
                        "%s as %s %s", name.c_str(), swagger ? "Swagger" : "OpenAPI", yaml ? "YAML" : "JSON")
                        << document << swagger << yaml;
            }
        }
    };
    const auto folder = std::filesystem::path(places::source("tests/core/apigateway/data/openapi"));
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    QVERIFY(names.size() >= 9);
    // Swagger 2.0 has one list of content types a method, and no examples of bodies by type.
    for (const auto& name : names)
        add(name, dataFile(name), name != "swagger-petstore-openapi.yaml");
    add("a large document", largeDocument(60), false);
    add("large YAML", largeYaml(140), true);
}

void TstOpenapi::importExportImport_losesNothing()
{
    QFETCH(std::string, document);
    QFETCH(bool, swagger);
    QFETCH(bool, yaml);
    auto first = imported(document);
    QCOMPARE(QString::fromStdString(first.error), QString());
    if (first.api.version.empty())
        first.api.version = core::apigateway::openapi::exportedVersion(first.api);
    const auto text = exported(first.api, swagger, yaml);
    const auto second = imported(text);
    QCOMPARE(QString::fromStdString(second.error), QString());
    QCOMPARE(imageOf(second.api), imageOf(first.api));
    const auto third = imported(exported(second.api, swagger, yaml));
    QCOMPARE(imageOf(third.api), imageOf(second.api));
}

void TstOpenapi::swaggerOfAnything_standsStill_data()
{
    QTest::addColumn<std::string>("document");
    QTest::newRow("petstore") << dataFile("swagger-petstore-openapi.yaml");
    QTest::newRow("large") << largeDocument(20);
}

// What Swagger 2.0 cannot say is lost once, not again and again.
void TstOpenapi::swaggerOfAnything_standsStill()
{
    QFETCH(std::string, document);
    const auto first = imported(document);
    const auto second = imported(exported(first.api, true, false));
    QCOMPARE(QString::fromStdString(second.error), QString());
    QCOMPARE(second.api.resources.size(), first.api.resources.size());
    QCOMPARE(second.api.models.size(), first.api.models.size());
    const auto third = imported(exported(second.api, true, true));
    QCOMPARE(imageOf(third.api), imageOf(second.api));
}

namespace {

const Resource& resourceAt(const RestApi& api, const std::string& path)
{
    for (const auto& [id, resource] : api.resources) {
        if (resource.path == path)
            return resource;
    }
    qFatal("there is no %s", path.c_str());
}

QStringList pathsOf(const RestApi& api)
{
    QStringList paths;
    for (const auto& [id, resource] : api.resources)
        paths.append(QString::fromStdString(resource.path));
    paths.sort();
    return paths;
}

QString lines(const std::vector<std::string>& texts)
{
    QString all;
    for (const auto& text : texts)
        all += QString::fromStdString(text) + "\n";
    return all;
}

const std::string kHead = R"({"openapi":"3.0.1","info":{"title":"x","version":"1"},)";

}

// Models, parameters and integrations as recorded from AWS.
void TstOpenapi::petstore_isWhatAwsMakesOfIt()
{
    const auto result = imported(dataFile("petstore-swagger.json"));
    QCOMPARE(lines(result.warnings), QString());
    const auto& api = result.api;
    QCOMPARE(QString::fromStdString(api.name), "PetStore");
    QCOMPARE(pathsOf(api), (QStringList{"/", "/pets", "/pets/{petId}"}));
    QCOMPARE(api.models.size(), 6UL);
    QCOMPARE(jsonText(json::parse(api.models.at("NewPet").schema)),
        jsonText({{"type", "object"},
            {"properties",
                {{"type",
                     {{"$ref", "https://apigateway.amazonaws.com/restapis/" + api.id + "/models/PetType"}}},
                    {"price", {{"type", "number"}}}}}}));
    const auto& pets = resourceAt(api, "/pets");
    const auto& get = pets.methods.at("GET");
    QCOMPARE(get.requestParameters,
        (std::map<std::string, bool>{
            {"method.request.querystring.page", false}, {"method.request.querystring.type", false}}));
    QCOMPARE(get.methodResponses.at("200").responseModels, (StringMap{{"application/json", "Pets"}}));
    QCOMPARE(get.integration->connectionType, "INTERNET");
    QCOMPARE(get.integration->cacheNamespace, pets.id);
    QCOMPARE(get.integration->passthroughBehavior, "WHEN_NO_MATCH");
    const auto& create = pets.methods.at("POST");
    QCOMPARE(create.operationName, "CreatePet");
    QCOMPARE(create.requestModels, (StringMap{{"application/json", "NewPet"}}));
    const auto& options = pets.methods.at("OPTIONS");
    QCOMPARE(options.integration->type, IntegrationType::Mock);
    QVERIFY(options.integration->httpMethod.empty() && options.integration->connectionType.empty());
    QCOMPARE(resourceAt(api, "/pets/{petId}").methods.at("OPTIONS").requestParameters,
        (std::map<std::string, bool>{{"method.request.path.petId", true}}));
}

void TstOpenapi::pets_areExportedAsAwsDoes()
{
    auto api = imported(dataFile("pets.json")).api;
    api.id = "pets1";
    const auto tree =
        openapi::exportDefinition({api, api, "local", nullptr, {}}, {.swagger = true, .extensions = true});
    const auto integration = [](const std::string& path, const Tree& more) {
        Tree out{{"type", "http"}, {"httpMethod", "GET"},
            {"uri", "http://petstore-demo-endpoint.execute-api.com/petstore" + path},
            {"responses", {{"default", {{"statusCode", "200"}}}}}};
        out.update(more);
        out["passthroughBehavior"] = "when_no_match";
        return out;
    };
    const Tree ok{{"200", {{"description", "200 response"}}}};
    Tree expected{{"swagger", "2.0"},
        {"info", {{"title", "Simple PetStore (Swagger)"}, {"version", "1.0.0"}}},
        {"host", "pets1.execute-api.us-east-1.amazonaws.com"}, {"basePath", "/local"},
        {"schemes", {"https"}}};
    expected["paths"]["/pets"]["get"] = {
        {"responses", ok}, {"x-amazon-apigateway-integration", integration("/pets", Tree::object())}};
    expected["paths"]["/pets/{petId}"]["get"] = {
        {"parameters",
            Tree::array({{{"name", "petId"}, {"in", "path"}, {"required", true}, {"type", "string"}}})},
        {"responses", ok},
        {"x-amazon-apigateway-integration",
            integration("/pets/{id}",
                {{"requestParameters", {{"integration.request.path.id", "method.request.path.petId"}}}})}};
    expected["x-amazon-apigateway-binary-media-types"] = {"image/png", "image/jpg"};
    QCOMPARE(QString::fromStdString(tree.dump(1)), QString::fromStdString(expected.dump(1)));

    const auto plain = openapi::exportDefinition({api, api, "local", nullptr, {}}, {});
    const Tree servers =
        Tree::array({{{"url", "https://pets1.execute-api.us-east-1.amazonaws.com/{basePath}"},
            {"variables", {{"basePath", {{"default", "local"}}}}}}});
    QCOMPARE(QString::fromStdString(plain["servers"].dump()), QString::fromStdString(servers.dump()));
    const Tree answered{
        {"get", {{"responses", {{"200", {{"description", "200 response"}, {"content", Tree::object()}}}}}}}};
    QCOMPARE(QString::fromStdString(plain["paths"]["/pets"].dump()), QString::fromStdString(answered.dump()));
    QVERIFY(plain["components"].empty() && plain["components"].is_object());
    QVERIFY(!plain.contains("x-amazon-apigateway-binary-media-types"));
}

void TstOpenapi::basePath_isIgnoredPrependedOrSplit()
{
    const auto text = dataFile("openapi-basepath-url.yaml");
    const auto at = [&](const std::string& how) {
        openapi::ImportOptions options;
        options.basePath = how;
        return pathsOf(imported(text, options).api);
    };
    QCOMPARE(at("ignore"), (QStringList{"/", "/test"}));
    QCOMPARE(at("prepend"), (QStringList{"/", "/base-url", "/base-url/part", "/base-url/part/test"}));
    QCOMPARE(at("split"), (QStringList{"/", "/part", "/part/test"}));
    // A variable goes before the address; Swagger says it outright.
    openapi::ImportOptions prepend;
    prepend.basePath = "prepend";
    const std::string paths = R"("paths":{"/a":{}}})";
    const auto variable = kHead
        + R"("servers":[{"url":"https://x/{basePath}","variables":{"basePath":{"default":"v"}}}],)" + paths;
    QCOMPARE(pathsOf(imported(variable, prepend).api), (QStringList{"/", "/v", "/v/a"}));
    const auto swagger = R"({"swagger":"2.0","info":{"title":"x"},"basePath":"/b/",)" + paths;
    QCOMPARE(pathsOf(imported(swagger, prepend).api), (QStringList{"/", "/b", "/b/a"}));
}

void TstOpenapi::bareYamlValues_becomeLiterals()
{
    const auto api = imported(dataFile("openapi-basepath-url.yaml")).api;
    const auto& integration = *resourceAt(api, "/test").methods.at("GET").integration;
    QCOMPARE(integration.requestParameters.at("integration.request.header.nothing"), "'true'");
    QCOMPARE(integration.requestParameters.at("integration.request.header.double-single"), "'True'");
    const auto numbers = imported(dataFile("openapi-method-int.spec.yaml")).api;
    const auto& method = resourceAt(numbers, "/test").methods.at("GET");
    QVERIFY(method.methodResponses.contains("200"));
    QVERIFY(method.integration->integrationResponses.contains("200"));
}

void TstOpenapi::errors_areToldTogether()
{
    const auto result = imported(kHead + R"("paths":{
        "/a/{x}":{"get":{"responses":{},"x-amazon-apigateway-integration":{"type":"http","httpMethod":"GET","uri":"nothing"}}},
        "/a/{y}":{"get":{"responses":{}}},
        "/b":{"get":{"responses":{"200":{"description":"x","content":{"text/plain":{"schema":{"type":"string"}}}}},
              "x-amazon-apigateway-integration":{"type":"mock","timeoutInMillis":1}}}},
        "components":{"schemas":{"body_1":{"type":"object"},"Far":{"type":"object","properties":{"a":{"$ref":"https://example.com/x.json"}}}}}})");
    QCOMPARE(QString::fromStdString(result.error),
        QString(
            "Errors found during import:\n"
            "\tUnable to create model for 'body_1': Model name must be alphanumeric: body_1\n"
            "\tUnable to create model for 'Far': Invalid model specified: Validation Result: warnings : [], "
            "errors : [Model reference must be in canonical form]\n"
            "\tUnable to create resource at path '/a/{y}': A sibling ({x}) of this resource already has a "
            "variable path part -- only one is allowed\n"
            "\tUnable to put integration on 'GET' for resource at path '/a/{x}': Invalid HTTP endpoint "
            "specified for URI\n"
            "\tUnable to put integration on 'GET' for resource at path '/b': Timeout should be between 50 ms "
            "and 29000 ms\n"
            "Additionally, these warnings were found:\n"
            "\tUnsupported model type 'StringSchema' in 200 response to method 'GET /b'. Ignoring."));
    const std::pair<std::string, const char*> wrong[] = {{"[1]", "Invalid OpenAPI input."},
        {"{\"a\": 1", "Invalid OpenAPI input: the JSON is malformed at line 1"},
        {R"({"openapi":"3.1.0","info":{"title":"x"}})",
            "Invalid OpenAPI input: version 3.1.0 of OpenAPI is not supported"},
        {kHead + R"("paths":{"/x":{"get":{"x-amazon-apigateway-integration":7}}}})",
            "Errors found during import:\n\tUnable to parse API definition because of a malformed "
            "integration "
            "at path /x"}};
    for (const auto& [text, error] : wrong)
        QCOMPARE(QString::fromStdString(imported(text).error), QString(error));
}

void TstOpenapi::warnings_areAnswersOrErrors()
{
    const auto text = kHead
        + R"("paths":{"/x":{"get":{"parameters":[{"name":"c","in":"cookie"}],"responses":{"default":{"description":"x"},
        "200":{"description":"x","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Gone"}}}}}}}},
        "x-amazon-apigateway-colour":"red"})";
    const QString expected =
        "Ignoring parameter 'c' in cookie of method 'GET /x', which API Gateway has not\n"
        "Ignoring response 'default' of method 'GET /x': a method response has a status code "
        "of three digits\n"
        "Reference to model 'Gone' not found. Ignoring.\n"
        "Ignoring extension x-amazon-apigateway-colour, which REST APIs of Cloud Chamber do "
        "not have\n";
    const auto lenient = imported(text);
    QCOMPARE(QString::fromStdString(lenient.error), QString());
    QCOMPARE(lines(lenient.warnings), expected);
    openapi::ImportOptions strict;
    strict.failOnWarnings = true;
    QVERIFY(QString::fromStdString(imported(text, strict).error)
                .startsWith("Warnings found during import:\n\tIgnoring parameter 'c'"));
}

namespace {

core::Result<std::vector<std::string>> put(RestApi& api, const std::string& text, bool merge)
{
    const auto definition = openapi::Definition::read(openapi::readDefinition(text).value()).value();
    openapi::ImportOptions options;
    options.merge = merge;
    return openapi::importDefinition(api, definition, options);
}

}

void TstOpenapi::overwriting_keepsIdsAndDropsTheRest()
{
    auto api = imported(largeDocument(3)).api;
    const auto before = resourceAt(api, "/shop/Thing0").id;
    const auto model = api.models.at("Thing0").id;
    QVERIFY(put(api, largeDocument(1), false));
    QCOMPARE(pathsOf(api), (QStringList{"/", "/shop", "/shop/Thing0", "/shop/Thing0/{id}"}));
    QCOMPARE(resourceAt(api, "/shop/Thing0").id, before);
    QCOMPARE(api.models.at("Thing0").id, model);
    QCOMPARE(api.models.size(), 2UL); // and the inline list of a response
    QCOMPARE(imageOf(api), imageOf(imported(largeDocument(1)).api));
}

void TstOpenapi::merging_keepsWhatIsThere()
{
    auto api = imported(largeDocument(2)).api;
    const auto more = kHead
        + R"("paths":{"/shop/Thing0":{"get":{"operationId":"mine","responses":{}}},"/more":{"get":{"responses":{}}}},
        "x-amazon-apigateway-binary-media-types":["text/html"]})";
    QVERIFY(put(api, more, true));
    QCOMPARE(resourceAt(api, "/shop/Thing0").methods.at("GET").operationName, "mine");
    QVERIFY(resourceAt(api, "/shop/Thing0").methods.contains("POST"));
    QVERIFY(resourceAt(api, "/more").methods.contains("GET"));
    QCOMPARE(api.binaryMediaTypes, (std::vector<std::string>{"image/png", "*/*", "text/html"}));
    QCOMPARE(api.validators.size(), 2UL);
    QCOMPARE(QString::fromStdString(api.name), "x");
}

// As recorded: the scheme's header is where tokens come from; scopes are of user pools alone.
void TstOpenapi::security_becomesAuthorizersKeysAndScopes()
{
    const auto global = imported(dataFile("openapi.spec.global-auth.json")).api;
    QCOMPARE(global.authorizers.size(), 1UL);
    const auto& request = global.authorizers.begin()->second;
    QCOMPARE(request.type, "REQUEST");
    QCOMPARE(request.identitySource, "method.request.header.Custom-Authorization");
    QCOMPARE(request.ttl(), 300);
    const auto& any = resourceAt(global, "/echo/{data}").methods.at("ANY");
    QCOMPARE(any.authorizationType, "CUSTOM");
    QCOMPARE(any.authorizerId, request.id);
    QVERIFY(!any.apiKeyRequired);

    const auto api = imported(kHead
        + R"("security":[{"pool":["openid"]}],"paths":{"/a":{"get":{"responses":{},"security":[{"pool":["openid","email"]},{"key":[]}]},
        "put":{"responses":{},"security":[]},"post":{"responses":{},"security":[{"sigv4":[]}]},"delete":{"responses":{}}}},
        "components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Api-Key"},
        "sigv4":{"type":"apiKey","in":"header","name":"Authorization","x-amazon-apigateway-authtype":"awsSigv4"},
        "pool":{"type":"apiKey","in":"header","name":"X-Who","x-amazon-apigateway-authtype":"cognito_user_pools",
        "x-amazon-apigateway-authorizer":{"type":"cognito_user_pools","providerARNs":["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A"]}}}}})")
                         .api;
    const auto& methods = resourceAt(api, "/a").methods;
    QCOMPARE(methods.at("GET").authorizationType, "COGNITO_USER_POOLS");
    QCOMPARE(methods.at("GET").authorizationScopes, (std::vector<std::string>{"email", "openid"}));
    QVERIFY(methods.at("GET").apiKeyRequired);
    QCOMPARE(methods.at("PUT").authorizationType, "NONE");
    QCOMPARE(methods.at("POST").authorizationType, "AWS_IAM");
    QCOMPARE(methods.at("DELETE").authorizationScopes, (std::vector<std::string>{"openid"}));
    QCOMPARE(api.authorizers.begin()->second.identitySource, "method.request.header.X-Who");
}

void TstOpenapi::documentation_isInherited()
{
    auto api = imported(kHead
        + R"("paths":{"/a/b":{"get":{"responses":{"404":{"description":"404 response"}}},"put":{"responses":{"404":{"description":"404 response"}}}}},
        "x-amazon-apigateway-documentation":{"documentationParts":[
        {"location":{"type":"RESPONSE","path":"/","method":"*","statusCode":"404"},"properties":{"description":"Not here"}},
        {"location":{"type":"RESPONSE","path":"/a/b","method":"PUT","statusCode":"404"},"properties":{"description":"Gone"}},
        {"location":{"type":"METHOD","path":"/a","method":"GET"},"properties":{"summary":"of another path"}}]}})")
                   .api;
    const auto tree =
        openapi::exportDefinition({api, api, {}, &api.documentation.parts, {}}, {.documentation = true});
    const auto& item = tree["paths"]["/a/b"];
    QCOMPARE(item["get"]["responses"]["404"]["description"].get<std::string>(), "Not here");
    QCOMPARE(item["put"]["responses"]["404"]["description"].get<std::string>(), "Gone");
    QVERIFY(!item["get"].contains("summary"));
    QCOMPARE(tree["x-amazon-apigateway-documentation"]["documentationParts"].size(), 3UL);
}

void TstOpenapi::documents_areBounded_data()
{
    QTest::addColumn<std::string>("document");
    QTest::addColumn<QString>("why");
    std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c <= 'k'; ++c) {
        const std::string before(1, static_cast<char>(c - 1));
        bomb += std::string(1, c) + ": &" + c + " [";
        for (int i = 0; i < 10; ++i)
            bomb += "*" + before + ",";
        bomb += "]\n";
    }
    QTest::newRow("a bomb of aliases") << bomb << "line ";
    QTest::newRow("an alias within itself") << std::string("a: &a [*a]\n") << "an alias that stands within";
    QTest::newRow("deep JSON") << "{\"a\":" + std::string(300, '[') + std::string(300, ']') + "}"
                               << "it nests deeper";
    QTest::newRow("deep YAML") << "a: " + std::string(300, '[') + std::string(300, ']') << "it nests deeper";
    QTest::newRow("very deep YAML") << "a: " + std::string(100'000, '[') << "line ";
    std::string wide = "{";
    for (int i = 0; i < 6000; ++i)
        wide += (i ? ",\"" : "\"") + std::to_string(i) + "\":1";
    QTest::newRow("a wide object") << wide + "}"
                                   << "more than 5000 members";
    QTest::newRow("two documents") << std::string("a: 1\n---\nb: 2\n") << "more than one document";
    QTest::newRow("names that are no text") << std::string("? [a]\n: b\n") << "a name that is no text";
    QTest::newRow("broken YAML") << std::string("a: [1\nb: 2") << "line ";
    QTest::newRow("no text") << std::string("\xff\xfe") << "it is not UTF-8";
    QTest::newRow("too large") << std::string(7 * 1024 * 1024, ' ') << "larger than the allowed maximum";
}

void TstOpenapi::documents_areBounded()
{
    QFETCH(std::string, document);
    QFETCH(QString, why);
    const auto tree = openapi::readDefinition(document);
    QVERIFY(!tree);
    const auto message = QString::fromStdString(tree.error().message);
    QVERIFY2(message.contains(why), qPrintable(message));
    QCOMPARE(QString::fromStdString(tree.error().code), "BadRequestException");
}

void TstOpenapi::yaml_isReadAsItsCoreSchemaSays()
{
    const auto tree = openapi::readDefinition(R"(
plain: [1, -2, 1.5, 1e3, 007, true, False, null, ~, no, 2020-01-01, 1.2.3, '1', "true", !!str 5]
200: status
block: |
  two
  lines
empty:
anchored: &x {a: [b]}
again: *x
name: &name key
*name : by alias
a: 1
a: 2
)");
    QVERIFY2(tree, tree ? "" : tree.error().message.c_str());
    const std::string expected =
        R"({"plain":[1,-2,1.5,1000.0,"007",true,false,null,null,"no","2020-01-01","1.2.3","1","true","5"],)"
        R"("200":"status","block":"two\nlines\n","empty":null,"anchored":{"a":["b"]},"again":{"a":["b"]},)"
        R"("name":"key","key":"by alias","a":2})";
    QCOMPARE(QString::fromStdString(tree->dump()), QString::fromStdString(expected));
}

void TstOpenapi::yaml_isWrittenAsItIsRead()
{
    const Tree tree{{"text", "a \"quoted\"\nline\t\\ and \x7f \xc2\x85 \xe2\x80\xa8 ü"}, {"yes", "no"},
        {"200", 200}, {"", ""},
        {"- x",
            {{"deep", {{"list", {1, {{"a", 1}, {"b", Tree::array()}}, Tree::array({Tree::array({"x"})})}}}}}},
        {"null", nullptr}, {"empty", Tree::object()}, {"number", 1.5}, {"flag", true}, {"/path/{id}", "x"},
        {std::string(2000, 'k'), {{"a", 1}}}};
    const auto text = openapi::writeDefinitionYaml(tree);
    const auto read = openapi::readDefinition(text);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(QString::fromStdString(read->dump(1)), QString::fromStdString(tree.dump(1)));
    QVERIFY(text.starts_with("---\ntext: \""));
}

CHAMBER_SUITE(TstOpenapi, "tst_openapi")
#include "tst_openapi.moc"
