"""What AWS Lambda answered in LocalStack's tests, asked of the chamber.

python3 recorded_lambda.py <cloudchamber>
"""

import base64
import json
import os
import sys
import unittest
import urllib.error
import urllib.request

import chamber
import recorded

os.environ.update(chamber.ENVIRONMENT)

PROGRAM = sys.argv.pop(1)
RECORDS = recorded.found("lambda.json") or {}
ARN = f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:"
ECHO = "def handler(event, context):\n    return event\n"
LOUD = "import json\n\ndef handler(event, context):\n    print(json.dumps(event))\n    return event\n"
# Actions that the oldest boto3 in use does not know.
MORE = {
    "GetFunctionRecursionConfig": ("GET", "/2024-08-31/functions/{FunctionName}/recursion-config", []),
    "PutFunctionRecursionConfig": ("PUT", "/2024-08-31/functions/{FunctionName}/recursion-config", []),
}
replays = {}
FOREIGN = "the runtimes java, dotnet and ruby are not here: their functions are kept and not run"
EXCEPTIONS = {
    "TestLambdaImages::test_lambda_image_crud": "container images do not run here",
    "TestLambdaImages::test_lambda_image_versions": "container images do not run here",
    "TestLambdaBehavior::test_runtime_introspection_arm": "functions run on this computer's processor",
    "TestLambdaBehavior::test_runtime_introspection_x86": "who owns /opt and what the user is called are this computer's",
    "TestLambdaBehavior::test_lambda_host_prefix_api_operation": "it asks Step Functions, which are not here",
    "TestLambdaConcurrency::test_lambda_provisioned_concurrency_moves_with_alias": "it sees provisioned concurrency on its way",
    "TestLambdaEventSourceMappings::test_create_event_source_self_managed": "there is no Kafka here",
    "TestLambdaEventSourceMappings::test_create_event_source_validation_kinesis": "there is no Kinesis here",
    "TestLambdaVersions::test_async_invoke_queue_upon_function_update": "what ran in which order it tells by a queue, after minutes of real time",
    "TestLambdaRuntimesCommon::test_uncaught_exception_invoke[provided.al2023]": "it is a runtime in Rust",
    "TestLambdaRuntimesCommon::test_introspection_invoke[nodejs16.x]": "AWS does not take nodejs16.x any more",
    "TestLambdaRuntimesCommon::test_runtime_wrapper_invoke[nodejs16.x]": "AWS does not take nodejs16.x any more",
    "TestLambdaFunction::test_function_name_and_qualifier_validation[full_arn_and_qualifier_too_long_and_invalid_region-create_function]":
        "of one value the first failed constraint is told here, on AWS all",
}
for runtime in ("dotnet6", "dotnet8", "dotnet10", "java8.al2", "java11", "java17", "java21", "java25", "ruby3.2", "ruby3.3", "ruby3.4"):
    for family in ("LambdaRuntimesCommon::test_introspection_invoke", "LambdaRuntimesCommon::test_uncaught_exception_invoke"):
        EXCEPTIONS[f"Test{family}[{runtime}]"] = FOREIGN


def replay(*names):
    def taken(program):
        replays.update((name, program) for name in names)
        return program

    return taken


def zip64(files):
    return base64.b64encode(chamber.zipped({"handler.py": files, "index.py": files} if isinstance(files, str) else files)).decode()


def create(r, name="fn", code=ECHO, handler="handler.handler", plain=False, **more):
    """As LocalStack's fixture makes functions, with variables though there are none; `plain`: as CreateFunction does."""
    wanted = {"Runtime": "python3.12", "Handler": handler, "Role": chamber.ROLE, "Timeout": 30, "Code": {"ZipFile": zip64(code)}}
    if not plain:
        wanted["Environment"] = {"Variables": {}}
    return r.call("CreateFunction", FunctionName=name, **{**wanted, **more})


def bare(r, step, name="fn", code=ECHO, **more):
    """A function with what AWS sets by itself."""
    wanted = {"Runtime": "python3.12", "Handler": "index.handler", "Role": chamber.ROLE, "Code": {"ZipFile": zip64(code)}}
    return r.did(step, "CreateFunction", FunctionName=name, **{**wanted, **more})


def fixture(r, step, *words, **more):
    r.check(step, {"CreateEventSourceMappingResponse": None, "CreateFunctionResponse": create(r, *words, **more)})


def invoke(r, step=None, name="fn", event=None, without=(), parsed=False, **more):
    payload = b"" if event is None else json.dumps(event).encode()
    answer = r.call("Invoke", FunctionName=name, Payload=payload, **more)
    if "Payload" in answer:
        answer["Payload"] = json.loads(answer["Payload"]) if parsed else answer["Payload"].decode()
    if step:
        r.check(step, answer, without)
    return answer


def publish(r, step=None, **more):
    answer = r.call("PublishVersion", FunctionName="fn", **more)
    return r.check(step, answer) if step else answer


