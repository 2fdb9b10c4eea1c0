// Signs in at both Regions of a running emulator with the AWS SDK for JavaScript, and verifies the tokens of each
// against the keys of each with aws-jwt-verify. Starts nothing: where the emulator is, the environment says.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CognitoIdentityProviderClient,
  GetUserCommand,
  InitiateAuthCommand,
  OperationNotEnabledException,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier } from "aws-jwt-verify";

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `the environment lacks ${name}`);
  return value;
}

const poolId = setting("POOL_ID");
const clientId = setting("CLIENT_ID");
const username = setting("USERNAME");
const regions = ["PRIMARY", "SECONDARY"].map((role) => ({
  role,
  region: setting(`${role}_REGION`),
  endpoint: `http://127.0.0.1:${setting(`${role}_PORT`)}`,
}));

function client({ region, endpoint }) {
  const credentials = { accessKeyId: "any", secretAccessKey: "any" };
  return new CognitoIdentityProviderClient({ region, endpoint, credentials, maxAttempts: 1 });
}

async function signIn(cognito, password) {
  const answer = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  return answer.AuthenticationResult;
}

async function verifier({ endpoint }, tokenUse) {
  const jwks = await (await fetch(`${endpoint}/${poolId}/.well-known/jwks.json`)).json();
  const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse });
  verifier.cacheJwks(jwks);
  return verifier;
}

for (const mintedBy of regions) {
  test(`the ${mintedBy.role} signs in, and its tokens verify with the keys of both Regions`, async () => {
    const cognito = client(mintedBy);
    const tokens = await signIn(cognito, setting("PASSWORD"));
    for (const source of regions) {
      const access = await (await verifier(source, "access")).verify(tokens.AccessToken);
      assert.equal(access.username, username);
      const id = await (await verifier(source, "id")).verify(tokens.IdToken);
      assert.equal(id["cognito:username"], username);
      assert.equal(id.sub, access.sub);
    }
    const user = await cognito.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
    assert.equal(user.Username, username);
  });
}

test("an access token does not pass for an ID token", async () => {
  const tokens = await signIn(client(regions[0]), setting("PASSWORD"));
  await assert.rejects((await verifier(regions[0], "id")).verify(tokens.AccessToken));
});

test("a wrong password is the service's own exception", async () => {
  await assert.rejects(signIn(client(regions[0]), "wrong"), {
    name: "NotAuthorizedException",
    message: "Incorrect username or password.",
  });
});

test("the secondary makes no users", async () => {
  const signUp = new SignUpCommand({ ClientId: clientId, Username: "new", Password: "Correct-Horse-7" });
  await assert.rejects(client(regions[1]).send(signUp), OperationNotEnabledException);
});
