// A REQUEST authorizer as it is written for AWS: who asks with the right word may call this method.
export const handler = async (event) => {
  const word = event.headers["X-Word"];
  return {
    principalId: event.queryStringParameters.who,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        { Action: "execute-api:Invoke", Effect: word === "sesame" ? "Allow" : "Deny", Resource: event.methodArn },
      ],
    },
    context: { path: event.path, resource: event.resource, from: event.requestContext.identity.sourceIp },
  };
};
