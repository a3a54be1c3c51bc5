"""What API Gateway answered in LocalStack's tests, asked of the chamber.

python3 recorded_apigateway.py <cloudchamber>
"""

import ast
import base64
import http.server
import json
import os
import pathlib
import re
import sys
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

import chamber
import recorded
import remapped_headers

os.environ.update(chamber.ENVIRONMENT)

PROGRAM = sys.argv.pop(1)
RECORDS = recorded.found("apigateway.json") or {}
DATA = pathlib.Path(__file__).resolve().parent.parent / "core" / "apigateway" / "data" / "openapi"
FAKE = "test-fake-rest-id"
replays = {}
VOLATILE = "its answer is of an address, a network or a function that only the test's own account had"
EXCEPTIONS = {
}
HELD = {  # where what was recorded is held with the requests that it implies, which the names do not tell
    "tests/core/apigateway/tst_openapi.cpp": (
        "TestApiGatewayImportRestApi::test_import_and_validate_rest_api", "TestApiGatewayImportRestApi::test_import_with_cognito_auth_identity_source"),
}  # fmt: skip
EXCEPTIONS.update((name, "its requests are not in the record; its answers are held by " + place) for place, names in HELD.items() for name in names)


def replay(*names):
    def taken(program):
        replays.update((name, program) for name in names)
        return program

    return taken


def api(r, step=None, **more):
    members = {"name": "api", **more}
    return r.did(step, "CreateRestApi", **members) if step else r.call("CreateRestApi", **members)


def root_of(r, one):
    return one["rootResourceId"]


def resource(r, one, part="test", parent=None):
    return r.call("CreateResource", restApiId=one["id"], parentId=parent or one["rootResourceId"], pathPart=part)["id"]


def at(one, place=None, method="GET"):
    return {"restApiId": one["id"], "resourceId": place or one["rootResourceId"], "httpMethod": method}


def method(r, where, step=None, **more):
    members = {**where, "authorizationType": "NONE", **more}
    return r.did(step, "PutMethod", **members) if step else r.call("PutMethod", **members)


def mock(r, where):
    return r.call("PutIntegration", **where, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})


def patch(*operations):
    """(op, path, value) …; what is None is left out."""
    names = ("op", "path", "value", "from")
    return [{name: value for name, value in zip(names, one) if value is not None} for one in operations]


def deployed(r, step=None, **more):
    one = api(r)
    method(r, at(one))
    mock(r, at(one))
    members = {"restApiId": one["id"], **more}
    return one, (r.did(step, "CreateDeployment", **members) if step else r.call("CreateDeployment", **members))["id"]


def fetch(r, one, path, stage="local", body=None, verb="GET", **headers):
    url = f"{r.chamber.endpoint}/_aws/execute-api/{one['id']}/{stage}{path}"
    request = urllib.request.Request(url, body, {name.replace("_", "-"): value for name, value in headers.items()}, method=verb)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


# ---- APIs


@replay("TestApiGatewayApiRestApi::test_create_rest_api_verify_defaults")
def defaults(r):
    api(r, "create-with-edge-default", name="a", endpointConfiguration={"types": ["EDGE"]})
    api(r, "create-with-regional-default", name="b", endpointConfiguration={"types": ["REGIONAL"]})
    api(r, "create-with-private-default", name="c", endpointConfiguration={"types": ["PRIVATE"]})
    api(r, "create-with-empty-default", name="d")
    api(r, "create-with-empty-ip-address-type-and-wrong-type", endpointConfiguration={"types": ["wrong"]})


@replay("TestApiGatewayApiRestApi::test_create_rest_api_with_endpoint_configuration")
def endpoints(r):
    wrong = {"types": ["wrong"], "ipAddressType": "wrong"}
    for step, config in (
        ("create-with-invalid-ip-address-type", {"types": ["EDGE"], "ipAddressType": "wrong"}),
        ("create-with-invalid-types", {"types": ["wrong"], "ipAddressType": "ipv4"}),
        ("create-with-invalid-ip-address-type-and-types", wrong),
        ("create-with-invalid-types-and-ip-address-type", wrong),
        ("create-with-two-types", {"types": ["REGIONAL", "EDGE"]}),
        ("create-with-empty-types", {"types": []}),
        ("create-with-endpoint-config-dualstack", {"types": ["EDGE"], "ipAddressType": "dualstack"}),
        ("create-with-endpoint-config-regional", {"types": ["REGIONAL"], "ipAddressType": "ipv4"}),
    ):
        api(r, step, name=step, endpointConfiguration=config)
    api(r, "create-with-multiple-errors-1", description="", endpointConfiguration=wrong)
    api(r, "create-with-multiple-errors-2", description="", endpointConfiguration={"types": ["EDGE"]})


@replay("TestApiGatewayApiRestApi::test_get_api_case_insensitive")
def upper_case(r):
    # Recorded before APIs had an ipAddressType.
    made = r.check("create-rest-api", api(r, description="lower case api"), ["ipAddressType"])
    r.match.known["<upper-id>"] = made["id"].upper()
    r.did("get-api-upper-case", "GetRestApi", restApiId=made["id"].upper())


@replay("TestApiGatewayApiRestApi::test_update_rest_api_behaviour")
def updates(r):
    one = api(r, description="this is my api")
    for kind in ("add", "remove", "replace"):
        value = None if kind == "remove" else "image/jpeg"
        r.did(f"update-rest-api-{kind}-base-path", "UpdateRestApi", restApiId=one["id"], patchOperations=patch((kind, "/binaryMediaTypes", value)))
    r.did("update-rest-api-array", "UpdateRestApi", restApiId=one["id"], patchOperations=patch(("add", "/binaryMediaTypes/-", None)))


@replay("TestApiGatewayApiRestApi::test_update_rest_api_concatenation_of_errors")
def many_errors(r):
    one = api(r)
    for step, wanted in r.answers.items():
        count = int(wanted["Error"]["Message"].split()[0])
        r.did(step, "UpdateRestApi", restApiId=one["id"], patchOperations=patch(*[("wrong", "/endpointConfiguration/ipAddressType", "dualstack")] * count))


@replay("TestApiGatewayImportRestApi::test_put_rest_api_mode_binary_media_types")
def put_api(r):
    one = api(r, "create-rest-api", binaryMediaTypes=["image/heif"])
    r.did("get-rest-api", "GetRestApi", restApiId=one["id"])
    r.did("put-api", "PutRestApi", restApiId=one["id"], mode=r.parameter, body=(DATA / "pets.json").read_bytes())


@replay("test_export_swagger_openapi")
def export(r):
    one = r.did("import-api", "ImportRestApi", body=(DATA / "pets.json").read_bytes())
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")
    for step, more in (("get-export", {}), ("get-export-with-extensions", {"parameters": {"extensions": "apigateway"}})):
        given = r.call("GetExport", restApiId=one["id"], stageName="local", exportType="swagger", accepts="application/json", **more)
        given["body"] = given["body"].decode()
        r.check(step, given)


# ---- authorizers, documentation, validators


