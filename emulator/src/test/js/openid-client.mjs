// Signs in at the domain of a running emulator with openid-client, which Twinpool did not write, in the part of the
// browser as well: it follows the redirects and fills in the form. Where the emulator is, the environment says.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import * as oidc from "openid-client";

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `the environment lacks ${name}`);
  return value;
}

const poolId = setting("POOL_ID");
const region = setting("PRIMARY_REGION");
const api = `http://127.0.0.1:${setting("PRIMARY_PORT")}`;
const callback = "http://localhost:9/callback";
const credentials = { accessKeyId: "any", secretAccessKey: "any" };
const cognito = new CognitoIdentityProviderClient({ region, endpoint: api, credentials });
const clients = {};

async function createClient(more) {
  const command = new CreateUserPoolClientCommand({
    UserPoolId: poolId,
    ClientName: "openid-client",
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "profile"],
    SupportedIdentityProviders: ["COGNITO"],
    CallbackURLs: [callback, "http://localhost:9/other"],
    ...more,
  });
  return (await cognito.send(command)).UserPoolClient;
}

before(async () => {
  const scopes = ["read", "write"].map((name) => ({ ScopeName: name, ScopeDescription: name }));
  await cognito.send(
    new CreateResourceServerCommand({ UserPoolId: poolId, Identifier: "orders", Name: "Orders", Scopes: scopes }),
  );
  clients.web = await createClient({});
  clients.foreign = await createClient({});
  clients.confidential = await createClient({ GenerateSecret: true });
  clients.machine = await createClient({
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["orders/read", "orders/write"],
  });
});

// The issuer is AWS's, so the metadata comes by hand, from what the emulator publishes.
async function configuration(client, authentication, domain = setting("PRIMARY_DOMAIN_PORT")) {
  const published = await (await fetch(`${api}/${poolId}/.well-known/openid-configuration`)).json();
  const here = (url) => url.replace(/:\d+\//, `:${domain}/`);
  const server = {
    ...published,
    authorization_endpoint: here(published.authorization_endpoint),
    token_endpoint: here(published.token_endpoint),
    userinfo_endpoint: here(published.userinfo_endpoint),
    revocation_endpoint: here(published.revocation_endpoint),
    jwks_uri: `${api}/${poolId}/.well-known/jwks.json`,
  };
  const config = new oidc.Configuration(server, client.ClientId, client.ClientSecret, authentication);
  oidc.allowInsecureRequests(config);
  oidc.enableNonRepudiationChecks(config);
  return config;
}

class Browser {
  cookies = new Map();

  async visit(url, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { ...options, redirect: "manual", headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      this.cookies.set(name, value);
    }
    return answer;
  }

  async signIn(start) {
    let url = new URL(start);
    let answer = await this.visit(url);
    while (answer.status === 302) {
      url = new URL(answer.headers.get("location"), url);
      if (url.href.startsWith(callback)) {
        return url;
      }
      answer = await this.visit(url);
    }
    const page = await answer.text();
    const text = (html) => html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
    const action = text(/<form [^>]*action="([^"]*)"/.exec(page)[1]);
    const csrf = /name="_csrf" value="([^"]*)"/.exec(page)[1];
    const body = new URLSearchParams({ _csrf: csrf, username: setting("USERNAME"), password: setting("PASSWORD") });
    answer = await this.visit(new URL(action, url), { method: "POST", body });
    assert.equal(answer.status, 302);
    return new URL(answer.headers.get("location"));
  }
}

async function begin(config) {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: "openid email",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  return { checks, back: await new Browser().signIn(url) };
}

function refused(error) {
  return (thrown) => thrown instanceof oidc.ResponseBodyError && thrown.error === error;
}

for (const role of ["PRIMARY", "SECONDARY"]) {
  test(`authorization code with PKCE, refresh, userInfo and revocation at the ${role}`, async () => {
    const config = await configuration(clients.web, oidc.None(), setting(`${role}_DOMAIN_PORT`));
    const { checks, back } = await begin(config);
    const tokens = await oidc.authorizationCodeGrant(config, back, checks);
    const claims = tokens.claims();
    assert.equal(claims["cognito:username"], setting("USERNAME"));
    const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.equal(info.username, setting("USERNAME"));
    assert.ok(info.email);
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    assert.equal(refreshed.claims().sub, claims.sub);
    await oidc.tokenRevocation(config, tokens.refresh_token);
    await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), refused("invalid_grant"));
  });
}

for (const [name, method] of [["basic", oidc.ClientSecretBasic], ["post", oidc.ClientSecretPost]]) {
  test(`client credentials and codes of a confidential client by client_secret_${name}`, async () => {
    const machine = await configuration(clients.machine, method(clients.machine.ClientSecret));
    const tokens = await oidc.clientCredentialsGrant(machine, { scope: "orders/read" });
    assert.ok(tokens.access_token);
    assert.equal(tokens.refresh_token, undefined);
    const config = await configuration(clients.confidential, method(clients.confidential.ClientSecret));
    const { checks, back } = await begin(config);
    assert.ok((await oidc.authorizationCodeGrant(config, back, checks)).id_token);
    const wrong = await configuration(clients.machine, method("wrong"));
    await assert.rejects(oidc.clientCredentialsGrant(wrong), refused("invalid_client"));
  });
}

test("a replayed code is refused", async () => {
  const config = await configuration(clients.web, oidc.None());
  const { checks, back } = await begin(config);
  await oidc.authorizationCodeGrant(config, back, checks);
  await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), refused("invalid_grant"));
});

test("a wrong verifier is refused", async () => {
  const config = await configuration(clients.web, oidc.None());
  const { checks, back } = await begin(config);
  const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  await assert.rejects(oidc.authorizationCodeGrant(config, back, wrong), refused("invalid_grant"));
});

test("a wrong redirect_uri is refused", async () => {
  const config = await configuration(clients.web, oidc.None());
  const { checks, back } = await begin(config);
  const other = new URL(back.href.replace("/callback", "/other"));
  await assert.rejects(oidc.authorizationCodeGrant(config, other, checks), refused("invalid_grant"));
});

test("a foreign client is refused", async () => {
  const { checks, back } = await begin(await configuration(clients.web, oidc.None()));
  const foreign = await configuration(clients.foreign, oidc.None());
  await assert.rejects(oidc.authorizationCodeGrant(foreign, back, checks), refused("invalid_grant"));
});