def messages(r, group="/aws/lambda/fn", service="logs"):
    body = json.dumps({"logGroupName": group}).encode()
    request = urllib.request.Request(r.chamber.endpoint, body, {"X-Amz-Target": "Logs_20140328.FilterLogEvents", "Content-Type": "application/x-amz-json-1.1"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["events"]
    except urllib.error.HTTPError:
        return []


def target(r, action, body, prefix="DynamoDB_20120810"):
    request = urllib.request.Request(r.chamber.endpoint, json.dumps(body).encode(), {"X-Amz-Target": f"{prefix}.{action}", "Content-Type": "application/x-amz-json-1.0"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return {**json.load(answer), "ResponseMetadata": {"HTTPHeaders": {}, "HTTPStatusCode": answer.status}}


# ---- code signing


@replay("TestCodeSigningConfig::test_function_code_signing_config")
def code_signing(r):
    create(r)
    publishers = {"SigningProfileVersionArns": [f"arn:aws:signer:{chamber.REGION}:{chamber.ACCOUNT}:/signing-profiles/test"]}
    made = r.did("create_code_signing_config", "CreateCodeSigningConfig", Description="Testing CodeSigning Config",
                 AllowedPublishers=publishers, CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"})  # fmt: skip
    arn = made["CodeSigningConfig"]["CodeSigningConfigArn"]
    r.did("update_code_signing_config", "UpdateCodeSigningConfig", CodeSigningConfigArn=arn,
          CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Warn"})  # fmt: skip
    r.did("get_code_signing_config", "GetCodeSigningConfig", CodeSigningConfigArn=arn)
    r.did("put_function_code_signing_config", "PutFunctionCodeSigningConfig", FunctionName="fn", CodeSigningConfigArn=arn)
    r.did("get_function_code_signing_config", "GetFunctionCodeSigningConfig", FunctionName="fn")
    r.check("list_code_signing_configs", r.call("ListCodeSigningConfigs")["CodeSigningConfigs"][0])
    r.did("list_functions_by_code_signing_config", "ListFunctionsByCodeSigningConfig", CodeSigningConfigArn=arn)
    r.did("delete_function_code_signing_config", "DeleteFunctionCodeSigningConfig", FunctionName="fn")
    r.did("delete_code_signing_config", "DeleteCodeSigningConfig", CodeSigningConfigArn=arn)


@replay("TestCodeSigningConfig::test_code_signing_not_found_excs")
def code_signing_missing(r):
    create(r)
    publishers = {"SigningProfileVersionArns": [f"arn:aws:signer:{chamber.REGION}:{chamber.ACCOUNT}:/signing-profiles/test"]}
    made = r.did("create_code_signing_config", "CreateCodeSigningConfig", Description="Testing CodeSigning Config",
                 AllowedPublishers=publishers, CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"})  # fmt: skip
    arn = made["CodeSigningConfig"]["CodeSigningConfigArn"]
    none = arn[:-4] + "zzzz"
    nobody = "csc-test-doesnotexist"
    for step, action in (("delete_csc_notfound", "DeleteCodeSigningConfig"), ("get_csc_invalid", "GetCodeSigningConfig"),
                         ("list_functions_by_csc_invalid_cscarn", "ListFunctionsByCodeSigningConfig"),
                         ("update_csc_noupdates", "UpdateCodeSigningConfig")):  # fmt: skip
        r.did(step, action, CodeSigningConfigArn=none)
    r.did("update_csc_invalid_csc_arn", "UpdateCodeSigningConfig", CodeSigningConfigArn=none, Description="new-description")
    r.did("update_csc_noupdate_response", "UpdateCodeSigningConfig", CodeSigningConfigArn=arn)
    r.did("get_function_csc_fnwithoutcsc", "GetFunctionCodeSigningConfig", FunctionName="fn")
    r.did("get_function_csc_nonexistingfn", "GetFunctionCodeSigningConfig", FunctionName=nobody)
    r.did("delete_function_csc_fnnotfound", "DeleteFunctionCodeSigningConfig", FunctionName=nobody)
    r.did("nothing_to_delete_response", "DeleteFunctionCodeSigningConfig", FunctionName="fn")
    r.did("list_functions_by_csc_fnwithoutcsc", "ListFunctionsByCodeSigningConfig", CodeSigningConfigArn=arn)
    for step, name, config in (("put_function_csc_invalid_fnname", nobody, arn), ("put_function_csc_invalid_csc_arn", "fn", none),
                               ("put_function_csc_invalid_both", nobody, none)):  # fmt: skip
        r.did(step, "PutFunctionCodeSigningConfig", FunctionName=name, CodeSigningConfigArn=config)


# ---- names


def long(count):
    return "a" * count


# Names may have 256 characters, ARNs among them.
NAMES = {
    "full_arn_and_qualifier_too_long_and_invalid_region": f"arn:aws:lambda:invalid-region:{chamber.ACCOUNT}:function:my-function-{long(170)}",
    "full_arn_with_multiple_qualifiers": ARN + "my-function:1:2",
    "function_name_and_qualifier_too_long": "my-function",
    "function_name_is_single_invalid": "*",
    "function_name_too_long": long(65),
    "function_name_too_long_and_invalid_region": f"arn:aws:lambda:invalid-region:{chamber.ACCOUNT}:function:my-function{long(170)}",
    "invalid_account_id_in_partial_arn": "invalid-account:function:my-function",
    "invalid_characters_in_function_name": "my-function!",
    "invalid_characters_in_qualifier": "my-function",
    "invalid_region_in_arn": f"arn:aws:lambda:invalid-region:{chamber.ACCOUNT}:function:my-function",
    "latest_version_with_additional_qualifier": ARN + "my-function:$LATEST",
    "lowercase_latest_qualifier": "my-function",
    "missing_account_id_in_arn": f"arn:aws:lambda:{chamber.REGION}::function:my-function",
    "missing_region_in_arn": f"arn:aws:lambda::{chamber.ACCOUNT}:function:my-function",
    "misspelled_latest_in_arn": ARN + "my-function:$LATES",
    "non_lambda_arn": f"arn:aws:ec2:{chamber.REGION}:{chamber.ACCOUNT}:instance:i-1234567890abcdef0",
    "partial_arn_with_extra_qualifier": "function:my-function:$LATEST:extra",
    "qualifier_too_long": "my-function",
    "qualifier_too_long0": "my-function",
    "qualifier_too_long1": "my-function",
}
QUALIFIERS = {
    "full_arn_and_qualifier_too_long_and_invalid_region": long(129),
    "function_name_and_qualifier_too_long": long(65),
    "invalid_characters_in_qualifier": "invalid!",
    "latest_version_with_additional_qualifier": "1",
    "lowercase_latest_qualifier": "$latest",
    "qualifier_too_long": long(129),
    "qualifier_too_long0": long(129),
    "qualifier_too_long1": long(65),
}


def told(error):
    """An error as LocalStack's record of names has it: the failed constraints in order of their words."""
    code, message = error["Error"]["Code"], error["Error"]["Message"]
    count, mark, rest = message.partition(" detected: ")
    if not mark:
        return {"Code": code, "Message": message}
    return {"Code": code, "Count": int(count.split()[0]), "Errors": sorted(rest.split("; "))}


@replay("TestLambdaFunction::test_function_name_and_qualifier_validation")
def names(r):
    kind, _, action = r.parameter.rpartition("-")
    name, qualifier = NAMES[kind], QUALIFIERS.get(kind)
    # What was too long was shortened in the record, and differently for each action.
    for step in r.answers:
        for place, error in enumerate(r.answers[step].get("Errors", [])):
            r.answers[step]["Errors"][place] = error.replace("<a:len(140)>" + long(30), "<a>").replace("<a:len(170)>", "<a>").replace("<a:len(129)>", "<b>")
        r.answers[step].get("Errors", []).sort()
    if action == "create_function":
        given = create(r, name + (":" + qualifier if qualifier else ""))
    else:
        call = {"get_function": "GetFunction", "delete_function": "DeleteFunction", "invoke": "Invoke"}[action]
        given = r.call(call, FunctionName=name, **({"Qualifier": qualifier} if qualifier else {}))
    r.check(action + "_exception", told(given))


@replay("TestLambdaFunction::test_get_function_wrong_region")
def wrong_region(r):
    r.match.known["<wrong-region>"] = "eu-west-3"
    action = "".join(word.capitalize() for word in r.parameter.split("_"))
    r.did("wrong_region_exception", action, FunctionName=f"arn:aws:lambda:eu-west-3:{chamber.ACCOUNT}:function:fn")


@replay("TestLambdaFunction::test_ops_on_nonexisting_fn")
def nobody(r):
    r.did("not_found_exception", "".join(word.capitalize() for word in r.parameter.split("_")), FunctionName="nobody")


@replay("TestLambdaFunction::test_ops_on_nonexisting_version")
def no_version(r):
    create(r)
    action = "".join(word.capitalize() for word in r.parameter.split("_"))
    r.did("version_not_found_exception", action, FunctionName="fn", Qualifier="1221")


@replay("TestLambdaFunction::test_ops_with_arn_qualifier_mismatch")
def mismatch(r):
    action = "".join(word.capitalize() for word in r.parameter.split("_"))
    name = ARN + "some-function:$LATEST"
    r.did("not_match_exception", action, FunctionName=name, Qualifier="1")
    r.did("match_exception", action, FunctionName=name, Qualifier="$LATEST")


@replay("TestRuntimeValidation::test_create_deprecated_function_runtime_with_validation_enabled")
def deprecated(r):
    r.check("deprecation_error", create(r, Runtime=r.parameter))


# ---- functions


@replay("TestLambdaFunction::test_function_lifecycle")
def life_cycle(r):
    fixture(r, "create_response", Timeout=5, MemorySize=256)
    r.did("get_function_response", "GetFunction", FunctionName="fn")
    r.did("update_func_conf_response", "UpdateFunctionConfiguration", FunctionName="fn", Runtime="python3.11", Timeout=10, MemorySize=512,
          Description="Changed-Description", Environment={"Variables": {"ENV_A": "a"}})  # fmt: skip
    r.did("get_function_response_postupdate", "GetFunction", FunctionName="fn")
    r.did("update_code_response", "UpdateFunctionCode", FunctionName="fn", ZipFile=zip64(LOUD))
    r.did("get_function_response_postcodeupdate", "GetFunction", FunctionName="fn")
    r.check("delete_response", {"StatusCode": 204, **r.call("DeleteFunction", FunctionName="fn")})
    r.did("delete_postdelete", "DeleteFunction", FunctionName="fn")


@replay("TestLambdaFunction::test_redundant_updates")
def redundant(r):
    fixture(r, "create_response", Description="Initial description")
    change = {"FunctionName": "fn", "Description": "1st update description"}
    r.did("first_update_result", "UpdateFunctionConfiguration", **change)
    r.did("get_fn_config_result", "GetFunctionConfiguration", FunctionName="fn")
    r.did("get_fn_result", "GetFunction", FunctionName="fn")
    r.did("redundant_update_result", "UpdateFunctionConfiguration", **change)
    r.did("get_fn_result_after_redundant_update", "GetFunction", FunctionName="fn")


@replay("TestLambdaFunction::test_list_functions")
def list_functions(r):
    fixture(r, "create_response_1", "fn", Publish=True)
    fixture(r, "create_response_2", "other")
    r.did("list_functions_invalid_functionversion", "ListFunctions", FunctionVersion="invalid")
    for step, more in (("list_all", {"FunctionVersion": "ALL"}), ("list_default", {})):
        r.check(step, {"Functions": r.call("ListFunctions", **more)["Functions"]})


def object_of(r, key, body):
    request = urllib.request.Request(r.chamber.endpoint + "/codes" + key, body, method="PUT")
    urllib.request.urlopen(request, timeout=30).close()


@replay("TestLambdaFunction::test_lambda_code_location_s3")
def code_in_bucket(r):
    object_of(r, "", b"")
    object_of(r, "/one.zip", chamber.zipped({"index.py": ECHO}))
    object_of(r, "/two.zip", chamber.zipped({"index.py": LOUD}))
    bare(r, "create_response_s3", Code={"S3Bucket": "codes", "S3Key": "one.zip"})
    r.did("get-function-response", "GetFunction", FunctionName="fn")
    r.did("update-function-response", "UpdateFunctionCode", FunctionName="fn", S3Bucket="codes", S3Key="two.zip")
    # Here an update is done when it is answered.
    done = ("LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "RevisionId")
    r.did("get-function-response-updated", "GetFunction", done, FunctionName="fn")


@replay("TestLambdaFunction::test_lambda_code_location_s3_errors")
def code_not_in_bucket(r):
    object_of(r, "", b"")
    bucket, key = {"S3Bucket": "none", "S3Key": "one.zip"}, {"S3Bucket": "codes", "S3Key": "none.zip"}
    create(r)
    r.check("create-error-wrong-bucket", create(r, "other", Code=bucket))
    r.check("create-error-wrong-key", create(r, "other", Code=key))
    r.did("update-error-wrong-bucket", "UpdateFunctionCode", FunctionName="fn", **bucket)
    r.did("update-error-wrong-key", "UpdateFunctionCode", FunctionName="fn", **key)


@replay("TestLambdaBaseFeatures::test_function_state")
def state(r):
    bare(r, "create-fn-response", Handler="handler.handler")
    r.did("get-fn-response", "GetFunction", FunctionName="fn")


@replay("TestLambdaAccountSettings::test_account_settings")
def account(r):
    answer = r.call("GetAccountSettings")
    r.check("acc_settings_modded", {name: sorted(value) if name.startswith("Account") else value for name, value in answer.items()})


@replay("TestLambdaSizeLimits::test_lambda_envvars_near_limit_succeeds")
def variables_fit(r):
    wanted = r.answers["successful_create_fn_result"]["CreateFunctionResponse"]
    fixture(r, "successful_create_fn_result", Environment=wanted["Environment"], Timeout=wanted["Timeout"], MemorySize=wanted["MemorySize"])


@replay("TestLambdaSizeLimits::test_large_environment_fails_multiple_keys", "TestLambdaSizeLimits::test_large_environment_variables_fails")
def variables_too_large(r):
    (step,) = r.answers
    measured = r.answers[step]["Error"]["Message"].partition("String measured: ")[2]
    r.check(step, create(r, Environment={"Variables": json.loads(measured)}))


@replay("TestLambdaSizeLimits::test_oversized_request_create_lambda")
def request_too_large(r):
    r.check("invalid_param_exc", create(r, Code={"ZipFile": base64.b64encode(os.urandom(51 * 1024 * 1024)).decode() + "A" * 4}))


@replay("TestLambdaSizeLimits::test_oversized_unzipped_lambda")
def unzipped_too_large(r):
    r.check("invalid_param_exc", create(r, code={"handler.py": b"\0" * (250 * 1024 * 1024 + 1)}))


@replay("TestLambdaSnapStart::test_snapstart_exceptions")
def snap_start_wrong(r):
    r.check("create_function_invalid_snapstart_apply", create(r, SnapStart={"ApplyOn": "invalidOption"}))


@replay("TestLambdaSnapStart::test_snapstart_lifecycle")
def snap_start(r):
    wanted = r.answers["create_function_response"]
    bare(r, "create_function_response", Handler=wanted["Handler"], Runtime=r.parameter, Timeout=5, MemorySize=wanted["MemorySize"])
    publish(r, Description="version1")
    r.did("get_function_response_version_1", "GetFunction", FunctionName="fn", Qualifier="1")
    r.did("get_function_response_latest", "GetFunction", FunctionName="fn")


@replay("TestLambdaSnapStart::test_snapstart_update_function_configuration")
def snap_start_later(r):
    wanted = r.answers["create_function_response"]
    bare(r, "create_function_response", Handler=wanted["Handler"], Runtime=r.parameter, Timeout=5, MemorySize=wanted["MemorySize"])
    r.did("update_function_response", "UpdateFunctionConfiguration", FunctionName="fn", SnapStart={"ApplyOn": "PublishedVersions"})


# ---- networks


@replay("TestLambdaFunction::test_vpc_config")
def network(r):
    def inside(number):
        return {"SubnetIds": [f"subnet-0{number}"], "SecurityGroupIds": [f"sg-0{number}"]}

    r.match.known.update({f"<subnet_id_{number}>": f"subnet-0{number}" for number in (1, 2)})
    r.match.known.update({f"<security_group_id_{number}>": f"sg-0{number}" for number in (1, 2)})
    fixture(r, "create_response", Timeout=5, MemorySize=256, VpcConfig=inside(1))
    r.did("get_function_response", "GetFunction", FunctionName="fn")
    for step, change in (("update", inside(2)), ("delete", {"SubnetIds": [], "SecurityGroupIds": []})):
        r.did(f"{step}_vpcconfig_update_response", "UpdateFunctionConfiguration", FunctionName="fn", VpcConfig=change)
        r.did(f"{step}_vpcconfig_get_function_response", "GetFunction", FunctionName="fn")


# ---- logging


def logged(r, config, change=None):
    fixture(r, "create_response", Timeout=5, MemorySize=256, **({"LoggingConfig": config} if config else {}))
    r.did("get_function_response", "GetFunction", FunctionName="fn")
    r.did("function_config", "GetFunctionConfiguration", FunctionName="fn")
    if change:
        r.did("updated_config", "UpdateFunctionConfiguration", FunctionName="fn", LoggingConfig=change)
        r.did("received_config", "GetFunctionConfiguration", FunctionName="fn")


@replay("TestLoggingConfig::test_function_advanced_logging_configuration")
def logging_advanced(r):
    config = {"LogFormat": "JSON", "LogGroup": "cool_lambda", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
    logged(r, {"LogFormat": "JSON"}, config)


@replay("TestLoggingConfig::test_function_partial_advanced_logging_configuration_update[partial_config0]")
def logging_format(r):
    logged(r, None, {"LogFormat": "JSON"})


@replay("TestLoggingConfig::test_function_partial_advanced_logging_configuration_update[partial_config3]")
def logging_group(r):
    logged(r, None, {"LogGroup": "cool_lambda"})


@replay("TestLoggingConfig::test_advanced_logging_configuration_format_switch")
def logging_switch(r):
    logged(r, None, {"LogFormat": "JSON"})
    r.did("updated_config_v2", "UpdateFunctionConfiguration", FunctionName="fn", LoggingConfig={"LogFormat": "Text"})
    r.did("received_config_v2", "GetFunctionConfiguration", FunctionName="fn")


# ---- versions and aliases


@replay("TestLambdaVersions::test_version_lifecycle")
def versions(r):
    bare(r, "create_response", Description="No version :(")
    r.did("get_function_result", "GetFunction", FunctionName="fn")
    r.did("list_versions_result", "ListVersionsByFunction", FunctionName="fn")
    r.did("first_update_response", "UpdateFunctionConfiguration", FunctionName="fn", Description="First version :)")
    r.did("first_update_get_function", "GetFunction", FunctionName="fn")
    publish(r, "first_publish_response", Description="First version description :)")
    r.did("first_publish_get_function", "GetFunction", FunctionName="fn", Qualifier="1")
    r.did("first_publish_get_function_config", "GetFunctionConfiguration", FunctionName="fn", Qualifier="1")
    r.did("second_update_response", "UpdateFunctionConfiguration", FunctionName="fn", Description="Second version :))")
    r.did("first_publish_get_function_after_update", "GetFunction", FunctionName="fn", Qualifier="1")
    publish(r, "second_publish_response")
    publish(r, "third_publish_response")
    r.did("list_versions_result_after_third_publish", "ListVersionsByFunction", FunctionName="fn")
    r.call("DeleteFunction", FunctionName="fn", Qualifier="1")
    r.did("list_versions_result_after_deletion_of_first_version", "ListVersionsByFunction", FunctionName="fn")


@replay("TestLambdaVersions::test_lambda_handler_update")
def handlers(r):
    code = "def handler(event, context):\n    return {'handler': 'handler'}\n\n\ndef handler_two(event, context):\n    return {'handler': 'handler_two'}\n"
    create(r, code=code)
    invoke(r, "invoke_result_handler_one", event={})
    r.did("update_function_configuration_result", "UpdateFunctionConfiguration", FunctionName="fn", Handler="handler.handler_two")
    r.did("get_function_result", "GetFunction", FunctionName="fn")
    invoke(r, "invoke_result_handler_two", event={})
    publish(r)
    invoke(r, "invoke_result_handler_two_postpublish", event={})


@replay("TestLambdaAlias::test_alias_lifecycle")
def aliases(r):
    bare(r, "create_response", Environment={"Variables": {"testenv": "staging"}})
    publish(r, "publish_v1")
    r.call("UpdateFunctionConfiguration", FunctionName="fn", Environment={"Variables": {"testenv": "prod"}})
    publish(r, "publish_v2")
    for step, name, version, more in (
        ("1_1", "aliasname1_1", "1", {"Description": "custom-alias", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.2}}}),
        ("1_2", "aliasname1_2", "1", {"Description": "custom-alias"}),
        ("1_3", "aliasname1_3", "1", {}),
        ("2", "aliasname2", "2", {"Description": "custom-alias"}),
    ):
        r.did("create_alias_" + step, "CreateAlias", FunctionName="fn", Name=name, FunctionVersion=version, **more)
        r.did("get_alias_" + step, "GetAlias", FunctionName="fn", Name=name)
    r.check("list_aliases_for_fnname", {"Aliases": r.call("ListAliases", FunctionName="fn")["Aliases"]})
    r.did("get_function_alias_1_1", "GetFunction", FunctionName="fn", Qualifier="aliasname1_1")
    r.did("get_function_byarn_alias_1_1", "GetFunction", FunctionName=ARN + "fn:aliasname1_1")
    r.did("get_function_alias_notfound_exc", "GetFunction", FunctionName="fn", Qualifier="aliasdoesnotexist")
    r.did("get_function_alias_byarn_notfound_exc", "GetFunction", FunctionName=ARN + "fn:aliasdoesnotexist")
    r.did("update_alias_1_1", "UpdateAlias", FunctionName="fn", Name="aliasname1_1", RoutingConfig={"AdditionalVersionWeights": {}})
    r.did("get_alias_1_1_after_update", "GetAlias", FunctionName="fn", Name="aliasname1_1")
    r.did("list_aliases_for_fnname_after_update", "ListAliases", FunctionName="fn")
    r.did("update_alias_1_2", "UpdateAlias", FunctionName="fn", Name="aliasname1_2")
    r.did("get_alias_1_2_after_update", "GetAlias", FunctionName="fn", Name="aliasname1_2")
    r.did("list_aliases_for_fnname_after_update_2", "ListAliases", FunctionName="fn")
    r.did("list_aliases_for_version", "ListAliases", FunctionName="fn", FunctionVersion="1")
    r.did("delete_alias_response", "DeleteAlias", FunctionName="fn", Name="aliasname1_1")
    r.did("list_aliases_for_fnname_afterdelete", "ListAliases", FunctionName="fn")


@replay("TestLambdaAlias::test_non_existent_alias_deletion")
def no_alias(r):
    bare(r, "create_response", Environment={"Variables": {"testenv": "staging"}})
    r.did("delete_alias_response", "DeleteAlias", FunctionName="fn", Name="non-existent")


@replay("TestLambdaAliases::test_alias_routingconfig")
def routing(r):
    create(r)
    publish(r)
    r.call("UpdateFunctionConfiguration", FunctionName="fn", Description="2")
    publish(r)
    r.did("create_alias_response", "CreateAlias", FunctionName="fn", Name="alias1", FunctionVersion="1", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})


@replay("TestLambdaAliases::test_lambda_alias_moving")
def moving(r):
    code = "def handler(event, context):\n    return {'invoked_arn': context.invoked_function_arn, 'version_from_ctx': context.function_version, 'version_id': '%s'}\n"
    bare(r, "create_response", code=code % "version1", Handler="handler.handler", Description="No version :(")
    publish(r, Description="First version description :)")
    r.did("create_alias_response", "CreateAlias", FunctionName="fn", Name="alias1", FunctionVersion="1")
    invoke(r, "invocation_result_qualifier_v1", Qualifier="alias1")
    invoke(r, "invocation_result_qualifier_v1_arn", ARN + "fn:alias1")
    r.did("update_lambda_response", "UpdateFunctionCode", FunctionName="fn", ZipFile=zip64(code % "version2"))
    invoke(r, "invocation_result_qualifier_v1_after_update", Qualifier="alias1")
    publish(r, "second_publish_response", Description="Second version description :)")
    invoke(r, "invocation_result_qualifier_v1_after_publish", Qualifier="alias1")
    r.did("update_alias_response", "UpdateAlias", FunctionName="fn", Name="alias1", FunctionVersion="2")
    invoke(r, "invocation_result_qualifier_v2", Qualifier="alias1")
    invoke(r, "invocation_exc_not_existent", Qualifier="non-existent-alias")


# ---- invocations


@replay("TestLambdaFeatures::test_basic_invoke")
def basic(r):
    bare(r, "lambda_create_fn", "fn", Runtime="python3.9")
    bare(r, "lambda_create_fn_2", "other", Runtime="python3.9")
    r.did("lambda_get_fn", "GetFunction", FunctionName="fn")
    r.did("lambda_get_fn_2", "GetFunction", FunctionName="other")
    invoke(r, "lambda_invoke_result", event={})


@replay("TestLambdaFeatures::test_invocation_type_dry_run", "TestLambdaFeatures::test_invocation_type_event", "TestLambdaFeatures::test_invocation_type_request_response")
def invocation_types(r):
    kind = {"dry_run": "DryRun", "event": "Event", "response": "RequestResponse"}[next(k for k in ("dry_run", "event", "response") if k in r.name)]
    create(r)
    invoke(r, "invoke-result", event={}, InvocationType=kind)


@replay("TestLambdaFeatures::test_invocation_type_no_return_payload")
def no_payload(r):
    runtime, _, kind = r.parameter.partition("-")
    if runtime == "python":
        create(r, code="def handler(event, context):\n    pass\n")
    else:
        create(r, code={"index.mjs": "export const handler = async () => {};"}, handler="index.handler", Runtime="nodejs22.x")
    invoke(r, "invoke-result", event={}, InvocationType=kind)


@replay("TestLambdaFeatures::test_invocation_with_logs")
def with_logs(r):
    create(r, code={"index.mjs": "export const handler = async (event) => { console.log('{}'); return event; };"}, handler="index.handler", Runtime="nodejs22.x")
    answer = invoke(r, "invoke", event={}, LogType="Tail")
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines(keepends=True)
    r.check("logs", {"logs": lines})


@replay("TestLambdaFeatures::test_invocation_with_qualifier")
def with_qualifier(r):
    wanted = r.answers["creation-response"]
    code = """
import logging
logging.getLogger().setLevel(logging.INFO)

def handler(event, context):
    print("Lambda log message - print function")
    logging.getLogger().info("Lambda log message - logging module")
    names = ["aws_request_id", "function_name", "function_version", "invoked_function_arn", "log_group_name",
             "log_stream_name", "memory_limit_in_mb", "client_context"]
    return {"event": event, "context": {name: getattr(context, name) for name in names}}
"""
    bare(r, "creation-response", code=code, Handler="handler.handler", Timeout=10, Publish=True, MemorySize=wanted["MemorySize"])
    answer = invoke(r, "invocation-response", event={"foo": "bar with 'quotes\""}, Qualifier="1", LogType="Tail")
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines()
    r.check("log_result", {"log_result": [line for line in lines if not line.startswith("REPORT")]})


@replay("TestLambdaFeatures::test_invoke_exceptions")
def nobody_invoked(r):
    invoke(r, "invoke_function_doesnotexist", "doesnotexist")


@replay("TestLambdaFeatures::test_lambda_environment")
def environment(r):
    code = "import os\n\ndef handler(event, context):\n    return {'Hello': os.environ['Hello']}\n"
    fixture(r, "creation-result", code=code, Runtime="python3.9", Environment={"Variables": {"Hello": "World"}})
    r.did("get-configuration-result", "GetFunctionConfiguration", FunctionName="fn")
    invoke(r, "invocation-result")


@replay("TestLambdaFeatures::test_lambda_with_context")
def with_context(r):
    code = "exports.handler = async (event, context) => ({ context });"
    # nodejs16.x cannot be created any more.
    made = create(r, code={"lambda_integration.js": code}, handler="lambda_integration.handler", Runtime="nodejs22.x")
    r.check("creation", {"CreateEventSourceMappingResponse": None, "CreateFunctionResponse": made}, ["Runtime"])
    context = {"custom": {"foo": "bar"}, "client": {"snap": ["crackle", "pop"]}, "env": {"fizz": "buzz"}}
    invoke(r, "invocation", ClientContext=base64.b64encode(json.dumps(context).encode()).decode())


@replay("TestLambdaFeatures::test_invocation_type_event_error")
def event_fails(r):
    code = 'class CustomException(Exception):\n    pass\n\n\ndef handler(event, context):\n    raise CustomException("some error occurred")\n'
    fixture(r, "creation_response", code=code, Runtime="python3.10")
    r.call("PutFunctionEventInvokeConfig", FunctionName="fn", MaximumRetryAttempts=1)
    invoke(r, "invocation_response", event={}, InvocationType="Event")

    def ended():
        # Another attempt, a minute later.
        r.chamber.post("/_chamber/clock", {"advance": "180s"})
        events = messages(r)
        return events if sum(event["message"].startswith("REPORT") for event in events) == 2 else None

    given = [{name: event[name] for name in ("ingestionTime", "message", "timestamp")} for event in chamber.until(ended)]
    for step in ("log_events",):
        for event in r.answers[step]:
            event["message"] = event["message"].replace("python:3.10.v11", "<version>").replace("REPORT RequestId", "<report>")
            if event["message"].startswith("<report>"):
                event["message"] = "<report>"
            if event["message"].startswith("INIT_START"):
                event["message"] = "INIT_START Runtime Version: <version>\tRuntime Version ARN: <arn>\n"
    r.check("log_events", given)


@replay("TestRequestIdHandling::test_request_id_invoke")
def request_id(r):
    code = """
import logging
logging.getLogger().setLevel(logging.INFO)

def handler(event, context):
    logging.getLogger().info("RequestId log message")
    return context.aws_request_id
"""
    create(r, code=code)
    invoke(r, "invoke_result", event={})
    events = chamber.until(lambda: (e := messages(r)) and e[-1]["message"].startswith("REPORT") and e)
    lines = [event["message"].strip() for event in events if not event["message"].startswith("INIT_START")]
    r.check("log_entries", {"logs": lines})


@replay("TestLambdaBaseFeatures::test_lambda_too_large_response")
def too_large(r):
    create(r, code="def handler(event, context):\n    return 'x' * 7_000_000\n")
    invoke(r, "invoke_result", event={})
    invoke(r, "invoke_result_2", event={})


@replay("TestLambdaBehavior::test_lambda_invoke_no_timeout")
def no_timeout(r):
    fixture(r, "create-result", code="import time\n\ndef handler(event, context):\n    time.sleep(0.5)\n", Timeout=2)
    invoke(r, "invoke-result", event={})


@replay("TestLambdaBehavior::test_lambda_invoke_timed_out_environment_reuse")
def timed_out(r):
    code = """
import time

number = 0

def handler(event, context):
    global number
    if "write-file" in event:
        with open("/tmp/temp-file", "w") as file:
            file.write(event["write-file"])
    if "read-file" in event:
        with open("/tmp/temp-file") as file:
            return {"content": file.read()}
    if "set-number" in event:
        number = event["set-number"]
    if "read-number" in event:
        return {"number": number}
    if "sleep" in event:
        time.sleep(event["sleep"])
"""
    fixture(r, "create-result", code=code, Timeout=1)
    invoke(r, "invoke-result-file-write", event={"write-file": "some-content"})
    invoke(r, "invoke-result-file-read", event={"read-file": True})
    invoke(r, "invoke-result-set-number", event={"set-number": 42})
    invoke(r, "invoke-result-read-number", event={"read-number": True})
    # Recorded in 2024: AWS words it otherwise now.
    invoke(r, "invoke-result-timed-out", event={"sleep": 3}, without=("Payload",))
    invoke(r, "invoke-result-file-read-after-timeout", event={"read-file": True})
    invoke(r, "invoke-result-read-number-after-timeout", event={"read-number": True})


@replay("TestLambdaErrors::test_lambda_handler_error")
def handler_fails(r):
    create(r, code={"lambda_handler_error.py": 'def handler(event, context):\n    raise Exception("Handler fails")\n'}, handler="lambda_handler_error.handler", Runtime="python3.13")
    invoke(r, "invocation_error", event={})


@replay("TestLambdaErrors::test_lambda_invoke_payload_encoding_error")
def no_json(r):
    create(r)
    r.did("invoke_function_invalid_payload_message", "Invoke", FunctionName="fn", Payload=b"\x99\xeb,j\x07\xa1zYh")


@replay("TestLambdaErrors::test_lambda_runtime_error")
def start_fails(r):
    create(r, code={"lambda_runtime_error.py": 'raise Exception("Runtime startup fails")\n'}, handler="lambda_runtime_error.handler", Runtime="python3.13")
    # Where the interpreter's own files lie is this computer's matter.
    invoke(r, "invocation_error", event={}, without=["stackTrace"], parsed=True)


WHO = """import boto3

def handler(event, context):
    return boto3.client("sts").get_caller_identity()["Arn"]
"""


@replay("TestLambdaBaseFeatures::test_assume_role")
def works_as_role(r):
    role = f"arn:aws:iam::{chamber.ACCOUNT}:role/lambda-autogenerated-a1b2"
    create(r, code=WHO, Role=role)
    r.check("invoke-result-assumed-role-arn", json.loads(invoke(r)["Payload"]))


@replay("TestLambdaErrors::test_lambda_runtime_exit")
def start_exits(r):
    create(r, code="import sys\n\nsys.exit(0)\n")
    invoke(r, "invocation_error", event={})


@replay("TestLambdaErrors::test_lambda_runtime_wrapper_not_found")
def no_wrapper(r):
    create(r, Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/idontexist.sh"}})
    invoke(r, "invocation_error", event={})


@replay("TestLambdaRuntimesCommon::test_uncaught_exception_invoke")
def uncaught(r):
    wanted = r.answers["create_function_result"]
    python = r.parameter.startswith("python")
    code = {"handler.py": "def handler(event, context):\n    raise Exception('Failed: ' + event['error_msg'])\n"}
    if not python:
        code = {"index.js": "exports.handler = async (event) => { throw new Error('Error: ' + event.error_msg); };"}
    made = bare(r, "create_function_result", code=code, Runtime=r.parameter, Handler=wanted["Handler"], MemorySize=wanted["MemorySize"])
    if "Error" not in made:
        invoke(r, "error_result", event={"error_msg": "some_error_msg"})


@replay("TestLambdaRuntimesCommon::test_runtime_wrapper_invoke")
def wrapped(r):
    wanted = r.answers["create_function_result"]
    wrapper = "#!/bin/bash\nexport WRAPPER_VAR=test_value\nexec \"$@\"\n"
    code = {"environment_wrapper!": wrapper, "handler.py": "import os\n\ndef handler(event, context):\n    return os.environ['WRAPPER_VAR']\n",
            "index.js": "exports.handler = async () => process.env.WRAPPER_VAR;"}  # fmt: skip
    bare(r, "create_function_result", code=code, Runtime=r.parameter, Handler=wanted["Handler"],
         Environment=wanted["Environment"], MemorySize=wanted["MemorySize"])  # fmt: skip
    if r.parameter.startswith(("dotnet", "ruby", "java")):
        return  # the record ends here too
    answer = r.call("Invoke", FunctionName="fn", Payload=b"{}")
    r.test.assertEqual(json.loads(answer["Payload"]), "test_value")


INTROSPECTION = {
    "handler.py": """
import os

def handler(event, context):
    names = ["function_name", "function_version", "invoked_function_arn", "memory_limit_in_mb", "aws_request_id",
             "log_group_name", "log_stream_name"]
    ctx = {name: getattr(context, name) for name in names}
    ctx["remaining_time_in_millis"] = context.get_remaining_time_in_millis()
    return {"environment": dict(os.environ), "ctx": ctx, "packages": []}
""",
    "index.js": """
exports.handler = async (event, context) => ({ environment: { ...process.env }, packages: [], ctx: {
    function_name: context.functionName, function_version: context.functionVersion,
    invoked_function_arn: context.invokedFunctionArn, memory_limit_in_mb: context.memoryLimitInMB,
    aws_request_id: context.awsRequestId, log_group_name: context.logGroupName, log_stream_name: context.logStreamName,
    remaining_time_in_millis: context.getRemainingTimeInMillis() } });
""",
}
# Where things lie and listen is this computer's matter; X-Ray's daemon and the session of a role are not here; the rest is
# how functions reach the chamber.
OWN_VARIABLES = {
    "AWS_LAMBDA_RUNTIME_API", "AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_PORT", "LAMBDA_RUNTIME_DIR", "LD_LIBRARY_PATH",
    "PATH", "PYTHONPATH", "NODE_PATH", "LANG", "LC_CTYPE", "SHLVL", "AWS_ENDPOINT_URL", "HOME", "NODE_EXTRA_CA_CERTS", "_",
}  # fmt: skip


def introspected(r, step, answer):
    def common(value):
        return {**value, "environment": {name: text for name, text in value["environment"].items() if name not in OWN_VARIABLES}}

    r.answers[step] = common(r.answers[step])
    r.answers[step]["ctx"].setdefault("memory_limit_in_mb", "1024")
    r.check(step, common(json.loads(answer["Payload"])))


@replay("TestLambdaRuntimesCommon::test_introspection_invoke")
def introspection(r):
    wanted = r.answers["create_function_result"]
    made = bare(r, "create_function_result", code=INTROSPECTION, Runtime=r.parameter, Handler=wanted["Handler"], MemorySize=wanted["MemorySize"],
                Environment=wanted["Environment"])  # fmt: skip
    if "Error" in made:
        return
    introspected(r, "invocation_result_payload", invoke(r, event={"simple": "payload"}))
    introspected(r, "invocation_result_payload_qualified", invoke(r, event={"simple": "payload"}, Qualifier="$LATEST"))


@replay("TestLambdaBehavior::test_lambda_init_environment")
def start_environment(r):
    code = INTROSPECTION["handler.py"].replace("import os\n", "import os\n\nENVIRONMENT = dict(os.environ)\n")
    code = code.replace('{"environment": dict(os.environ), "ctx": ctx, "packages": []}', '{"environment": ENVIRONMENT}')
    fixture(r, "create-result", code=code, Runtime="python3.14")
    answer = invoke(r)
    payload = json.loads(answer["Payload"])
    own = OWN_VARIABLES | {"_X_AMZN_TRACE_ID"}
    for value in (r.answers["lambda-init-inspection"]["Payload"], payload):
        value["environment"] = {name: text for name, text in value["environment"].items() if name not in own}
    r.check("lambda-init-inspection", {**answer, "Payload": payload})


# ---- concurrency


@replay("TestLambdaConcurrency::test_lambda_concurrency_crud")
def reserved_none(r):
    create(r)
    r.did("get_function_concurrency_default", "GetFunctionConcurrency", FunctionName="fn")
    r.did("put_function_concurrency", "PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=0)
    r.did("get_function_concurrency_updated", "GetFunctionConcurrency", FunctionName="fn")
    r.call("DeleteFunctionConcurrency", FunctionName="fn")
    r.did("get_function_concurrency_deleted", "GetFunctionConcurrency", FunctionName="fn")


@replay("TestLambdaReservedConcurrency::test_function_concurrency")
def reserved(r):
    create(r)
    r.did("put_function_concurrency_with_reserved_0", "PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=0)
    r.did("put_function_concurrency_with_reserved_1", "PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=1)
    r.did("get_function_concurrency", "GetFunctionConcurrency", FunctionName="fn")
    r.did("delete_response", "DeleteFunctionConcurrency", FunctionName="fn")
    r.did("get_function_concurrency_after_delete", "GetFunctionConcurrency", FunctionName="fn")


def provisioned(r, step, count=None, qualifier="1", name="fn"):
    action = "PutProvisionedConcurrencyConfig" if count else "GetProvisionedConcurrencyConfig"
    more = {"ProvisionedConcurrentExecutions": count} if count else {}
    return r.did(step, action, FunctionName=name, Qualifier=qualifier, **more)


def until_ready(r, qualifier):
    chamber.until(lambda: r.call("GetProvisionedConcurrencyConfig", FunctionName="fn", Qualifier=qualifier).get("Status") == "READY")


# Environments may be there before one asks.
ON_THE_WAY = ["AllocatedProvisionedConcurrentExecutions", "AvailableProvisionedConcurrentExecutions", "Status"]


@replay("TestLambdaConcurrency::test_provisioned_concurrency_on_alias")
def provisioned_alias(r):
    create(r)
    publish(r)
    r.call("CreateAlias", FunctionName="fn", Name="alias", FunctionVersion="1")
    provisioned(r, "put_provisioned_5", 5, "alias")
    r.did("get_provisioned_prewait", "GetProvisionedConcurrencyConfig", ON_THE_WAY, FunctionName="fn", Qualifier="alias")
    until_ready(r, "alias")
    provisioned(r, "get_provisioned_postwait", None, "alias")


@replay("TestLambdaConcurrency::test_reserved_concurrency_async_queue")
def reserved_busy(r):
    create(r, code="import time\n\ndef handler(event, context):\n    time.sleep(event['wait'])\n")
    publish(r)
    r.did("fn", "GetFunctionConfiguration", FunctionName="fn", Qualifier="$LATEST")
    r.did("put_fn_concurrency", "PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=1)
    invoke(r, event={"wait": 10}, InvocationType="Event")
    chamber.until(lambda: any(one["State"] in ("Busy", "Starting") for one in r.chamber.get("/_chamber/lambda/functions/fn/environments")["Environments"]))
    invoke(r, "too_many_requests_exc", event={"wait": 0})


@replay("TestLambdaConcurrency::test_reserved_provisioned_overlap")
def overlap(r):
    create(r)
    r.did("update_func_config", "UpdateFunctionConfiguration", FunctionName="fn", Timeout=15)
    publish(r)
    provisioned(r, "put_provisioned_5", 2)
    r.did("get_provisioned_prewait", "GetProvisionedConcurrencyConfig", ON_THE_WAY, FunctionName="fn", Qualifier="1")
    until_ready(r, "1")
    provisioned(r, "get_provisioned_postwait")
    r.did("reserved_lower_than_provisioned_exc", "PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=1)
    r.call("PutFunctionConcurrency", FunctionName="fn", ReservedConcurrentExecutions=2)
    r.did("get_concurrency", "GetFunctionConcurrency", FunctionName="fn")
    invoke(r, "reserved_equals_provisioned_latest_invoke_exc", event={})
    provisioned(r, "reserved_equals_provisioned_increase_provisioned_exc", 3)
    r.call("UpdateFunctionConfiguration", FunctionName="fn", Description="2")
    publish(r)
    provisioned(r, "reserved_equals_provisioned_another_provisioned_exc", 1, "2")


@replay("TestLambdaProvisionedConcurrency::test_lambda_provisioned_lifecycle")
def provisioned_life(r):
    create(r)
    publish(r, "publish_version_result")
    alias = r.did("create_alias_result", "CreateAlias", FunctionName="fn", Name="alias", FunctionVersion="1")["Name"]
    r.match.known["<alias-name>"] = alias
    provisioned(r, "put_provisioned_on_version", 1)
    provisioned(r, "put_provisioned_on_alias_versionconflict", 1, alias)
    r.did("delete_provisioned_version", "DeleteProvisionedConcurrencyConfig", FunctionName="fn", Qualifier="1")
    provisioned(r, "get_provisioned_version_postdelete")
    provisioned(r, "put_provisioned_on_alias", 1, alias)
    provisioned(r, "put_provisioned_on_version_conflict", 1)
    r.did("delete_alias_result", "DeleteAlias", FunctionName="fn", Name=alias)
    provisioned(r, "get_provisioned_alias_postaliasdelete", None, alias)
    r.did("list_response_postdeletes", "ListProvisionedConcurrencyConfigs", FunctionName="fn")


@replay("TestLambdaRecursion::test_put_function_recursion_config_allow", "TestLambdaRecursion::test_put_function_recursion_config_default_terminate",
        "TestLambdaRecursion::test_put_function_recursion_config_invalid_value")  # fmt: skip
def recursion(r):
    create(r)
    if "allow" in r.name:
        r.did("put_recursion_config_response", "PutFunctionRecursionConfig", FunctionName="fn", RecursiveLoop="Allow")
        r.did("get_recursion_config_response", "GetFunctionRecursionConfig", FunctionName="fn")
    elif "invalid" in r.name:
        r.did("put_recursion_invalid_value_error", "PutFunctionRecursionConfig", FunctionName="fn", RecursiveLoop="InvalidValue")
    else:
        r.did("get_recursion_default_terminate_response", "GetFunctionRecursionConfig", FunctionName="fn")


# ---- asynchronous events


@replay("TestLambdaEventInvokeConfig::test_lambda_eventinvokeconfig_lifecycle")
def event_config(r):
    create(r)
    config = {"FunctionName": "fn"}
    r.did("put_invokeconfig_retries_0", "PutFunctionEventInvokeConfig", **config, MaximumRetryAttempts=0)
    r.did("put_invokeconfig_eventage_60", "PutFunctionEventInvokeConfig", **config, MaximumEventAgeInSeconds=60)
    r.did("update_invokeconfig_eventage_nochange", "UpdateFunctionEventInvokeConfig", **config, MaximumEventAgeInSeconds=60)
    r.did("update_invokeconfig_retries", "UpdateFunctionEventInvokeConfig", **config, MaximumRetryAttempts=1)
    r.did("get_invokeconfig", "GetFunctionEventInvokeConfig", **config)
    r.did("get_invokeconfig_latest", "GetFunctionEventInvokeConfig", **config, Qualifier="$LATEST")
    r.did("list_single_invokeconfig", "ListFunctionEventInvokeConfigs", **config)
    publish(r, "publish_version_result")
    r.did("get_invokeconfig_postpublish", "GetFunctionEventInvokeConfig", **config, Qualifier="1")
    r.did("put_published_invokeconfig", "PutFunctionEventInvokeConfig", **config, Qualifier="1", MaximumEventAgeInSeconds=120)
    r.did("get_published_invokeconfig", "GetFunctionEventInvokeConfig", **config, Qualifier="1")
    r.call("DeleteFunctionEventInvokeConfig", **config)
    r.did("list_paging_nolimit_postdelete", "ListFunctionEventInvokeConfigs", **config)


QUEUE = f"arn:aws:sqs:{chamber.REGION}:{chamber.ACCOUNT}:queue"


def queue(r):
    return target(r, "CreateQueue", {"QueueName": "queue"}, "AmazonSQS")["QueueUrl"]


def received(r, url, step="0s", **more):
    """What a queue gives, once it has something; the clock goes on by `step` meanwhile."""

    def came():
        r.chamber.post("/_chamber/clock", {"advance": step})
        answer = target(r, "ReceiveMessage", {"QueueUrl": url, **more}, "AmazonSQS")
        return answer if answer.get("Messages") else None

    return chamber.until(came)


@replay("TestLambdaDestinationSqs::test_assess_lambda_destination_invocation")
def destinations(r):
    # It fails in its 55th line.
    code = """
def handler(event, context):
    if not event.get("raise_error"):
        names = ["aws_request_id", "function_name", "function_version", "invoked_function_arn", "log_group_name",
                 "log_stream_name", "memory_limit_in_mb", "client_context"]
        return {"event": event, "context": {name: getattr(context, name) for name in names}}
"""
    code += "\n" * (54 - code.count("\n")) + '    raise Exception("Test exception (this is intentional)")\n'
    create(r, code=code)
    url = queue(r)
    retries = {} if r.parameter.startswith("Success") else {"MaximumRetryAttempts": 0}
    r.did("put_function_event_invoke_config", "PutFunctionEventInvokeConfig", FunctionName="fn",
          DestinationConfig={"OnSuccess": {"Destination": QUEUE}, "OnFailure": {"Destination": QUEUE}}, **retries)  # fmt: skip
    invoke(r, event={"raise_error": 1} if r.parameter == "payload1" else {}, InvocationType="Event")
    r.check("receive_message_result", received(r, url))


@replay("TestLambdaDestinationSqs::test_retries")
def retried(r):
    create(r, code='\n\n\n\n\ndef handler(event, context):\n    raise Exception("intentional failure")\n')
    url = queue(r)
    r.call("PutFunctionEventInvokeConfig", FunctionName="fn", MaximumRetryAttempts=2, DestinationConfig={"OnFailure": {"Destination": QUEUE}})
    invoke(r, event={"message": "one"}, InvocationType="Event")
    received(r, url, "60s", VisibilityTimeout=0)
    given = received(r, url, AttributeNames=["All"])
    # How many times it was looked for is this program's matter; the header of X-Ray does not go through queues here.
    wanted = r.answers["queue_destination_payload"]["Messages"][0]["Attributes"]
    wanted.pop("AWSTraceHeader")
    wanted["ApproximateReceiveCount"] = "<count>"
    given["Messages"][0]["Attributes"].pop("AWSTraceHeader", None)
    r.check("queue_destination_payload", given)


# ---- streams


def table(r, step=None, key="id", view="NEW_AND_OLD_IMAGES", at_once=True, updated=None):
    """A table with a stream; LocalStack enables it after the table is made where `at_once` is false."""
    stream = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": view}}
    made = target(r, "CreateTable", {"TableName": "table", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
                                     "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}], **(stream if at_once else {})})  # fmt: skip
    if step:
        r.check(step, made)
    if not at_once:
        made = target(r, "UpdateTable", {"TableName": "table", **stream})
        if updated:
            r.check(updated, made)
    return made["TableDescription"]["LatestStreamArn"]


def mapping(r, step, source, without=(), **more):
    return r.did(step, "CreateEventSourceMapping", without, FunctionName="fn", EventSourceArn=source, **{"StartingPosition": "TRIM_HORIZON", **more})


@replay("TestDynamoDBEventSourceMapping::test_deletion_event_source_mapping_with_dynamodb")
def mapping_deleted(r):
    create(r)
    source = table(r, "create_dynamodb_table_response", view="NEW_IMAGE")
    mapping(r, "create_event_source_mapping_result", source)
    r.did("list_event_source_mapping_result", "ListEventSourceMappings", EventSourceArn=source)


@replay("TestDynamoDBEventSourceMapping::test_duplicate_event_source_mappings")
def mapping_twice(r):
    create(r)
    source = table(r, "create-table-result", "my_partition_key", "NEW_IMAGE", False)
    more = {"MaximumBatchingWindowInSeconds": 1, "MaximumRetryAttempts": 1}
    mapping(r, "create", source, **more)
    mapping(r, "error", source, **more)


def events(r, count):
    def came():
        given = [json.loads(event["message"]) for event in messages(r) if event["message"].startswith("{")]
        return given if len(given) >= count else None

    return chamber.until(came)


def put(r, item):
    target(r, "PutItem", {"TableName": "table", "Item": item})


FILTERED = {
    "content_multiple_filters": [{"id": {"S": "id_value"}}, {"id": {"S": "id_value"}, "id2": {"S": "new"}}],
    "content_or_filter": [{"id": {"S": "id_value"}}, {"id": {"S": "id_value"}, "id2": {"S": "id2_new_value"}}],
    "date_time_conversion": [{"id": {"S": "id_value_1"}}, {"id": {"S": "id_value_2"}}],
    "numeric_filter": [{"id": {"S": "id_value_1"}, "numericFilter": {"N": "42"}}, {"id": {"S": "id_value_2"}, "numericFilter": {"N": "101"}}],
    "prefix_filter": [{"id": {"S": "id_value_1"}, "prefix": {"S": "us-1-other-suffix"}}, {"id": {"S": "id_value_1"}, "prefix": {"S": "other-suffix"}}],
}


@replay("TestDynamoDBEventSourceMapping::test_dynamodb_event_filter")
def filtered(r):
    create(r, code=LOUD)
    source = table(r, "table_creation_response", at_once=False)
    wanted = r.answers["create_event_source_mapping_response"]["FilterCriteria"]["Filters"][0]["Pattern"]
    if r.parameter == "date_time_conversion":
        wanted["dynamodb"]["ApproximateCreationDateTime"] = [{"numeric": [">", 0]}]
    if r.parameter == "numeric_filter":
        # As recorded no number fits but 42 does: the rule was an alternative.
        wanted = {"dynamodb": {"NewImage": {"numericFilter": {"N": [{"anything-but": "101"}]}}}}
        r.answers["create_event_source_mapping_response"]["FilterCriteria"]["Filters"][0]["Pattern"] = wanted
    mapping(r, "create_event_source_mapping_response", source, BatchSize=1, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=1,
            FilterCriteria={"Filters": [{"Pattern": json.dumps(wanted)}]})  # fmt: skip
    first, second = FILTERED[r.parameter]
    put(r, first)
    r.check("lambda-log-events", events(r, 1))
    put(r, second)
    r.check("lambda-multiple-log-events", events(r, len(r.answers["lambda-multiple-log-events"])))


@replay("TestDynamoDBEventSourceMapping::test_dynamodb_event_source_mapping", "TestDynamoDBEventSourceMapping::test_dynamodb_report_batch_item_success_scenarios")
def mapped(r):
    result = {"null_success": "None", "empty_list_success": "{'batchItemFailures': []}"}.get(r.parameter, "event")
    create(r, code=LOUD.replace("return event", "return " + result))
    source = table(r, "create-table-result", "my_partition_key", "NEW_IMAGE", False)
    more = {"BatchSize": 1, "MaximumBatchingWindowInSeconds": 1, "MaximumRetryAttempts": 1}
    if r.parameter:
        r.call("CreateEventSourceMapping", FunctionName="fn", EventSourceArn=source, StartingPosition="TRIM_HORIZON",
               FunctionResponseTypes=["ReportBatchItemFailures"], **more)  # fmt: skip
    else:
        mapping(r, "create_event_source_mapping_response", source, **more)
    put(r, {"my_partition_key": {"S": "hello world"}, "binary_key": {"B": "Zm9vYmFy"}})
    r.check("dynamodb_events" if r.parameter else "event_logs", events(r, 1))


@replay("TestDynamoDBEventSourceMapping::test_dynamodb_report_batch_item_failures",
        "TestDynamoDBEventSourceMapping::test_dynamodb_report_batch_item_failures_with_on_failure_destination_config")  # fmt: skip
def failures(r):
    code = """
import json

def handler(event, context):
    print(json.dumps(event))
    failed = [record for record in event["Records"] if record["dynamodb"]["NewImage"]["should_fail"]["BOOL"]]
    return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]} for record in failed]}
"""
    create(r, code=code)
    url = queue(r)
    table(r, "create_table_response", "my_partition_key", "NEW_IMAGE", False, "update_table_response")
    source = target(r, "DescribeTable", {"TableName": "table"})["Table"]["LatestStreamArn"]
    for number in range(6) if "dynamodb_records" in r.answers else [5]:
        put(r, {"my_partition_key": {"S": f"testId{number}"}, "should_fail": {"BOOL": number == 5}})
    # Its ARN is of a later day than the older record.
    arn = ["EventSourceMappingArn"] if "EventSourceMappingArn" not in r.answers["create_event_source_mapping_response"] else []
    mapping(r, "create_event_source_mapping_response", source, arn, BatchSize=3, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=3,
            FunctionResponseTypes=["ReportBatchItemFailures"], DestinationConfig={"OnFailure": {"Destination": QUEUE}})  # fmt: skip
    r.check("destination_queue_messages", received(r, url, "5s"))
    if "dynamodb_records" in r.answers:
        # Which records come together, and so how often, depends on the shards that they are in: each must come.
        def named(records):
            return {record["dynamodb"]["Keys"]["my_partition_key"]["S"]: record for record in records}

        came = named(record for event in events(r, 4) for record in event["Records"])
        r.answers["dynamodb_records"] = named(r.answers["dynamodb_records"]["Records"])
        r.check("dynamodb_records", came)


@replay("TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle")
def mapping_life(r):
    create(r)
    queue(r)
    table(r, None, "id", "NEW_IMAGE", False, "update_table_response")
    source = target(r, "DescribeTable", {"TableName": "table"})["Table"]["LatestStreamArn"]
    made = mapping(r, "create_response", source, BatchSize=1, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=1,
                   DestinationConfig={"OnFailure": {"Destination": QUEUE}})["UUID"]  # fmt: skip
    r.did("get_response", "GetEventSourceMapping", UUID=made)
    r.did("delete_response", "DeleteEventSourceMapping", UUID=made)


@replay("TestLambdaEventSourceMappings::test_function_name_variations")
def mapping_names(r):
    create(r)
    publish(r)
    r.call("CreateAlias", FunctionName="fn", Name="myalias", FunctionVersion="1")
    queue(r)
    partial = f"{chamber.ACCOUNT}:function:fn"
    for step, name in (("name_only", "fn"), ("partial_arn_latest", partial + ":$LATEST"), ("partial_arn_version", partial + ":1"),
                       ("partial_arn_alias", partial + ":myalias"), ("full_arn_latest", ARN + "fn"),
                       ("full_arn_version", ARN + "fn:1"), ("full_arn_alias", ARN + "fn:myalias")):  # fmt: skip
        made = r.did(step + "_create_esm", "CreateEventSourceMapping", FunctionName=name, EventSourceArn=QUEUE)
        r.call("DeleteEventSourceMapping", UUID=made["UUID"])


@replay("TestDynamoDBEventSourceMapping::test_dynamodb_invalid_event_filter")
def filter_wrong(r):
    create(r)
    mapping(r, "exception_event_source_creation", table(r), FilterCriteria={"Filters": [{"Pattern": "single-string"}]})


@replay("TestDynamoDBEventSourceMapping::test_esm_with_not_existing_dynamodb_stream")
def no_stream(r):
    create(r)
    mapping(r, "error", f"arn:aws:dynamodb:{chamber.REGION}:{chamber.ACCOUNT}:table/test-table-4a53f4e8/stream/2025-02-22T03:03:25.490")


@replay("TestLambdaEventSourceMappings::test_create_event_filter_criteria_validation")
def no_filters(r):
    create(r)
    mapping(r, "response-with-empty-filters", table(r), StartingPosition="LATEST", FilterCriteria={"Filters": []})


@replay("TestLambdaEventSourceMappings::test_create_event_source_validation")
def mapping_wrong(r):
    create(r)
    source = table(r)
    r.did("no_starting_position", "CreateEventSourceMapping", FunctionName="fn", EventSourceArn=source)
    mapping(r, "invalid_starting_position", source, StartingPosition="invalid")
    mapping(r, "incompatible_starting_position", source, StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=1741010802.0)


# ---- layers


def layer(r, step=None, name="layer", **more):
    content = {"ZipFile": zip64({"text.txt": "x"})}
    return r.did(step, "PublishLayerVersion", LayerName=name, Content=content, **more) if step else r.call("PublishLayerVersion", LayerName=name, Content=content, **more)


@replay("TestLambdaLayer::test_layer_compatibilities")
def compatible(r):
    layer(r, "publish_result", CompatibleRuntimes=r.answers["publish_result"]["CompatibleRuntimes"], CompatibleArchitectures=["arm64", "x86_64"])


@replay("TestLambdaLayer::test_layer_function_exceptions")
def layers_wrong(r):
    made = [layer(r, step, CompatibleRuntimes=[], CompatibleArchitectures=["x86_64"])
            for step in ("publish_result", "publish_result_2", "publish_result_3")]  # fmt: skip
    first, second, third = (one["LayerVersionArn"] for one in made)
    create(r)
    r.did("get_fn_result", "GetFunction", FunctionName="fn")

    def refused(step, *arns):
        r.did(step, "UpdateFunctionConfiguration", FunctionName="fn", Layers=list(arns))

    refused("two_layer_versions_single_function_exc", first, second)
    refused("three_layer_versions_single_function_exc", first, second, third)
    refused("two_identical_layer_versions_single_function_exc", first, first)
    refused("add_nonexistent_layer_exc", first.replace(":layer:layer:", ":layer:doesnotexist:"))
    refused("add_nonexistent_layer_version_exc", first[:-1] + "9")
    refused("add_layer_arn_without_version_exc", first[:-2])
    r.check("create_function_with_layer_in_different_region", create(r, "other", Layers=[first.replace(chamber.REGION, "eu-west-3")]))


@replay("TestLambdaLayer::test_layer_policy_exceptions")
def layer_policies(r):
    layer(r, "publish_result", CompatibleRuntimes=["python3.12"], CompatibleArchitectures=["x86_64"])
    here = {"LayerName": "layer", "VersionNumber": 1}
    rule = {"StatementId": "s1", "Action": "lambda:GetLayerVersion", "Principal": "*"}
    r.did("layer_permission_nopolicy_get", "GetLayerVersionPolicy", **here)
    r.did("add_layer_permission_result", "AddLayerVersionPermission", **here, **rule)
    r.did("layer_permission_action_invalid", "AddLayerVersionPermission", **here, **{**rule, "StatementId": "s2", "Action": "*"})
    r.did("layer_permission_duplicate_statement", "AddLayerVersionPermission", **here, **rule)
    r.did("layer_permission_statementid_doesnotexist_remove", "RemoveLayerVersionPermission", **here, StatementId="doesnotexist")
    r.did("layer_permission_wrong_revision", "AddLayerVersionPermission", **here, **{**rule, "StatementId": "s3"}, RevisionId="wrong")
    r.did("layer_permission_wrong_revision_remove", "RemoveLayerVersionPermission", **here, StatementId="s1", RevisionId="wrong")
    for kind, there in (("layername", {"LayerName": "layer-doesnotexist", "VersionNumber": 1}), ("layerversion", {"LayerName": "layer", "VersionNumber": 2})):
        step = f"layer_permission_{kind}_doesnotexist_"
        r.did(step + "add", "AddLayerVersionPermission", **there, **rule)
        r.did(step + "get", "GetLayerVersionPolicy", **there)
        r.did(step + "remove", "RemoveLayerVersionPermission", **there, StatementId="s1")


# ---- permissions


BUCKET = {"Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "SourceArn": "arn:aws:s3:::bucket"}


def permit(r, step=None, sid="s3", **more):
    members = {"FunctionName": "fn", "StatementId": sid, **BUCKET, **more}
    members = {name: value for name, value in members.items() if value is not None}
    return r.did(step, "AddPermission", **members) if step else r.call("AddPermission", **members)


def policy(r, step, **more):
    return r.did(step, "GetPolicy", FunctionName="fn", **more)


@replay("TestLambdaPermissions::test_add_lambda_permission_aws")
def permission(r):
    fixture(r, "create_lambda")
    permit(r, "add_permission")
    policy(r, "get_policy")


@replay("TestLambdaPermissions::test_add_lambda_permission_fields")
def permission_fields(r):
    create(r)
    account = {"SourceArn": None, "SourceAccount": chamber.ACCOUNT}
    user = f"arn:aws:iam::{chamber.ACCOUNT}:user/somebody"
    r.match.known["<user_arn>"] = user
    permit(r, "add_permission_principal_wildcard", "wilcard", Principal="*", **account)
    permit(r, "add_permission_principal_service", "lambda", Principal="lambda.amazonaws.com", **account)
    permit(r, "add_permission_principal_account", "account-id", Principal=chamber.ACCOUNT, SourceArn=None)
    permit(r, "add_permission_principal_arn", "user-arn", Principal=user, **account)
    permit(r, "add_permission_optional_fields", "urlPermission", Action="lambda:InvokeFunctionUrl", Principal="*", SourceAccount=chamber.ACCOUNT,
           PrincipalOrgID="o-1234567890", FunctionUrlAuthType="NONE")  # fmt: skip
    permit(r, "add_permission_alexa_skill", "alexaSkill", Principal="*", SourceArn=None, EventSourceToken="amzn1.ask.skill.xxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")


@replay("TestLambdaPermissions::test_create_multiple_lambda_permissions")
def permissions(r):
    create(r)
    permit(r, "add_permission_response_1", "logs", Principal="logs.amazonaws.com", SourceArn=None)
    permit(r, "add_permission_response_2", "kinesis", Principal="kinesis.amazonaws.com", SourceArn=None)
    policy(r, "policy_after_2_add")


@replay("TestLambdaPermissions::test_remove_multi_permissions")
def permissions_removed(r):
    create(r)
    permit(r, "add_permission_1", "s3", SourceArn=None)
    permit(r, "add_permission_2", "sqs", Principal="sqs.amazonaws.com")
    policy(r, "policy_after_2_add")
    r.did("remove_permission_exception_nonexisting_sid", "RemovePermission", FunctionName="fn", StatementId="non-existent")
    r.call("RemovePermission", FunctionName="fn", StatementId="sqs")
    revision = policy(r, "policy_after_removal")["RevisionId"]
    policy(r, "policy_after_removal_attempt")
    r.call("RemovePermission", FunctionName="fn", StatementId="s3", RevisionId=revision)
    policy(r, "get_policy_exception_removed_all")


@replay("TestLambdaPermissions::test_lambda_permission_fn_versioning")
def permission_versions(r):
    create(r)
    permit(r, "add_permission")
    policy(r, "get_policy")
    publish(r, "publish_version_result")
    policy(r, "get_policy_after_publishing_latest")
    policy(r, "get_policy_after_publishing_new_version", Qualifier="1")
    permit(r, Qualifier="1")
    policy(r, "get_policy_after_adding_to_new_version")
    policy(r, "get_policy_version", Qualifier="1")
    permit(r, sid="s3_2")
    policy(r, "get_policy_after_adding_2")
    r.did("get_function_result_after_publishing", "GetFunction", FunctionName="fn")
    alias = r.did("create_alias_response", "CreateAlias", FunctionName="fn", Name="permission-alias", FunctionVersion="1")
    r.did("get_alias", "GetAlias", FunctionName="fn", Name="permission-alias")
    permit(r, Qualifier="permission-alias", RevisionId=alias["RevisionId"])
    policy(r, "get_policy_alias", Qualifier="permission-alias")
    permit(r, "add_permission_alias_revision_exception", "s3_3", Qualifier="permission-alias", RevisionId="wrong")


@replay("TestLambdaPermissions::test_lambda_permission_versioning")
def permission_of_versions(r):
    create(r)
    permit(r, "add_permission")
    policy(r, "get_policy")
    publish(r)
    policy(r, "get_policy_after_publishing_latest")
    policy(r, "get_policy_after_publishing_new_version", Qualifier="1")
    permit(r, Qualifier="1")
    policy(r, "get_policy_after_adding_to_new_version")
    permit(r, sid="s3_2")
    policy(r, "get_policy_after_adding_2")


@replay("TestLambdaPermissions::test_permission_exceptions")
def permissions_wrong(r):
    create(r)
    r.match.known["<function-name>"] = "fn"
    permit(r, "add_permission_invalid_statement_id", "example.com")
    permit(r, "add_permission_fn_doesnotexist", FunctionName="doesnotexist")
    for step, qualifier in (("invalid", "invalid-qualifier-with-?-char"), ("latest", "$LATEST"), ("valid_doesnotexist", "valid-with-$-but-doesnotexist")):
        permit(r, "add_permission_fn_qualifier_" + step, Qualifier=qualifier)
    permit(r, "add_permission_fn_qualifier_mismatch", FunctionName="fn:alias-not-42", Qualifier="42")
    permit(r, "add_permission_fn_version_doesnotexist", Qualifier="42")
    permit(r, "add_permission_fn_alias_doesnotexist", Qualifier="alias-doesnotexist")
    permit(r, "add_permission_principal_invalid", Principal="invalid.nonaws.com")
    r.did("get_policy_fn_doesnotexist", "GetPolicy", FunctionName="doesnotexist")
    policy(r, "get_policy_fn_version_doesnotexist", Qualifier="42")
    r.did("remove_permission_policy_doesnotexist", "RemovePermission", FunctionName="fn", StatementId="s3")
    r.did("remove_permission_fn_doesnotexist", "RemovePermission", FunctionName="doesnotexist", StatementId="s3")
    permit(r)
    permit(r, "add_permission_conflicting_statement_id")
    r.did("remove_permission_fn_alias_doesnotexist", "RemovePermission", FunctionName="fn", StatementId="s3", Qualifier="alias-doesnotexist")


@replay("TestLambdaPermissions::test_lambda_permission_revisions")
def permission_revisions(r):
    create(r, Runtime="python3.8")
    permit(r, "add_permission_revision_id_doesnotmatch", RevisionId="wrong")
    publish(r)
    r.call("UpdateFunctionConfiguration", FunctionName="fn", Runtime="python3.9")
    # What a policy is revised to is what its function or version is.
    permit(r)
    permit(r, sid="s3_2")
    permit(r, sid="s3_2", Qualifier="1")
    policy(r, "get_policy_after_publish_version")
    policy(r, "get_policy_v1_after_publish_version", Qualifier="1")
    r.did("get_function_fn8", "GetFunction", FunctionName="fn")
    r.did("get_function_fn8_v1", "GetFunction", FunctionName="fn", Qualifier="1")
    permit(r, sid="s3_3", Qualifier="1")
    policy(r, "get_policy_v1_after_add_permission9", Qualifier="1")
    r.did("get_function_fn9", "GetFunction", FunctionName="fn")
    r.did("get_function_fn9_v1", "GetFunction", FunctionName="fn", Qualifier="1")
    r.did("remove_permission_fn_revision_id_doesnotmatch", "RemovePermission", FunctionName="fn", StatementId="s3", RevisionId="wrong")


# ---- tags


@replay("TestLambdaTag::test_create_tag_on_fn_create")
def tagged(r):
    create(r, Tags={"testtag": "custom"})
    r.did("get_function_result", "GetFunction", FunctionName="fn")
    r.did("list_tags_result", "ListTags", Resource=ARN + "fn")


@replay("TestLambdaTag::test_create_tag_on_esm_create")
def tagged_mapping(r):
    create(r)
    made = r.call("CreateEventSourceMapping", FunctionName="fn", EventSourceArn=table(r), StartingPosition="LATEST", Tags={"testtag": "custom"})
    r.check("get_event_source_mapping_with_tag", r.call("GetEventSourceMapping", UUID=made["UUID"])["UUID"] == made["UUID"])
    r.did("list_tags_result", "ListTags", Resource=made["EventSourceMappingArn"])


@replay("TestLambdaTag::test_tag_lifecycle")
def tags(r):
    create(r)
    arn = r.call("CreateEventSourceMapping", FunctionName="fn", EventSourceArn=table(r), StartingPosition="LATEST")["EventSourceMappingArn"]

    def changed(step, action, **more):
        r.did(step, action, Resource=arn, **more)
        r.did(step + "_listtags", "ListTags", Resource=arn)

    changed("tag_single_response", "TagResource", Tags={"A": "tag-a"})
    changed("tag_multiple_response", "TagResource", Tags={"B": "tag-b", "C": "tag-c"})
    changed("tag_overlap_response", "TagResource", Tags={"C": "tag-c-newsuffix", "D": "tag-d"})
    changed("untag_single_response", "UntagResource", TagKeys=["A"])
    changed("untag_multiple_response", "UntagResource", TagKeys=["B", "C"])
    changed("untag_nonexisting_response", "UntagResource", TagKeys=["F"])
    changed("untag_existing_and_nonexisting_response", "UntagResource", TagKeys=["D", "F"])


@replay("TestLambdaTags::test_tag_lifecycle")
def tags_of_function(r):
    create(r, Tags={"key_a": "value_a"})

    def shown(step):
        r.did("list_tags_response_" + step, "ListTags", Resource=ARN + "fn")
        r.did("get_fn_response_" + step, "GetFunction", FunctionName="fn")

    shown("postfncreate")
    r.did("tag_resource_response", "TagResource", Resource=ARN + "fn", Tags={f"key_{one}": f"value_{one}" for one in "bcde"})
    shown("postaddtags")
    r.did("tag_resource_overwrite", "TagResource", Resource=ARN + "fn", Tags={"key_c": "value_x"})
    shown("overwrite")
    r.call("UntagResource", Resource=ARN + "fn", TagKeys=["key_c", "key_d"])
    shown("postuntag")
    r.call("UntagResource", Resource=ARN + "fn", TagKeys=["key_a", "key_b", "key_e"])
    shown("postuntagall")
    r.call("DeleteFunction", FunctionName="fn")
    r.did("list_tags_postdelete", "ListTags", Resource=ARN + "fn")


@replay("TestLambdaTags::test_tag_limits")
def tag_limits(r):
    many = {f"{one}_key": f"{one}_value" for one in range(51)}
    r.check("create_function_invalid_tags", create(r, Tags=many))
    create(r)
    r.did("tag_lambda_too_many_tags", "TagResource", Resource=ARN + "fn", Tags=many)
    del many["50_key"]
    r.did("tag_response", "TagResource", Resource=ARN + "fn", Tags=many)
    r.did("list_tags_response", "ListTags", Resource=ARN + "fn")
    r.did("get_fn_response", "GetFunction", FunctionName="fn")
    r.did("tag_lambda_too_many_tags_additional", "TagResource", Resource=ARN + "fn", Tags={"a_key": "a"})


@replay("TestLambdaTags::test_tag_versions")
def tags_of_versions(r):
    create(r)
    publish(r)
    r.did("tag_resource_exception", "TagResource", Resource=ARN + "fn:1", Tags={"a": "b"})
    r.did("tag_resource_latest_exception", "TagResource", Resource=ARN + "fn:$LATEST", Tags={"a": "b"})


# ---- URLs


def url(r, step=None, **more):
    members = {"FunctionName": "fn", "AuthType": "NONE", **more}
    return r.did(step, "CreateFunctionUrlConfig", **members) if step else r.call("CreateFunctionUrlConfig", **members)


def open_to_all(r, step=None, **more):
    return permit(r, step, "urlPermission", Action="lambda:InvokeFunctionUrl", Principal="*", SourceArn=None, FunctionUrlAuthType="NONE", **more)


def fetch(r, config):
    """Asks a function's URL; names below .localhost need not resolve."""
    host = config["FunctionUrl"].split("/")[2]
    request = urllib.request.Request(f"{r.chamber.endpoint}/_aws/lambda-url/{host.split('.')[0]}/")
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


@replay("TestLambdaURL::test_lambda_url_echo_invoke")
def url_made(r):
    create(r)
    # Without a mode the answer of AWS had none; here it has the one that holds.
    url(r, "create_lambda_url_config", **({"InvokeMode": r.parameter} if r.parameter != "None" else {}))
    open_to_all(r, "add_permission")


@replay("TestLambdaURL::test_lambda_url_invalid_invoke_mode")
def url_wrong(r):
    create(r)
    url(r, "invoke_function_invalid_invoke_type", InvokeMode="UNKNOWN")


@replay("TestLambdaURL::test_lambda_url_invocation")
def url_called(r):
    result = {"http-response-json": "{'statusCode': 200, 'body': {'hello': 'world'}}", "list-mixed": "['hello', 3, True]"}[r.parameter]
    if r.parameter == "http-response-json":
        result = "{'statusCode': 200, 'body': '{\"hello\": \"world\"}'}"
    create(r, code=f"def handler(event, context):\n    return {result}\n")
    config = url(r, "create_lambda_url_config")
    open_to_all(r, "add_permission")
    status, headers, text = fetch(r, config)
    wanted = r.answers["lambda_url_invocation"]["headers"]
    r.check("lambda_url_invocation", {"statuscode": status, "content": text, "headers": {name: headers[name] for name in wanted}})


@replay("TestLambdaURL::test_lambda_url_persists_after_alias_delete")
def url_outlives(r):
    create(r)
    publish(r)
    r.call("CreateAlias", FunctionName="fn", Name="alias", FunctionVersion="1")
    config = url(r, "create_lambda_url_config", Qualifier="alias", InvokeMode="BUFFERED")
    open_to_all(r, Qualifier="alias")
    r.check("invoke_aliased_url_response", {"status_code": fetch(r, config)[0]})
    r.did("delete_alias_resp", "DeleteAlias", FunctionName="fn", Name="alias")
    status, headers, text = fetch(r, config)
    r.check("invoke_deleted_alias_url_response_delayed", {"status_code": status, "content": text, "headers": {"x-amzn-ErrorType": headers["x-amzn-ErrorType"]}})


@replay("TestLambdaPermissions::test_lambda_permission_url_invocation")
def url_forbidden(r):
    create(r)
    r.check("lambda_url_invocation_missing_permission", fetch(r, url(r))[2])


@replay("TestLambdaUrl::test_url_config_list_paging")
def urls(r):
    create(r, code={"lambda_handler.js": "exports.handler = async () => 1;"}, handler="lambda_handler.handler", Runtime="nodejs20.x")
    publish(r, "fn_version_result")
    r.did("create_alias_result", "CreateAlias", FunctionName="fn", Name="urlalias", FunctionVersion="1")
    r.did("list_function_notfound", "ListFunctionUrlConfigs", FunctionName="doesnotexist")
    r.did("list_all_empty", "ListFunctionUrlConfigs", FunctionName="fn")
    url(r, "url_config_fn")
    url(r, "url_config_alias", Qualifier="urlalias")
    r.did("list_all", "ListFunctionUrlConfigs", FunctionName="fn")


def client(endpoint):
    return recorded.RestClient(endpoint, "lambda", "2015-03-31", MORE)


Recorded = recorded.cases(RECORDS, PROGRAM, replays, EXCEPTIONS, client)

if __name__ == "__main__":
    unittest.main(verbosity=1)
