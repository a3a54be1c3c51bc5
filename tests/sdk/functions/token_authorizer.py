"""A TOKEN authorizer as it is written for AWS: the tokens of a shop's staff and readers."""


def handler(event, context):
    token = event["authorizationToken"].removeprefix("Bearer ")
    if token == "broken":
        raise ValueError("no such token")
    if token not in ("staff", "reader", "stranger"):
        raise Exception("Unauthorized")
    _, _, _, region, account, rest = event["methodArn"].split(":", 5)
    api, stage, _ = rest.split("/", 2)
    below = f"arn:aws:execute-api:{region}:{account}:{api}/{stage}"
    allowed = {"staff": [f"{below}/*"], "reader": [f"{below}/GET/*"], "stranger": []}[token]
    statements = [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": allowed}] if allowed else []
    statements.append({"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": f"{below}/*/secret"})
    return {
        "principalId": token,
        "policyDocument": {"Version": "2012-10-17", "Statement": statements},
        "context": {"shelf": 7, "staff": token == "staff", "stamp": context.aws_request_id},
    }