@replay("TestApiGatewayApiAuthorizer::test_authorizer_crud_no_api")
def no_authorizer(r):
    r.did("wrong-rest-api-id-create-authorizer", "CreateAuthorizer", restApiId=FAKE, name="a", type="TOKEN", identitySource="method.request.header.Authorization",
          authorizerUri=chamber.invocation_uri(f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:fn"))  # fmt: skip
    r.did("wrong-rest-api-id-get-authorizers", "GetAuthorizers", restApiId=FAKE)


@replay("TestAPIGateway::test_apigateway_with_custom_authorization_method")
def authorized(r):
    one = api(r)
    r.check("api-id", {"api_id": one["id"]})
    made = r.did("authorizer", "CreateAuthorizer", restApiId=one["id"], name="lambda_authorizer", type="TOKEN", identitySource="method.request.header.Auth",
                 authorizerUri=chamber.invocation_uri(f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:fn"))  # fmt: skip
    r.did("put-method-response", "PutMethod", **at(one), authorizationType="CUSTOM", authorizerId=made["id"], apiKeyRequired=True)


def part(r, step, one, **more):
    members = {"restApiId": one, "location": {"type": "API"}, "properties": '{"foo": "bar"}', **more}
    return r.did(step, "CreateDocumentationPart", **members) if step else r.call("CreateDocumentationPart", **members)


@replay("TestApiGatewayApiDocumentationPart::test_doc_parts_crud_no_api")
def no_parts(r):
    part(r, "wrong-rest-api-id-create-doc-part", FAKE)
    r.did("wrong-rest-api-id-get-doc-parts", "GetDocumentationParts", restApiId=FAKE)


@replay("TestApiGatewayApiDocumentationPart::test_invalid_create_documentation_part_operations")
def wrong_parts(r):
    part(r, "create_documentation_part_invalid_api_id", "api_id")
    part(r, "create_documentation_part_invalid_location_type", api(r)["id"], location={"type": "INVALID"})


@replay("TestApiGatewayApiDocumentationPart::test_invalid_delete_documentation_part")
def part_deleted(r):
    one = api(r)["id"]
    made = part(r, None, one)["id"]
    r.did("delete_documentation_part_wrong_api_id", "DeleteDocumentationPart", restApiId="api_id", documentationPartId=made)
    r.did("delete_documentation_part", "DeleteDocumentationPart", restApiId=one, documentationPartId=made)
    r.did("delete_already_deleted_documentation_part", "DeleteDocumentationPart", restApiId=one, documentationPartId=made)


@replay("TestApiGatewayApiDocumentationPart::test_invalid_get_documentation_part")
def no_part(r):
    one = api(r)["id"]
    made = part(r, None, one)["id"]
    r.did("get-documentation-part-invalid-api-id", "GetDocumentationPart", restApiId="api_id", documentationPartId=made)
    r.did("get-documentation-part-invalid-doc-id", "GetDocumentationPart", restApiId=one, documentationPartId="doc_id")


@replay("TestApiGatewayApiDocumentationPart::test_invalid_get_documentation_parts")
def no_api_of_parts(r):
    r.did("get-inavlid-documentation-parts", "GetDocumentationParts", restApiId="api_id")


@replay("TestDocumentations::test_documentation_parts_and_versions")
def documented(r):
    one = api(r)["id"]
    part(r, "create-part-response", one)
    r.did("get-parts-response", "GetDocumentationParts", restApiId=one)
    r.did("create-version-response", "CreateDocumentationVersion", restApiId=one, documentationVersion="v123")
    r.did("update-version-response", "UpdateDocumentationVersion", restApiId=one, documentationVersion="v123", patchOperations=patch(("replace", "/description", "doc version new")))
    r.did("get-version-response", "GetDocumentationVersion", restApiId=one, documentationVersion="v123")


@replay("TestApiGatewayApiRequestValidator::test_request_validator_lifecycle")
def validators(r):
    one = api(r, "create-rest-api", description="my api")["id"]
    made = {"restApiId": one, "requestValidatorId": r.did("create-request-validator", "CreateRequestValidator", restApiId=one, name="validator")["id"]}
    r.did("get-request-validators", "GetRequestValidators", restApiId=one)
    r.did("get-request-validator", "GetRequestValidator", **made)
    r.did("update-request-validator-with-value", "UpdateRequestValidator", **made, patchOperations=patch(("replace", "/validateRequestBody", "true")))
    r.did("update-request-validator-without-value", "UpdateRequestValidator", **made, patchOperations=patch(("replace", "/validateRequestBody", None)))
    r.did("get-request-validators-after-update-operation", "GetRequestValidator", **made)
    r.did("delete-request-validator", "DeleteRequestValidator", **made)
    r.did("get-deleted-request-validator", "GetRequestValidator", **made)
    r.did("get-request-validators-after-delete", "GetRequestValidators", restApiId=one)


@replay("TestApiGatewayApiRequestValidator::test_create_request_validator_invalid_api_id", "TestApiGatewayApiRequestValidator::test_validators_crud_no_api",
        "TestApiGatewayApiRequestValidator::test_invalid_get_request_validators")  # fmt: skip
def no_validators(r):
    for step in r.answers:
        one = FAKE if "wrong" in step else "api_id"
        if "create" in step:
            r.did(step, "CreateRequestValidator", restApiId=one, name="test")
        else:
            r.did(step, "GetRequestValidators", restApiId=one)


@replay("TestApiGatewayApiRequestValidator::test_invalid_delete_request_validator")
def validator_deleted(r):
    one = api(r)["id"]
    made = r.call("CreateRequestValidator", restApiId=one, name="test")["id"]
    r.did("delete-request-validator-invalid-api-id", "DeleteRequestValidator", restApiId="api_id", requestValidatorId=made)
    r.did("delete-request-validator-invalid-validator-id", "DeleteRequestValidator", restApiId=one, requestValidatorId="validator_id")


# ---- resources, methods, models


@replay("TestApiGatewayApiResource::test_create_resource_parent_invalid")
def no_parent(r):
    r.did("wrong-resource-parent-id", "CreateResource", restApiId=api(r)["id"], parentId="fake-resource-id", pathPart="pets")


@replay("TestApiGatewayApiResource::test_delete_resource")
def resource_deleted(r):
    one = api(r)
    parent = resource(r, one, "parent")
    child = resource(r, one, "child", parent)
    r.did("delete-resource", "DeleteResource", restApiId=one["id"], resourceId=parent)
    r.did("delete-subresource", "DeleteResource", restApiId=one["id"], resourceId=child)
    r.did("get-resources", "GetResources", restApiId=one["id"])


@replay("TestApiGatewayApiResource::test_update_resource_on_root")
def root(r):
    one = api(r)
    for step, path in (("update-root-path-part", "/pathPart"), ("update-root-parent", "/parentId")):
        r.did(step, "UpdateResource", restApiId=one["id"], resourceId=one["rootResourceId"], patchOperations=patch(("replace", path, "test")))


@replay("TestApiGatewayApiMethod::test_method_lifecycle")
def methods(r):
    where = at(api(r), method="ANY")
    method(r, where, "put-base-method-response")
    r.did("get-base-method-response", "GetMethod", **where)
    r.did("del-base-method-response", "DeleteMethod", **where)
    r.did("get-deleted-method-response", "GetMethod", **where)
    r.did("delete-deleted-method-response", "DeleteMethod", **where)


@replay("TestApiGatewayApiMethod::test_method_request_parameters")
def parameters(r):
    where = at(api(r), method="ANY")
    names = {"method.request.querystring.q_optional": False, "method.request.querystring.q_required": True,
             "method.request.header.h_optional": False, "method.request.header.h_required": True}  # fmt: skip
    method(r, where, "put-method-request-params-response", requestParameters=names)
    r.did("get-method-request-params-response", "GetMethod", **where)
    r.call("DeleteMethod", **where)
    method(r, where, "req-params-same-name", requestParameters={"method.request.querystring.h_required": True, "method.request.header.h_required": True})


@replay("TestApiGatewayApiMethod::test_put_method_validation")
def methods_wrong(r):
    one = api(r)
    method(r, {**at(one), "restApiId": FAKE}, "wrong-api")
    method(r, at(one, "fake-resource-id"), "wrong-resource")
    method(r, at(one, method="WRONG"), "wrong-method")
    method(r, at(one), "missing-authorizer-id", authorizationType="CUSTOM")
    method(r, at(one), "invalid-model-name", requestModels={"application/json": "petModel"})
    method(r, at(one), "invalid-request-validator", requestValidatorId="fake-id")


def model(r, step, one, name="Name", **more):
    members = {"restApiId": one, "name": name, "contentType": "application/json", **more}
    members.setdefault("schema", json.dumps({"title": name, "type": "object"}))
    return r.did(step, "CreateModel", **{member: value for member, value in members.items() if value is not None})


@replay("TestApiGatewayApiMethod::test_put_method_model")
def models_of_methods(r):
    one = api(r)
    two = resource(r, one)
    model(r, "create-model", one["id"])
    model(r, "create-model-2", one["id"], "NameTwo")
    where = at(one, method="ANY")
    method(r, where, "put-method-request-models", requestModels={"application/json": "Name"})
    r.did("delete-model-used", "DeleteModel", restApiId=one["id"], modelName="Name")
    change = ("replace", "/requestModels/application~1json", "NameTwo")
    r.did("update-method-model", "UpdateMethod", **where, patchOperations=patch(change))
    r.did("delete-model-unused", "DeleteModel", restApiId=one["id"], modelName="Name")
    r.did("delete-model-used-2", "DeleteModel", restApiId=one["id"], modelName="NameTwo")
    method(r, at(one, two, "ANY"), "put-method-2-request-models", requestModels={"application/json": "NameTwo"})
    r.did("delete-model-used-by-method-1", "DeleteModel", restApiId=one["id"], modelName="NameTwo")
    r.did("update-method-model-2", "UpdateMethod", **where, patchOperations=patch(("remove", "/requestModels/application~1json", None)))
    r.did("delete-model-used-by-2-method", "DeleteModel", restApiId=one["id"], modelName="NameTwo")
    r.did("delete-method-using-model-2", "DeleteMethod", **at(one, two, "ANY"))
    r.did("delete-model-unused-2", "DeleteModel", restApiId=one["id"], modelName="NameTwo")


@replay("TestApiGatewayApiModels::test_model_validation")
def models_wrong(r):
    none = "abcde0"
    r.did("get-models-wrong-id", "GetModels", restApiId=none)
    r.did("get-model-wrong-id", "GetModel", restApiId=none, modelName="MySchema")
    r.did("del-model-wrong-id", "DeleteModel", restApiId=none, modelName="MySchema")
    model(r, "create-model-wrong-id", none, "MySchema")
    one = api(r)["id"]
    model(r, "create-model-no-schema-json", one, "MySchema", schema=None)
    model(r, "create-model-no-schema-xml", one, "MySchema", schema=None, contentType="application/xml")
    model(r, "create-model-empty-schema", one, "MySchema", schema="")
    model(r, "create-model-empty-name", one, "", schema='{"type": "object"}')
    r.call("CreateModel", restApiId=one, name="MySchema", contentType="application/json", schema='{"type": "object"}')
    model(r, "create-model-already-exists", one, "MySchema")


@replay("TestApiGatewayApiModels::test_update_model")
def models(r):
    one = api(r)["id"]

    def change(step, name, *operation):
        r.did(step, "UpdateModel", restApiId=one, modelName=name, patchOperations=patch(operation))

    change("update-model-wrong-id", "mySchema", "replace", "/schema", '{"a": "b"}')
    model(r, "create-model", one)
    change("update-model-invalid-path", "Name", "replace", "/name", "x")
    change("update-model-invalid-op", "Name", "add", "/wrong-path", "x")
    change("update-model-empty-schema", "Name", "replace", "/schema", "")
    change("update-model", "Name", "replace", "/schema", '{"title": "Updated schema", "type": "object"}')


# ---- responses


GATEWAY = {
    "gatewayresponse.header.Access-Control-Allow-Origin": "'a.b.c'",
    "gatewayresponse.header.x-request-header": "method.request.header.Accept",
    "gatewayresponse.header.x-request-path": "method.request.path.petId",
    "gatewayresponse.header.x-request-query": "method.request.querystring.q",
}


@replay("TestApiGatewayGatewayResponse::test_update_gateway_response")
def gateway_responses(r):
    one = {"restApiId": api(r)["id"], "responseType": "DEFAULT_4XX"}

    def change(step, *operations):
        r.did(step, "UpdateGatewayResponse", **one, patchOperations=patch(*operations))

    change("update-gateway-response-not-set", ("replace", "/statusCode", "444"))
    r.did("default-get-gateway-response", "GetGatewayResponse", **one)
    # As LocalStack's test has it, with the type of the template twice.
    templates = r.answers["put-gateway-response"]["responseTemplates"]
    r.did("put-gateway-response", "PutGatewayResponse", **one, statusCode="404", responseParameters=GATEWAY,
          responseTemplates={name: json.dumps(text) if isinstance(text, dict) else text for name, text in templates.items()})  # fmt: skip
    wanted = r.answers["update-gateway-response"]
    origin = wanted["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"]
    change("update-gateway-response", ("replace", "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin", origin),
           ("add", "/responseTemplates/application~1xml", wanted["responseTemplates"]["application/xml"]),
           *([("replace", "/statusCode", wanted["statusCode"])] if wanted["statusCode"] != "404" else []))  # fmt: skip
    r.did("get-gateway-response", "GetGatewayResponse", **one)
    change("update-gateway-add-status-code", ("add", "/statusCode", "444"))
    change("update-gateway-remove-status-code", ("remove", "/statusCode", None))
    change("update-gateway-no-path", ("replace", None, "x"))
    change("update-gateway-wrong-op", ("wrong-op", "/statusCode", "444"))
    change("update-gateway-wrong-path", ("replace", "/wrongPath", "444"))
    change("update-gateway-replace-invalid-parameter", ("replace", "/responseParameters/gatewayresponse.header.none", "'x'"))
    change("update-gateway-replace-invalid-parameter-0-none", ("replace", "/responseTemplates/application~1json", None))
    change("update-gateway-replace-invalid-parameter-1-none", ("replace", "/responseParameters/gatewayresponse.header.x-request-header", None))


@replay("TestApigatewayMethodResponse::test_update_method_response_negative_tests")
def method_responses_wrong(r):
    one = api(r)
    where = {**at(one), "statusCode": "200"}
    method(r, at(one))
    r.call("PutMethodResponse", **where)
    change = patch(("replace", "/responseParameters/method.response.header.my-header", "true"))

    def update(step, operations=change, **more):
        r.did(step, "UpdateMethodResponse", **{**where, **more}, patchOperations=operations)

    update("update-method-response-wrong-statuscode", statusCode="201")
    update("update-method-response-wrong-resource", resourceId="incorrect")
    update("update-method-response-wrong-method", httpMethod="POST")
    update("update-method-response-invalid-statuscode", statusCode="wrong")
    update("update-method-response-invalid-statuscode-and-wrong-op", patch(("wrong_op", "/responseParameters/method.response.header.my-header", "true")), statusCode="wrong")


@replay("TestApigatewayMethodResponse::test_update_method_lack_response_parameters_and_models", "TestApigatewayMethodResponse::test_update_method_wrong_param_names")
def method_responses_lack(r):
    one = api(r)
    where = {**at(one), "statusCode": "200"}
    method(r, at(one))
    lacks = "lack" in r.name
    kept = {} if lacks else {"responseParameters": {"method.response.header.my-header": False}, "responseModels": {"application/json": "Empty"}}
    r.call("PutMethodResponse", **where, **kept)
    header, models = "/responseParameters/method.response.header.", "/responseModels/"
    steps = {
        "update-method-response-operation-with-wrong-path": ("replace", "/wrong/method.response.header.my-header", "true"),
        "update-method-response-operation-without-response-models": ("replace", models + "application~1json", "Empty"),
        "update-method-response-operation-without-response-parameters": ("replace", header + "my-header", "true"),
        "update-method-response-operation-with-wrong-param-name-1": ("replace", header + "wrong", "true"),
        "update-method-response-operation-with-wrong-param-name-2": ("remove", header + "wrong", None),
        "update-method-response-operation-with-wrong-param-name-3": ("replace", models + "wrong", "Empty"),
        "update-method-response-operation-with-wrong-param-name-4": ("remove", models + "wrong", None),
    }
    for step in r.answers:
        r.did(step, "UpdateMethodResponse", **where, patchOperations=patch(steps[step]))


@replay("TestApigatewayIntegration::test_get_integration_non_existent")
def no_integration(r):
    one = api(r)
    r.did("get-integration-no-api", "GetIntegration", **{**at(one), "restApiId": FAKE})
    r.did("get-integration-no-resource", "GetIntegration", **at(one, "fake"))
    r.did("get-integration-no-method", "GetIntegration", **at(one))
    method(r, at(one))
    r.did("get-integration-no-integration", "GetIntegration", **at(one))


@replay("TestApigatewayIntegration::test_put_integration_response_validation", "TestApigatewayIntegrationResponse::test_integration_response_wrong_method",
        "TestApigatewayIntegrationResponse::test_integration_response_wrong_resource")  # fmt: skip
def integrations_lost(r):
    one = api(r)
    method(r, at(one))
    mock(r, at(one))
    for step in r.answers:
        where = at(one, "fake") if "resource" in step else at(one, method="POST")
        if "integration-response" not in step:
            r.did(step, "PutIntegration", **where, type="MOCK")
        else:
            r.did(step, "PutIntegrationResponse" if step.startswith("put") else "GetIntegrationResponse", **where, statusCode="200")


@replay("TestApigatewayIntegrationResponse::test_integration_response_invalid_integration")
def no_integration_for_response(r):
    one = api(r)
    method(r, at(one))
    r.did("get-integration-response-without-integration", "GetIntegrationResponse", **at(one), statusCode="200")


@replay("TestApigatewayIntegrationResponse::test_integration_response_invalid_responsetemplates")
def templates_wrong(r):
    one = api(r)
    method(r, at(one))
    mock(r, at(one))
    r.call("PutMethodResponse", **at(one), statusCode="200")
    r.did("put-integration-response-invalid-responseTemplates-1", "PutIntegrationResponse", **at(one), statusCode="200", responseTemplates={"123": 123})
    r.did("put-integration-response-invalid-responseTemplates-2", "PutIntegrationResponse", **at(one), statusCode="200", responseTemplates={"123": "123"})


@replay("TestApigatewayIntegration::test_put_integration_response_templates")
def response_templates(r):
    one = api(r)
    method(r, at(one))
    mock(r, at(one))
    r.call("PutMethodResponse", **at(one), statusCode="200")
    r.left.discard("put-integration-response-template-none")  # null among strings is refused here
    for step, more in (("no-response-template", {}), ("response-template-empty", {"responseTemplates": {"application/json": ""}})):
        r.did("put-integration-" + step, "PutIntegrationResponse", **at(one), statusCode="200", selectionPattern="", **more)


@replay("test_put_integration_response_with_response_template")
def kept_template(r):
    one = api(r)
    method(r, at(one))
    r.call("PutMethodResponse", **at(one), statusCode="200")
    r.call("PutIntegration", **at(one), type="HTTP", uri="http://httpbin.org/robots.txt", integrationHttpMethod="POST")
    r.call("PutIntegrationResponse", **at(one), statusCode="200", selectionPattern="foobar", responseTemplates={"application/json": json.dumps({"data": "test"})})
    r.did("get-integration-response", "GetIntegrationResponse", **at(one), statusCode="200")


@replay("test_put_integration_responses")
def integration_responses(r):
    one = api(r)
    # Templates that were given but are none are not shown here.
    r.answers["put-integration-response-get"].pop("responseTemplates")
    r.answers["get-integration-response-get"].pop("responseTemplates")
    r.answers["get-method-get"]["methodIntegration"]["integrationResponses"]["200"].pop("responseTemplates")
    for name, more in (("GET", {"responseTemplates": {}}), ("PUT", {"contentHandling": "CONVERT_TO_BINARY"})):
        where, step = at(one, method=name), name.lower()
        method(r, where, "put-method-" + step)
        r.did("put-method-response-" + step, "PutMethodResponse", **where, statusCode="200")
        r.did("put-integration-" + step, "PutIntegration", **where, type="HTTP", uri="http://example.com", integrationHttpMethod="POST")
        r.did("put-integration-response-" + step, "PutIntegrationResponse", **where, statusCode="200", selectionPattern="2\\d{2}", **more)
        r.did("get-integration-response-" + step, "GetIntegrationResponse", **where, statusCode="200")
        if name == "GET":
            r.did("get-method-get", "GetMethod", **where)
            r.did("delete-integration-response-get", "DeleteIntegrationResponse", **where, statusCode="200")
            r.did("get-method-get-after-int-resp-delete", "GetMethod", **where)
    r.did("deploy", "CreateDeployment", restApiId=one["id"], stageName="local")


def function_uri(name="MyLambda"):
    return chamber.invocation_uri(f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:{name}")


@replay("test_put_integration_validation", "test_put_integration_aws_proxy_uri", "test_error_aws_proxy_not_supported")
def integrations(r):
    one = api(r)
    method(r, at(one))
    gateway = f"arn:aws:apigateway:{chamber.REGION}"
    s3, lambdas = gateway + ":s3:path/b/k", f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:MyLambda"
    post = {"integrationHttpMethod": "POST"}
    role = {"credentials": f"arn:aws:iam::{chamber.ACCOUNT}:role/service-role/testfunction-role-oe783psq"}
    http = "http://example.com"
    steps = {
        "required-integration-method-AWS": {"type": "AWS", "uri": s3, **role},
        "aws-integration-AWS": {"type": "AWS", "uri": s3, **role, **post},
        "aws-integration-type-AWS": {"type": "AWS", "uri": function_uri(), **post},
        "aws-integration-type-AWS_PROXY": {"type": "AWS_PROXY", "uri": function_uri(), **post},
        "no-s3-support-AWS_PROXY": {"type": "AWS_PROXY", "uri": s3, **role, **post},
        "not-required-integration-method-MOCK": {"type": "MOCK"},
        "invalid-uri-invalid-arn": {"type": "AWS", "uri": "arn:aws:iam::0000000000:role/service-role/asdfasdfasdf", **post},
        "invalid-uri-not-an-arn": {"type": "AWS", "uri": "not-an-arn", **post},
        "create-integration-error": {"type": "AWS_PROXY", "uri": gateway + ":dynamodb:action/Query", **post},
        "put-integration-bad-lambda-arn": {"type": "AWS_PROXY", "uri": gateway + ":lambda:path/2015-03-31/functions/" + lambdas, **post},
        "put-integration-lambda-uri": {"type": "AWS_PROXY", "uri": lambdas, **post},
        "put-integration-wrong-arn": {"type": "AWS_PROXY", "uri": "not-an-arn", **post},
        "put-integration-wrong-firehose": {"type": "AWS_PROXY", "uri": gateway + ":firehose:path/PutRecord", **post},
        "put-integration-wrong-type": {"type": "AWS_PROXY", "uri": f"{gateway}:lambda:wrong/2015-03-31/functions/{lambdas}/invocations", **post},
    }
    for kind in ("HTTP", "HTTP_PROXY"):
        steps["required-integration-method-" + kind] = {"type": kind, "uri": http}
        steps["http-method-" + kind] = {"type": kind, "uri": http, **post}
        steps["invalid-uri-" + kind] = {"type": kind, "uri": "non-url", **post}
    for step in r.answers:
        r.did(step, "PutIntegration", **at(one), **steps[step])


# ---- deployments and stages


@replay("TestAPIGateway::test_update_rest_api_deployment")
def deployment(r):
    one, made = deployed(r, description="my deployment")
    r.call("UpdateDeployment", restApiId=one["id"], deploymentId=made, patchOperations=patch(("replace", "/description", "new-description")))
    r.did("after-update", "GetDeployment", restApiId=one["id"], deploymentId=made)


@replay("TestDeployments::test_create_delete_deployments")
def deployments(r):
    one = api(r)
    method(r, at(one))
    mock(r, at(one))
    here = {"restApiId": one["id"]}
    first = r.call("CreateDeployment", **here, **({"stageName": "s1"} if r.parameter == "True" else {}))["id"]
    if r.parameter != "True":
        r.call("CreateStage", **here, stageName="s1", deploymentId=first)
    r.did("get-deployment", "GetDeployment", **here, deploymentId=first)
    r.did("get-stages", "GetStages", **here)
    for number in range(3):
        made = r.call("CreateDeployment", **here)["id"]
        r.call("UpdateStage", **here, stageName="s1", patchOperations=patch(("replace", "/deploymentId", made)))
        r.did(f"delete-deployment-error-{number}", "DeleteDeployment", **here, deploymentId=made)
        r.call("DeleteDeployment", **here, deploymentId=first)
        first = made
        r.did(f"get-deployments-{number}", "GetDeployments", **here)
        r.did(f"get-stages-{number}", "GetStages", **here)


@replay("TestApiGatewayStage::test_get_stages_filters_by_deployment_id")
def stages(r):
    one, first = deployed(r, stageName="stage1")
    here = {"restApiId": one["id"]}
    second = r.call("CreateDeployment", **here, stageName="stage2")["id"]
    r.did("all-stages", "GetStages", **here)
    r.did("stages-deploy1", "GetStages", **here, deploymentId=first)
    r.did("stages-deploy2", "GetStages", **here, deploymentId=second)


@replay("TestStages::test_create_update_stages")
def stage_updates(r):
    one, made = deployed(r)
    here = {"restApiId": one["id"], "stageName": "s1"}
    part(r, None, one["id"])
    r.call("CreateDocumentationVersion", restApiId=one["id"], documentationVersion="v123")
    r.did("create-stage", "CreateStage", **here, deploymentId=made, description="my stage", documentationVersion="v123")

    def change(step, *operations):
        r.did(step, "UpdateStage", **here, patchOperations=patch(*operations))

    change("error-update-doc-version", ("replace", "/documentation_version", "v1"))
    change("error-update-tags", ("replace", "/tags/tag1", "value1"))
    wanted = r.answers["update-stage"]
    settings = wanted["methodSettings"]
    operations = [("replace", "/description", "stage new"), ("replace", "/tracingEnabled", "true")]
    operations += [("replace", f"/variables/{name}", value) for name, value in wanted.get("variables", {}).items()]
    change("update-stage", *operations, *changes_of(settings))
    r.did("get-stage", "GetStage", **here)
    change("update-stage-override", *changes_of(r.answers["update-stage-override"]["methodSettings"], settings))


PATHS = {
    "cacheDataEncrypted": "caching/dataEncrypted", "cacheTtlInSeconds": "caching/ttlInSeconds", "cachingEnabled": "caching/enabled",
    "dataTraceEnabled": "logging/dataTrace", "loggingLevel": "logging/loglevel", "metricsEnabled": "metrics/enabled",
    "requireAuthorizationForCacheControl": "caching/requireAuthorizationForCacheControl",
    "throttlingBurstLimit": "throttling/burstLimit", "throttlingRateLimit": "throttling/rateLimit",
    "unauthorizedCacheControlHeaderStrategy": "caching/unauthorizedCacheControlHeaderStrategy",
}  # fmt: skip
# What a method's settings are before anybody changes them.
UNSET = {"cacheDataEncrypted": False, "cacheTtlInSeconds": 300, "cachingEnabled": False, "dataTraceEnabled": False, "metricsEnabled": False,
         "requireAuthorizationForCacheControl": True, "throttlingBurstLimit": 5000, "throttlingRateLimit": 10000.0,
         "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER"}  # fmt: skip


def changes_of(wanted, before=None):
    """The operations that lead from some method settings to others."""
    operations = []
    for place, settings in wanted.items():
        known = (before or {}).get(place, UNSET)
        where = "/" + place
        for name, value in settings.items():
            if known.get(name) != value:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                operations.append(("replace", f"{where}/{PATHS[name]}", text))
    return operations


@replay("TestStageCrudCanary::test_create_update_stages")
def canary_stages(r):
    one, first = deployed(r, "create-deployment-1")
    second = r.did("create-deployment-2", "CreateDeployment", restApiId=one["id"])["id"]
    here = {"restApiId": one["id"], "stageName": "dev"}
    # Which deployment is the canary's, the numbers in the record say.
    r.did("create-stage", "CreateStage", **here, deploymentId=first, description="dev stage", variables={"testVar": "default"},
          canarySettings={"deploymentId": second, "percentTraffic": 50.0, "stageVariableOverrides": {"testVar": "canary"}})  # fmt: skip
    r.did("get-stage", "GetStage", **here)
    r.did("update-stage-canary-settings-overrides", "UpdateStage", **here, patchOperations=patch(("replace", "/canarySettings/stageVariableOverrides/testVar", "updated")))
    r.did("update-stage-remove-canary-settings", "UpdateStage", **here, patchOperations=patch(("remove", "/canarySettings", None)))
    r.did("get-stage-after-remove", "GetStage", **here)


@replay("TestStageCrudCanary::test_create_canary_deployment_by_stage_update")
def canary_by_update(r):
    one, first = deployed(r, "create-deployment")
    second = r.did("create-deployment-2", "CreateDeployment", restApiId=one["id"])["id"]
    here = {"restApiId": one["id"], "stageName": "dev"}
    r.did("create-stage", "CreateStage", **here, deploymentId=first, description="dev stage", variables={"testVar": "default"})
    r.did("update-stage-with-percent", "UpdateStage", **here, patchOperations=patch(("replace", "/canarySettings/percentTraffic", "50")))
    r.did("get-stage", "GetStage", **here)
    r.did("remove-stage-canary", "UpdateStage", **here, patchOperations=patch(("remove", "/canarySettings", None)))
    r.did("update-stage-with-deployment", "UpdateStage", **here, patchOperations=patch(("replace", "/canarySettings/deploymentId", second)))


@replay("TestStageCrudCanary::test_update_stage_canary_deployment_validation")
def canary_wrong(r):
    one, made = deployed(r)
    here = {"restApiId": one["id"], "stageName": "dev"}
    r.call("CreateStage", **here, deploymentId=made)

    def change(step, *operation):
        r.did(step, "UpdateStage", **here, patchOperations=patch(operation))

    change("update-stage-add-deployment", "add", "/canarySettings/deploymentId", "deploy")
    change("update-stage-no-deployment", "replace", "/canarySettings/deploymentId", "deploy")
    change("update-stage-canary-settings-bad-path", "remove", "/canarySettings/badPath", None)
    change("update-stage-canary-settings-bad-path-2", "replace", "/canarySettings", "x")
    change("update-stage-canary-settings-replace-bad-path", "replace", "/canarySettings/badPath", "x")
    change("update-stage-canary-settings-remove-overrides", "remove", "/canarySettings/stageVariableOverrides", None)
    r.did("get-stage", "GetStage", **here)


@replay("TestStageCrudCanary::test_update_stage_with_copy_ops")
def canary_promoted(r):
    one, first = deployed(r, "deployment-1", stageName="dev", variables={"testVar": "test", "testVar2": "test2"})
    here = {"restApiId": one["id"], "stageName": "dev"}

    def change(step, *operations):
        r.did(step, "UpdateStage", **here, patchOperations=patch(*operations))

    copied = ("copy", "/deploymentId", None, "/canarySettings/deploymentId")
    change("copy-with-no-replace", copied)
    second = {"percentTraffic": 50.0, "stageVariableOverrides": {"testVar": "override"}}
    r.did("deployment-canary", "CreateDeployment", **here, canarySettings=second)
    r.did("get-stage", "GetStage", **here)
    change("copy-with-bad-statement", ("copy", "/canarySettings/stageVariableOverrides", None, "/variables"))
    r.left.discard("update-stage-with-copy")  # how a canary comes to the stage's own deployment is not in its name
    change("update-stage-with-copy-2", ("replace", "/canarySettings/percentTraffic", "0.0"),
           ("copy", "/variables", None, "/canarySettings/stageVariableOverrides"), copied)  # fmt: skip


# ---- keys, plans, links


@replay("TestApigatewayApiKeysCrud::test_create_api_key_with_invalid_value")
def keys_wrong(r):
    r.did("create-api-key-short-value", "CreateApiKey", value="short")
    r.did("create-api-key-empty-value", "CreateApiKey", value="")
    r.did("create-api-key-invalid-value-too-long", "CreateApiKey", value="a" * 129)


@replay("TestApigatewayApiKeysCrud::test_negative_get_usage_plan_api_keys")
def keys(r):
    made = r.did("create-api-key", "CreateApiKey", name="key")["id"]
    r.did("update-api-key-name", "UpdateApiKey", apiKey=made, patchOperations=patch(("replace", "/name", "other")))
    r.did("get-api-keys-invalid-limit", "GetApiKeys", limit=-1)


@replay("TestUsagePlans::test_usage_plan_crud")
def plans(r):
    one, _ = deployed(r, stageName="dev")
    made = r.did("create-usage-plan", "CreateUsagePlan", name="plan", description="text", apiStages=[{"apiId": one["id"], "stage": "dev"}])["id"]
    r.match.known["<api-id:1>"] = one["id"]
    r.did("get-usage-plan", "GetUsagePlan", usagePlanId=made)
    r.did("get-usage-plans", "GetUsagePlans")

    def change(step, *operations, plan=made):
        r.did(step, "UpdateUsagePlan", usagePlanId=plan, patchOperations=patch(*operations))

    change("update-wrong-id", ("replace", "/throttle/burstLimit", "100"), plan="none")
    change("update-usage-plan", ("replace", "/throttle/burstLimit", "100"), ("replace", "/throttle/rateLimit", "200"),
           ("replace", "/quota/limit", "5000"), ("replace", "/quota/period", "MONTH"))  # fmt: skip
    r.did("get-usage-plan-after-update", "GetUsagePlan", usagePlanId=made)
    r.did("get-usage-plans-after-update", "GetUsagePlans")
    change("update-wrong-api-stages-no-value", ("remove", "/apiStages", None))
    change("update-wrong-api-stages-wrong-value", ("remove", "/apiStages", "fakevalue"))
    change("update-wrong-api-stages-wrong-stage", ("remove", "/apiStages", one["id"] + ":fakestagename"))
    change("update-wrong-api-stages-wrong-api", ("remove", "/apiStages", one["id"] + "b:dev"))


@replay("TestApiGatewayVpcLink::test_create_vpc_link_invalid_parameters", "TestApiGatewayVpcLink::test_delete_vpc_link_invalid_id",
        "TestApiGatewayVpcLink::test_get_vpc_link_invalid_id", "TestApiGatewayVpcLink::test_update_vpc_link_invalid_id")  # fmt: skip
def links(r):
    balancer = f"arn:aws:elasticloadbalancing:{chamber.REGION}:{chamber.ACCOUNT}:loadbalancer/net/my-load-balancer/50dc6c495c0c9188"
    steps = {
        "create_vpc_link_empty_name": ("CreateVpcLink", {"name": "", "targetArns": [balancer]}),
        "create_vpc_link_invalid_target_arn": ("CreateVpcLink", {"name": "link", "targetArns": ["invalid-arn"]}),
        "delete_vpc_link_invalid_id": ("DeleteVpcLink", {"vpcLinkId": "invalid-id"}),
        "get_vpc_link_invalid_id": ("GetVpcLink", {"vpcLinkId": "invalid-id"}),
        "update_vpc_link_invalid_id": ("UpdateVpcLink", {"vpcLinkId": "invalid-id", "patchOperations": patch(("replace", "/name", "new"))}),
    }
    for step in r.answers:
        action, members = steps[step]
        r.did(step, action, **members)


# ---- imports


def imported(r, one, prefix=""):
    """Asks for what the names of the steps say: resources, methods, integrations and their responses."""
    resources = r.call("GetResources", restApiId=one)
    places = {item["path"].lstrip("/") or "root": item["id"] for item in resources["items"]}
    actions = {"method": "GetMethod", "integration": "GetIntegration", "method-response": "GetMethodResponse",
               "integration-response": "GetIntegrationResponse"}  # fmt: skip
    for step in [step for step in r.answers if step in r.left]:
        path, _, verb = step.removeprefix("method-").removeprefix("integration-").removeprefix("response-").rpartition("-")
        kind = step[: -len(path + verb) - 2]
        if kind not in actions or path not in places or not path.startswith(prefix):
            continue
        status = {"statusCode": "200"} if "response" in kind else {}
        r.did(step, actions[kind], restApiId=one, resourceId=places[path], httpMethod=verb.upper(), **status)
    return resources


@replay("TestApiGatewayImportRestApi::test_import_swagger_api")
def import_petstore(r):
    text = (DATA / "petstore-swagger.json").read_text()
    uri = r.answers["integration-pets-get"]["uri"]
    uri = uri.replace("<region>", chamber.REGION) if "<uri" not in uri else "http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets"
    text = text.replace("${authorizer_lambda_invocation_arn}", function_uri("guard")).replace("${uri}", uri)
    # The document that is here has no authorizers, and another model.
    r.left -= {"import-swagger", "get-models", "get-authorizers", "method-pets-get", "method-root-get"}
    one = r.call("ImportRestApi", body=text.encode())["id"]
    r.check("resources", imported(r, one))


@replay("TestApiGatewayImportRestApi::test_import_rest_apis_with_base_path_swagger")
def import_with_base_path(r):
    # Of the two documents the one without a base path is here.
    r.left = {step for step in r.answers if "pets" in step or step == "get-resources-no-base-path-swagger"}
    one = r.call("ImportRestApi", body=(DATA / "pets.json").read_bytes(), parameters={"basepath": r.parameter})["id"]
    r.check("get-resources-no-base-path-swagger", imported(r, one, "pets"))


# ---- calls


def answering(r, one, place, template, **more):
    """What a method answers with, for status 200."""
    r.call("PutMethodResponse", **place, statusCode="200")
    r.call("PutIntegrationResponse", **place, statusCode="200", selectionPattern="", responseTemplates={"application/json": template}, **more)
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")


@replay("TestIntegrations::test_mock_integration_response")
def mocked(r):
    passthrough, _, verb = r.parameter.split("-")
    one = api(r)
    place = at(one, resource(r, one, "{id}"), verb)
    method(r, place)
    r.call("PutIntegration", **place, type="MOCK", passthroughBehavior=passthrough, requestTemplates={"application/json": '{"statusCode": 200}'})
    answering(r, one, place, '{"statusCode": 200, "id": $input.params().path.id}')
    body = b"{}" if verb == "POST" else None
    r.check("mock-response", json.loads(fetch(r, one, "/42", body=body, verb=verb, Content_Type="application/json")[2]))


@replay("TestAPIGateway::test_api_gateway_mock_integration")
def mocked_echo(r):
    one = api(r)
    place = at(one, resource(r, one, "{var}"))
    method(r, place)
    mock(r, place)
    answering(r, one, place, '{"echo": "$input.params(\'var\')", "response": "mocked"}')
    r.check("mocked-response", json.loads(fetch(r, one, "/foobar")[2]))


@replay("test_integration_mock_with_response_override_in_request_template")
def override(r):
    one = api(r)
    place = at(one)
    method(r, place)
    template = '#set($context.responseOverride.status = 444)\n{"statusCode": 200}'
    r.call("PutIntegration", **place, type="MOCK", requestTemplates={"application/json": template})
    r.call("PutMethodResponse", **place, statusCode="200")
    r.call("PutIntegrationResponse", **place, statusCode="200", selectionPattern="")
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")
    status, _, text = fetch(r, one, "/")
    r.check("response", {"status_code": status, "body": str(text.encode())})


def function(r, code, file="handler.py", runtime="python3.12"):
    functions = recorded.RestClient(r.chamber.endpoint, "lambda", "2015-03-31", {})
    made = functions.call("CreateFunction", FunctionName="fn", Runtime=runtime, Handler=file[:-3] + ".handler", Role=chamber.ROLE, Timeout=20,
                          Code={"ZipFile": base64.b64encode(chamber.zipped({file: code})).decode()})  # fmt: skip
    return made["FunctionArn"]


# What a function gives an AWS_PROXY, and the status of the answer.
FORMATS = {
    "wrong-format": ({"body": "x", "wrong": 1}, 502),
    "empty-response": ("", 502),
    "with-headers": ({"statusCode": 200, "headers": {"test-header": "value", "header-bool": True}}, 200),
    "with-headers-null": ({"statusCode": 200, "headers": None}, 200),
    "no-body": ({"statusCode": 200}, 200),
    "b64-encoded-true": ({"statusCode": 200, "body": "dGVzdC1kYXRh", "isBase64Encoded": True}, 200),
    "b64-encoded-false": ({"statusCode": 200, "body": "dGVzdC1kYXRh"}, 200),
    "multi-headers-valid": ({"statusCode": 200, "multiValueHeaders": {"test-multi": ["value1", "value2"]}}, 200),
    "multi-headers-overwrite": ({"statusCode": 200, "multiValueHeaders": {"test-multi": ["value-multi"]}, "headers": {"test-multi": "value-solo"}}, 200),
    "multi-headers-overwrite-casing": ({"statusCode": 200, "multiValueHeaders": {"tesT-Multi": ["value-multi"]}, "headers": {"test-multi": "value-solo"}}, 200),
    "multi-headers-invalid": ({"statusCode": 200, "multiValueHeaders": {"test-multi-invalid": "value1"}}, 502),
    "invalid-status-code": ({"statusCode": "test"}, 502),
    "status-code-str": ({"statusCode": "201"}, 201),
    "just-string": ("justAString", 502),
    "only-headers": ({"headers": {"test-header": "value"}}, 200),
}
# Those of the edge before AWS's endpoint.
EDGE = {"Connection", "Date", "Via", "X-Amz-Cf-Id", "X-Amz-Cf-Pop", "X-Cache"}


@replay("test_aws_proxy_response_payload_format_validation")
def formats(r):
    arn = function(r, "import json\n\ndef handler(event, context):\n    return json.loads(event['body'])\n")
    one = api(r)
    place = at(one, resource(r, one, "{proxy+}"), "ANY")
    method(r, place)
    r.call("PutIntegration", **place, type="AWS_PROXY", integrationHttpMethod="POST", uri=chamber.invocation_uri(arn))
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")
    for name, (gives, status) in FORMATS.items():
        step = "invoke-api-" + name
        answer = fetch(r, one, "/x", body=json.dumps(gives).encode(), verb="POST")
        r.test.assertEqual((step, answer[0]), (step, status))
        given = {"content": answer[2]}
        wanted = r.answers[step].get("headers")
        if wanted:
            r.answers[step]["headers"] = {header: value for header, value in wanted.items() if header not in EDGE}
            # Repeated headers are one with commas on the way from the edge.
            given["headers"] = {header: ", ".join(answer[1].get_all(header, [])) for header in r.answers[step]["headers"]}
        r.check(step, given)


@replay("test_lambda_selection_patterns")
def selected(r):
    code = """def handler(event, context):
    status_code = event.get("statusCode")
    match status_code:
        case "200":
            return "Pass"
        case "400":
            raise Exception("Error: Raising four hundred from within the Lambda function")
        case "500":
            raise Exception("Error: Raising five hundred from within the Lambda function")
"""
    arn = function(r, code, "lambda_select_pattern.py")
    one = api(r)
    place = at(one, resource(r, one, "{statusCode}"), "GET")
    method(r, place)
    r.call("PutIntegration", **place, type="AWS", integrationHttpMethod="POST", uri=chamber.invocation_uri(arn),
           requestTemplates={"application/json": '{"statusCode": "$input.params(\'statusCode\')"}'})  # fmt: skip
    for status, pattern in (("200", ""), ("400", ".*four hundred.*"), ("500", ".+")):
        r.call("PutMethodResponse", **place, statusCode=status)
        r.call("PutIntegrationResponse", **place, statusCode=status, selectionPattern=pattern)
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")
    for status in ("200", "400", "500"):
        given = fetch(r, one, "/" + status)
        r.test.assertEqual(given[0], int(status))
        r.check("lambda-selection-pattern-" + status, json.loads(given[2]))


@replay("TestApiGatewayCommon::test_api_gateway_request_validator_with_ref_models")
def referred(r):
    one = api(r)["id"]
    r.match.known["<api-id>"] = one
    plain = {"$schema": "http://json-schema.org/draft-04/schema#", "title": "testSchema", "type": "object",
             "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}  # fmt: skip
    many = {"type": "array", "items": {"$ref": f"https://apigateway.amazonaws.com/restapis/{one}/models/testSchema"}}
    for name, schema in (("testSchema", plain), ("testSchemaList", many)):
        r.call("CreateModel", restApiId=one, name=name, contentType="application/json", schema=json.dumps(schema))
    r.did("get-models-with-ref", "GetModels", restApiId=one)
    validator = r.call("CreateRequestValidator", restApiId=one, name="v", validateRequestBody=True)["id"]
    place = at({"id": one}, r.call("GetResources", restApiId=one)["items"][0]["id"], "POST")
    method(r, place, requestValidatorId=validator, requestModels={"application/json": "testSchemaList"})
    mock(r, place)
    answering(r, {"id": one}, place, '{"data": "ok"}')
    for step, body in (("successful", [{"a": 1, "b": 2}]), ("failed-validation", [{"a": 1}])):
        given = fetch(r, {"id": one}, "/", body=json.dumps(body).encode(), verb="POST", Content_Type="application/json")
        r.check(step, json.loads(given[2]))


@replay("test_apigateway_s3_any")
def any_object(r):
    urllib.request.urlopen(urllib.request.Request(r.chamber.endpoint + "/bucket", b"", method="PUT"), timeout=30).close()
    one = api(r)
    place = at(one, resource(r, one, "{object_path+}"), "ANY")
    method(r, place, requestParameters={"method.request.path.object_path": True, "method.request.header.Content-Type": False})
    r.call("PutIntegration", **place, type="AWS", integrationHttpMethod="ANY", credentials=chamber.ROLE,
           uri=f"arn:aws:apigateway:{chamber.REGION}:s3:path/bucket/{{object_path}}",
           requestParameters={"integration.request.path.object_path": "method.request.path.object_path",
                              "integration.request.header.Content-Type": "method.request.header.Content-Type"})  # fmt: skip
    r.call("PutMethodResponse", **place, statusCode="200")
    r.call("PutIntegrationResponse", **place, statusCode="200")
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")

    def error(text):
        import xml.etree.ElementTree as tree

        return {"Error": {part.tag: part.text for part in tree.fromstring(text)}}

    def asked(verb, body=None):
        return fetch(r, one, "/test.json", body=body, verb=verb, Content_Type="application/json")[2]

    r.check("get-object-empty", error(asked("GET")))
    for number in (1, 2):
        asked("PUT", json.dumps({"put_id": number}).encode())
        r.check(f"get-object-{number}", asked("GET"))
    asked("DELETE")
    r.check("get-object-deleted", error(asked("GET")))
    r.left.discard("get-object-s3")  # what S3 says itself


@replay("test_lambda_aws_integration")
def function_asked(r):
    files = {"handler.py": "def handler(event, context):\n    return {'message': 'hello world'}\n"}
    arn = function(r, files["handler.py"])
    one = api(r)
    place = at(one, method="POST")
    method(r, place, "put-method")
    r.did("put-integration", "PutIntegration", **place, type="AWS", integrationHttpMethod="POST", uri=chamber.invocation_uri(arn), credentials=chamber.ROLE)
    r.did("put-method-response", "PutMethodResponse", **place, statusCode="200")
    r.did("put-integration-response", "PutIntegrationResponse", **place, statusCode="200")
    r.call("CreateDeployment", restApiId=one["id"], stageName="local")
    r.check("lambda-aws-integration", json.loads(fetch(r, one, "/", body=b"{}", verb="POST", Content_Type="application/json")[2]))


@replay("test_rest_api_to_dynamodb_integration")
def table_asked(r):
    def table(action, body):
        headers = {"X-Amz-Target": "DynamoDB_20120810." + action, "Content-Type": "application/x-amz-json-1.0"}
        urllib.request.urlopen(urllib.request.Request(r.chamber.endpoint, json.dumps(body).encode(), headers), timeout=30).close()

    table("CreateTable", {"TableName": "table", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                          "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]})  # fmt: skip
    for name in ("test", "test2", "test 3"):
        table("PutItem", {"TableName": "table", "Item": {"id": {"S": name}}})
    one = api(r)
    place = at(one, method="POST")
    method(r, place)
    r.call("PutIntegration", **place, type="AWS", integrationHttpMethod="POST", credentials=chamber.ROLE, passthroughBehavior="NEVER",
           uri=f"arn:aws:apigateway:{chamber.REGION}:dynamodb:action/Scan", requestTemplates={"application/json": '{"TableName": "table"}'})  # fmt: skip
    answering(r, one, place, "")
    status, headers, text = fetch(r, one, "/", body=b"{}", verb="POST", Content_Type="application/json")
    wanted = r.answers["result-scan"]
    content = json.loads(text)
    for items in (content["Items"], wanted["content"]["Items"]):
        items.sort(key=lambda item: item["id"]["S"])
    wanted["headers"] = {name: "<any>" if name not in ("content-type",) else value for name, value in wanted["headers"].items() if name != "connection"}
    r.check("result-scan", {"status_code": status, "content": content, "headers": {name: headers.get(name, "") for name in wanted["headers"]}})


def client(endpoint):
    return recorded.RestClient(endpoint, "apigateway", "2015-07-09", {})


# ---- endpoints


class Echo(http.server.BaseHTTPRequestHandler):
    """What stands for the endpoints on the internet: below /raw it gives back the body, below /status it answers with the
    status that the path ends in, elsewhere it tells what it was asked."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urllib.parse.urlsplit(self.path)
        status, given = 200, body or b"{}"  # the record does not tell on which side an empty body becomes that
        if parts.path.startswith("/status"):
            status = int(parts.path.rpartition("/")[2])
            given = json.dumps({"message": body.decode(), "status_code": status}).encode()
        elif not parts.path.startswith("/raw"):
            arguments = {}
            for name, value in urllib.parse.parse_qsl(parts.query, keep_blank_values=True):
                arguments.setdefault(name, []).append(value)
            given = json.dumps({
                "args": {name: ",".join(values) for name, values in arguments.items()},
                "data": json.loads(body) if body else "",
                "domain": self.headers["Host"],
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "method": self.command,
                "origin": self.client_address[0],
                "path": parts.path,
            }).encode()  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(given)))
        self.send_header("Connection", "keep-alive")
        self.send_header("x-amzn-RequestId", "1d0b6f5e-2f0e-4a51-8c1c-0a1b2c3d4e5f")
        self.end_headers()
        self.wfile.write(given)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


def echo(r, handler=Echo):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    r.test.addCleanup(server.server_close)
    r.test.addCleanup(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}"


def proxied(r, uri, part="test", verb="POST", type="HTTP_PROXY", parameters=None, **more):
    """An API as LocalStack's fixture makes it: one resource with an integration, and a stage."""
    one = api(r)
    where = at(one, resource(r, one, part), verb)
    asked = {source: source.startswith("method.request.path") for source in (parameters or {}).values()}
    r.call("PutMethod", **where, authorizationType="NONE", apiKeyRequired=False, requestParameters=asked)
    r.call("PutIntegration", **where, type=type, uri=uri, integrationHttpMethod="POST", requestParameters=parameters or {}, **more)
    r.call("PutMethodResponse", **where, statusCode="200")
    r.call("PutIntegrationResponse", **where, statusCode="200")
    r.call("CreateDeployment", restApiId=one["id"], stageName="test")
    return one


HELLO = json.dumps({"message": "hello world"}).encode()
SAID = {"Content_Type": "application/json", "Accept": "application/json", "User_Agent": "test/integration"}
# What the internet adds: another host's TLS, hops, compression that Python's client does not ask for.
OF_THE_WAY = {"accept-encoding", "x-amzn-tls-cipher-suite", "x-amzn-tls-version", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto",
              "x-amzn-trace-id", "x-amzn-apigateway-api-id", "connection", "date", "x-amzn-remapped-server"}  # fmt: skip


def echoed(r, step, given):
    wanted = r.answers[step]
    for answer in (wanted, given):
        content = answer.get("content", answer)
        content["headers"] = {name: value for name, value in content["headers"].items() if name not in OF_THE_WAY}
        if "content" in answer:
            answer["headers"] = {name.lower(): value for name, value in answer["headers"].items() if name.lower() not in OF_THE_WAY}
    r.check(step, given)


@replay("test_http_integration_method")
def other_verb(r):
    one = proxied(r, echo(r) + "/", verb="ANY", type=r.parameter)
    r.check("api_id", {"rest_api_id": one["id"]})
    for verb in ("post", "put", "get"):
        echoed(r, f"http-invocation-lambda-url-{verb}", json.loads(fetch(r, one, "/test", stage="test", body=HELLO, verb="POST", **SAID)[2]))


@replay("test_http_proxy_integration_request_data_mappings")
def mapped_request(r):
    parameters = {
        "integration.request.header.headerVar": "method.request.header.foobar",
        "integration.request.path.qsVar": "method.request.querystring.testVar",
        "integration.request.path.pathVar": "method.request.path.pathVariable",
        "integration.request.querystring.queryString": "method.request.querystring.testQueryString",
        "integration.request.querystring.testQs": "method.request.querystring.testQueryString",
        "integration.request.querystring.testEmptyQs": "method.request.header.emptyheader",
    }
    one = proxied(r, echo(r) + "/?testVar={pathVar}&testQs={qsVar}", part="{pathVariable}", parameters=parameters)
    r.check("api_id", {"rest_api_id": one["id"]})
    status, headers, text = fetch(r, one, "/foobar?testQueryString=foo&testVar=bar", stage="test", body=HELLO, verb="POST", foobar="mapped-value",
                                  headerVar="request-value", **SAID)  # fmt: skip
    echoed(r, "http-proxy-invocation", {"content": json.loads(text), "headers": dict(headers), "status_code": status})


@replay("test_http_integration_with_lambda")
def echoed_answer(r):
    one = proxied(r, echo(r) + "/", type=r.parameter)
    r.check("api_id", {"rest_api_id": one["id"]})
    # LocalStack's test asked for XML when one of them was recorded.
    accept = r.answers["http-invocation-lambda-url"]["content"]["headers"]["accept"]
    status, headers, text = fetch(r, one, "/test", stage="test", body=HELLO, verb="POST", **{**SAID, "Accept": accept})
    echoed(r, "http-invocation-lambda-url", {"content": json.loads(text), "headers": dict(headers), "status_code": status})


@replay("test_http_integration_invoke_status_code_passthrough")
def status_of_endpoint(r):
    one = proxied(r, echo(r) + "/{map}", part="{map+}", type=r.parameter, parameters={"integration.request.path.map": "method.request.path.map"})
    for step, code in (("matching-response", 200), ("non-matching-response", 400)):
        status, _, text = fetch(r, one, f"/status/{code}", stage="test", verb="POST")
        r.check(step, {"body": json.loads(text), "status_code": status})


# How long an answer is that tells its own endpoint's name.
LENGTHS = ["Content-Length", "x-amzn-Remapped-Content-Length"]
SPECIAL = {"HTTP_PROXY": ["Content-Length", "Transfer-Encoding"],
           "AWS": ["Content-Length", "Transfer-Encoding", "Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE"]}  # fmt: skip


def remapped(r, one, told):
    r.check("apigw-id", one)
    for step in sorted(r.left):
        part = {"no-param-integration": "no-param", "full-integration": "full"}.get(step, step)
        status, headers, text = remapped_headers.ask(r, one, part)
        r.test.assertEqual(status, 200 if part != step else 500, text)
        given = {"response-headers": headers, "body": text}
        if part != step:
            given = {**given, "headers": json.loads(text).get("headers"), "body": json.loads(text)[told]}
        r.check(step, given, without=LENGTHS if part != step else ())


@replay("TestApiGatewayHeaderRemapping::test_apigateway_header_remapping_http")
def remapped_to_endpoint(r):
    uri = echo(r, remapped_headers.Endpoint) + "/post"
    remapped(r, remapped_headers.make_api(r, r.parameter, uri, SPECIAL[r.parameter]), "data")


@replay("TestApiGatewayHeaderRemapping::test_apigateway_header_remapping_aws")
def remapped_to_function(r):
    function(r, 'def handler(event, context):\n    return {"statusCode": 200, "body": event, "isBase64Encoded": False}\n')
    remapped(r, remapped_headers.make_api(r, r.parameter, function_uri("fn"), SPECIAL[r.parameter]), "body")


BODIES = {"empty-body": b"", "json-body": b'{"some": "value"}', "str-body": b"some raw data"}
MESSAGE = "Action=SendMessage&MessageBody=$input.body"
BODY_TEMPLATES = {  # step: what the request and the answer are made with
    "response-raw-body": ("$input.body", None),
    "response-str-body-input": (MESSAGE, None),
    "response-str-body-output": ("$input.body", MESSAGE),
    "response-str-body-all": (MESSAGE, MESSAGE),
    "response-body-attr-access": ("$input.body.testAccess", None),
    "response-url-encode": ("EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)", None),
}


@replay("TestApiGatewayCommon::test_input_body_formatting")
def bodies(r):
    uri = echo(r) + "/raw"
    for step, (asked, answered) in BODY_TEMPLATES.items():
        one = proxied(r, uri, type="HTTP", requestTemplates={"application/json": asked})
        if answered:
            place = next(place for place in r.call("GetResources", restApiId=one["id"])["items"] if place["path"] == "/test")
            r.call("PutIntegrationResponse", **at(one, place["id"], "POST"), statusCode="200", responseTemplates={"application/json": answered})
            r.call("CreateDeployment", restApiId=one["id"], stageName="test")
        given = {name: fetch(r, one, "/test", stage="test", body=body, verb="POST", Content_Type="application/json")[2] for name, body in BODIES.items()}
        r.check(step, {name: str(text.encode()) for name, text in given.items()})


# ---- validation and templates


@replay("TestApiGatewayCommon::test_api_gateway_request_validator")
def validated(r):
    arn = f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:fn"
    r.check("register-lambda", {"fn_name": "fn", "fn_arn": arn})
    one = api(r)
    place = resource(r, one, "{test}", resource(r, one))
    schema = {"title": "testSchema", "type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}
    r.call("CreateModel", restApiId=one["id"], name="testSchema", contentType="application/json", schema=json.dumps(schema))
    validator = r.call("CreateRequestValidator", restApiId=one["id"], name="test-validator", validateRequestParameters=True, validateRequestBody=True)["id"]
    wanted = {f"method.request.{name}": True for name in ("path.test", "querystring.qs1", "header.x-header-param")}
    for verb in ("GET", "POST"):
        where = at(one, place, verb)
        method(r, where, requestValidatorId=validator, requestParameters=wanted, requestModels={"application/json": "testSchema"})
        r.call("PutIntegration", **where, integrationHttpMethod="POST", type="AWS_PROXY", uri=chamber.invocation_uri(arn))
        r.call("PutMethodResponse", **where, statusCode="200")
        r.call("PutIntegrationResponse", **where, statusCode="200")
    r.did("deploy-1", "CreateDeployment", restApiId=one["id"], stageName="local")

    def changed(step, more, less):
        operations = patch(("add", f"/requestParameters/method.request.path.{more}", "true"), ("remove", f"/requestParameters/method.request.path.{less}", "true"))
        r.did(step, "UpdateMethod", **at(one, place, "POST"), patchOperations=operations)
        r.call("CreateDeployment", restApiId=one["id"], stageName="local")

    def refused(step, path="/test/value", **more):
        status, _, text = fetch(r, one, path, **more)
        r.test.assertEqual(status, 400)
        r.check(step, json.loads(text))

    changed("change-request-path-names", "issuer", "test")
    refused("missing-all-required-request-params-post", body=b'{"test": "test"}', verb="POST", Content_Type="application/json")
    refused("missing-required-headers-request-params-get", path="/test/value?qs1=1")
    refused("missing-required-qs-request-params-get", x_header_param="1")
    changed("revert-request-path-names", "test", "issuer")
    refused("invalid-request-body", path="/test/value?qs1=1", body=b'{"test": "test"}', verb="POST", x_header_param="1", Content_Type="application/json")
    r.did("disable-request-validator", "UpdateRequestValidator", restApiId=one["id"], requestValidatorId=validator,
          patchOperations=patch(("replace", "/validateRequestParameters", "false"), ("replace", "/validateRequestBody", "false")))  # fmt: skip


ANSWERED = """#set($inputRoot = $input.path('$'))
$input.json("$")
#if($inputRoot.toString().contains("customerror"))
    #set($context.responseOverride.status = 400)
#else
    #set($context.responseOverride.status = 202)
#end
"""


@replay("test_lambda_aws_integration_response_with_mapping_templates")
def overridden_status(r):
    code = """
def handler(event, context):
    bad = int(event["body"]["httpStatus"]) >= 400
    return {"statusCode": 200, "body": "customerror" if bad else "noerror"}
"""
    function(r, code)
    one = api(r)
    where = at(one, resource(r, one), "POST")
    method(r, where)
    for status in ("200", "400"):
        r.call("PutMethodResponse", **where, statusCode=status)
    r.call("PutIntegration", **where, integrationHttpMethod="POST", type="AWS", uri=function_uri("fn"),
           requestTemplates={"application/json": '{"stage": "$context.stage", "body": $input.json(\'$\')}'})  # fmt: skip
    r.call("PutIntegrationResponse", **where, statusCode="200", selectionPattern="", responseTemplates={"application/json": ANSWERED})
    r.call("CreateDeployment", restApiId=one["id"], stageName="api")
    for status, body in ((202, {"httpStatus": "200"}), (400, {"httpStatus": "400", "errorMessage": "Test Bad request"})):
        given = fetch(r, one, "/test", stage="api", body=json.dumps(body).encode(), verb="POST", Content_Type="application/json")
        r.check(f"response-template-{status}", {"statusCode": given[0], "body": json.loads(given[2])})


PARTS = [
    ({"type": "API"}, {"description": "API description", "info": {"description": "API info description 4", "version": "API info version 3"}}),
    ({"type": "METHOD", "path": "/", "method": "GET"}, {"description": "Method description."}),
    ({"type": "MODEL", "name": "Empty"}, {"title": "Empty Schema"}),
    ({"type": "RESPONSE", "path": "/", "method": "GET", "statusCode": "200"}, {"description": "200 response"}),
]


@replay("TestApiGatewayApiDocumentationPart::test_import_documentation_parts")
def imported_parts(r):
    definition = {
        "openapi": "3.0.0",
        "info": {"title": "parts", "version": "1"},
        "paths": {"/": {"get": {"responses": {"200": {"description": "200 response"}}}}},
        "components": {"schemas": {"Empty": {"title": "Empty Schema", "type": "object"}}},
        "x-amazon-apigateway-documentation": {"documentationParts": [{"location": place, "properties": told} for place, told in PARTS]},
    }
    body = json.dumps(definition).encode()
    one = r.call("ImportRestApi", body=body, failOnWarnings=True)
    kept = r.did("get-documentations-parts-after-api-imports", "GetDocumentationParts", restApiId=one["id"])
    for part in kept["items"]:
        r.call("DeleteDocumentationPart", restApiId=one["id"], documentationPartId=part["id"])
    r.test.assertEqual(r.call("GetDocumentationParts", restApiId=one["id"])["items"], [])
    r.did("import-documentation-parts", "ImportDocumentationParts", restApiId=one["id"], mode="overwrite", body=body)
    r.did("get-documentations-parts-after-import", "GetDocumentationParts", restApiId=one["id"])


PROXY_CALLS = {  # step: the path below the host, as it is sent
    "invocation-payload-without-trailing-slash": "/stage/proxy-value",
    "invocation-payload-with-trailing-slash": "/stage/proxy-value/",
    "invocation-payload-with-trailing-slash-and-query-params": "/stage/proxy-value/?urlparam=test",
    "invocation-payload-without-trailing-slash-and-query-params": "/stage/proxy-value?urlparam=test",
    "invocation-payload-with-path-encoded-email": "/stage/proxy-value/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com",
    "invocation-payload-with-params-encoding": "/stage/proxy-value/api?url=https%3A%2F%2Fwww.google.com%2F&whitespace=foo%20bar&zhash=abort/"
        "&email=test%2Balias@gmail.com&plus=test+alias@gmail.com&dateTimeOffset=2023-06-12T18:05:10.123456+00:00",
    "invocation-payload-with-params-encoding-multi": "/stage/proxy-value?category=electronics&category=books&price=10&price=20&price=30",
    "invocation-payload-with-double-slash": "/stage/proxy-value//double-slash",
    "invocation-payload-with-prepended-slash": "/stage//proxy-value",
    "invocation-payload-with-prepended-slash-to-stage": "//stage/proxy-value",
    "invocation-hardcoded": "/stage//hardcoded",
}  # fmt: skip
# There is no CloudFront before an API here.
OF_THE_EDGE = ("CloudFront-", "Via", "X-Amz-Cf-Id", "X-Forwarded-")


def without_edge(event):
    for place in ("headers", "multiValueHeaders"):
        event[place] = {name: value for name, value in event[place].items() if not name.startswith(OF_THE_EDGE)}
    return event


@replay("test_lambda_aws_proxy_integration")
def proxy_events(r):
    code = 'import json\n\ndef handler(event, context):\n    return {"statusCode": 200, "body": json.dumps(event)}\n'
    function(r, code)
    one = api(r)
    for part in ("{proxy+}", "hardcoded"):
        where = at(one, resource(r, one, part), "ANY")
        method(r, where)
        r.call("PutIntegration", **where, type="AWS_PROXY", integrationHttpMethod="POST", uri=function_uri("fn"))
    r.call("CreateDeployment", restApiId=one["id"], stageName="stage")
    for step, path in PROXY_CALLS.items():
        wanted = without_edge(r.answers[step])
        body = b"" if wanted["body"] is None else json.dumps(wanted["body"]).encode() if isinstance(wanted["body"], dict) else wanted["body"].encode()
        headers = {name: value for name, value in wanted["headers"].items() if "<" not in value}
        text = remapped_headers.send(r, one["id"], wanted["httpMethod"], path, headers, body)[2]
        r.check(step, without_edge(json.loads(text)))


RESPONDS = """
exports.handler = async (event) => ({
    statusCode: 200, body: JSON.stringify(`response from localstack lambda: ${JSON.stringify(event)}`), isBase64Encoded: false, headers: {},
});
"""


def numbered(log):
    """As LocalStack keeps a log: its lines by number, with one moment for all."""
    lines = re.sub(r"(?m)^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : ", "DDD MMM dd hh:mm:ss UTC yyyy : ", log).split("\n")
    return {f"line{number:02}": line for number, line in enumerate(lines)}


# Headers in no order; of those that go to the function and come from it, what the call within the chamber has too.
LOGGED = {
    "Endpoint request headers": ("Accept", "User-Agent", "x-amzn-apigateway-api-id", "x-amzn-lambda-integration-tag"),
    "Endpoint response headers": ("Content-Type", "X-Amz-Executed-Version", "x-amzn-RequestId"),
    "Method response headers": ("Content-Type", "X-Amzn-Trace-Id"),
}


def comparable(line):
    for title, names in LOGGED.items():
        if f": {title}: {{" in line:
            given = dict(re.findall(r"([A-Za-z-]+)=(.*?)(?:, |\}|$)", line.partition("{")[2]))
            return f"{title}: " + ", ".join(f"{name}={given.get(name)}" for name in names)
    return line


@replay("TestAPIGateway::test_apigw_test_invoke_method_api")
def tried_method(r):
    function(r, RESPONDS, "index.js", runtime="nodejs20.x")
    one = api(r)
    where = at(one, resource(r, one, "foo"))
    method(r, where)
    r.call("PutIntegration", **where, integrationHttpMethod="POST", type="AWS", uri=function_uri("fn"))
    r.call("PutMethodResponse", **where, statusCode="200")
    r.call("PutIntegrationResponse", **where, statusCode="200", selectionPattern="")
    for step, more in (("test_invoke_method_response", {}),
                       ("test_invoke_method_response_with_body", {"body": '{"test": "val123"}', "pathWithQueryString": "/foo?queryTest=value",
                                                                  "headers": {"content-type": "application/json"}})):  # fmt: skip
        given = r.call("TestInvokeMethod", **where, **more)
        wanted = r.answers[step]
        for answer, lines in ((wanted, wanted["log"]), (given, numbered(given["log"]))):
            answer["log"] = {number: comparable(line) for number, line in lines.items()}
        r.check(step, given)


TRACE = "Root=1-3152b799-8954dae64eda91bc9a23a7e8"
PARENT = "Parent=7fa8c0f79203be72"


@replay("TestApiGatewayCommon::test_invocation_trace_id")
def trace_ids(r):
    arn = function(r, 'def handler(event, context):\n    return {"statusCode": 200, "body": "{}"}\n')
    r.check("register-lambda", {"FunctionName": "fn", "FunctionArn": arn})
    one = api(r)
    where = at(one, resource(r, one, "path"))
    method(r, where)
    r.call("PutMethodResponse", **where, statusCode="200")
    mock(r, where)
    r.call("PutIntegrationResponse", **where, statusCode="200", responseTemplates={"application/json": '{"statusCode": 200}'})
    where = at(one, resource(r, one, "{proxy+}"), "ANY")
    method(r, where)
    r.call("PutIntegration", **where, type="AWS_PROXY", integrationHttpMethod="POST", uri=function_uri("fn"))
    r.call("CreateDeployment", restApiId=one["id"], stageName="dev")
    # There is no CloudFront before an API here, and connections are Python's. Traces have the chamber's own ids, where AWS goes
    # on with the client's.
    edge = ("via", "x-cache", "x-amz-cf-id", "x-amz-cf-pop", "connection")
    for step in sorted(r.left):
        given = {"normal": {}, "trace-id-req": {"X_Amzn_Trace_Id": f"{TRACE};{PARENT};Sampled=1"}, "trace-id-small": {"X_Amzn_Trace_Id": TRACE}}
        sent = given[next(kind for kind in given if step.startswith(kind))]
        status, headers, text = fetch(r, one, "/path" if step.endswith("MOCK") else "/proxy-value", stage="dev", **sent)
        r.test.assertEqual(status, 200, text)
        shown = {name.lower(): value for name, value in headers.items()}
        for answer in (r.answers[step], shown):
            for name in edge:
                answer.pop(name, None)
        r.answers[step]["content-length"] = shown["content-length"]
        r.check(step, shown)


# ---- binary bodies through to a bucket

PACKED = base64.b64decode("H4sIABRs7mMC/0vOzy0oSi0uTk1RSEksSdRRKM7IL81JUUhKVcjMK0vMyUxRCA1x07VQKC4pysxLBwC4ORBXLwAAAA==")
OBJECTS = {"text": b"this is a UTF8 text typed object", "binary-raw": PACKED, "binary-encoded": base64.b64encode(PACKED)}
TO_OBJECT = {
    "integration.request.header.Content-Type": "method.request.header.Content-Type",
    "integration.request.path.object_path": "method.request.path.object_path",
    "integration.request.querystring.response-content-type": "method.request.header.response-content-type",
}


def stored(r, path, body=None):
    """An object by S3 itself: what it says of one that is put, or the object."""
    with urllib.request.urlopen(urllib.request.Request(f"{r.chamber.endpoint}/shelf{path}", body, method="GET" if body is None else "PUT"), timeout=30) as answer:
        told = {"ETag": answer.headers["ETag"]}
        if body is None:
            told |= {"Body": answer.read(), "ContentLength": int(answer.headers["Content-Length"]), "ContentType": answer.headers["Content-Type"]}
        return told


def object_as_recorded(r, step, given):
    wanted = r.answers[step]
    if "Body" in wanted:
        text = wanted["Body"]
        body = ast.literal_eval(text) if text.startswith("b'") else text.encode()
        r.test.assertEqual(given.pop("Body"), body, step)
    # Checksums and encryption are S3's own matter.
    r.answers[step] = {name: wanted[name] for name in given}
    r.check(step, given)


def to_bucket(r, **more):
    urllib.request.urlopen(urllib.request.Request(r.chamber.endpoint + "/shelf", method="PUT"), timeout=30).close()
    r.match.known["<s3-bucket>"] = "shelf"
    one = api(r)
    where = at(one, resource(r, one, "{object_path+}"), "ANY")
    asked = {f"method.request.{name}": name.startswith("path") for name in ("header.Content-Type", "path.object_path", "header.response-content-type")}
    method(r, where, requestParameters=asked)
    r.call("PutMethodResponse", **where, statusCode="200", responseParameters={"method.response.header.ETag": False})
    r.did("put-integration", "PutIntegration", **where, integrationHttpMethod="ANY", type="AWS", credentials=chamber.ROLE,
          uri=f"arn:aws:apigateway:{chamber.REGION}:s3:path/shelf/{{object_path}}", requestParameters=TO_OBJECT, **more)  # fmt: skip
    r.call("PutIntegrationResponse", **where, statusCode="200", responseParameters={"method.response.header.ETag": "integration.response.header.ETag"})
    r.call("CreateDeployment", restApiId=one["id"], stageName="test")
    return one, where


def binary(r, one):
    r.call("UpdateRestApi", restApiId=one["id"], patchOperations=patch(("add", "/binaryMediaTypes/image~1png", None)))
    r.call("CreateDeployment", restApiId=one["id"], stageName="test")


@replay("TestApiGatewayS3BinarySupport::test_apigw_s3_binary_support_request")
def binary_requests(r):
    one, _ = to_bucket(r, **({} if r.parameter == "None" else {"contentHandling": r.parameter}))
    object_as_recorded(r, "put-obj-raw", stored(r, "/raw", PACKED))

    def sent(kind, content_type):
        for name, body in OBJECTS.items():
            status, _, text = fetch(r, one, f"/{kind}-{name}", stage="test", body=body, verb="PUT", Content_Type=content_type)
            r.test.assertEqual(status, 200, text)
            object_as_recorded(r, f"get-obj-{kind}-{name}", stored(r, f"/{kind}-{name}"))

    sent("no-binary-media", "image/png")
    binary(r, one)
    sent("binary-type", "image/png")
    sent("text-type", "text/plain")


@replay("TestApiGatewayS3BinarySupport::test_apigw_s3_binary_support_request_convert_to_binary_with_request_template")
def binary_template(r):
    one, where = to_bucket(r, contentHandling="CONVERT_TO_BINARY")
    r.call("UpdateIntegration", **where, patchOperations=patch(("add", "/requestTemplates/application~1json", json.dumps({"data": "$input.body"}))))
    r.did("get-integration", "GetIntegration", **where)
    r.call("CreateDeployment", restApiId=one["id"], stageName="test")
    status, _, text = fetch(r, one, "/encoded", stage="test", body=OBJECTS["binary-encoded"], verb="PUT", Content_Type="image/png")
    r.test.assertEqual(status, 200, text)
    object_as_recorded(r, "get-obj-encoded", stored(r, "/encoded"))


@replay("TestApiGatewayS3BinarySupport::test_apigw_s3_binary_support_response_convert_to_binary_with_request_template")
def text_of_object(r):
    one, where = to_bucket(r)
    binary(r, one)
    object_as_recorded(r, "put-obj-encoded", stored(r, "/encoded", OBJECTS["binary-encoded"]))
    for step, operations in (
        ("get-integration-response", (("add", "/responseTemplates/application~1json", json.dumps({"data": "$input.body"})),
                                      ("replace", "/contentHandling", "CONVERT_TO_TEXT"))),
        ("get-integration-response-update", (("replace", "/contentHandling", "CONVERT_TO_BINARY"),)),
    ):  # fmt: skip
        r.call("UpdateIntegrationResponse", **where, statusCode="200", patchOperations=patch(*operations))
        r.did(step, "GetIntegrationResponse", **where, statusCode="200")
        r.call("CreateDeployment", restApiId=one["id"], stageName="test")
        if step == "get-integration-response":
            _, headers, text = fetch(r, one, "/encoded", stage="test", Accept="image/png", response_content_type="application/json")
            r.check("encoded-text-payload-binary-accept", {"content": str(text.encode()), "etag": headers["ETag"]})


# ---- VPC links

BALANCER = f"arn:aws:elasticloadbalancing:{chamber.REGION}:{chamber.ACCOUNT}:loadbalancer/net/inside/50dc6c495c0c9188"


@replay("TestApiGatewayVpcLink::test_vpc_link_lifecycle")
def vpc_link(r):
    r.check("nlb-arn", BALANCER)
    made = r.did("create_vpc_link", "CreateVpcLink", name="link", targetArns=[BALANCER])
    link = made["id"]
    r.did("get_vpc_link", "GetVpcLink", vpcLinkId=link)
    r.did("get_vpc_links", "GetVpcLinks")
    r.did("update_vpc_link", "UpdateVpcLink", vpcLinkId=link, patchOperations=patch(("replace", "/name", "link-updated")))
    r.did("delete_vpc_link", "DeleteVpcLink", vpcLinkId=link)


@replay("TestApigatewayIntegration::test_create_integration_with_vpc_link")
def linked_integration(r):
    one = api(r)
    where = at(one)
    method(r, where)
    uri = f"http://my-vpclink-test-nlb-1234567890abcdef.{chamber.REGION}.amazonaws.com"
    r.did("put-integration-vpc-link", "PutIntegration", **where, type="HTTP_PROXY", integrationHttpMethod="GET", uri=uri, connectionType="VPC_LINK",
          connectionId="${stageVariables.vpcLinkId}")  # fmt: skip
    r.did("get-integration-vpc-link", "GetIntegration", **where)
    r.did("update-integration-vpc-link", "UpdateIntegration", **where,
          patchOperations=patch(("replace", "/connectionId", "${stageVariables.vpcLinkIdBeta}")))  # fmt: skip
    r.did("get-integration-update-vpc-link", "GetIntegration", **where)



Recorded = recorded.cases(RECORDS, PROGRAM, replays, EXCEPTIONS, client)

if __name__ == "__main__":
    unittest.main(verbosity=1)
