// Signs in at a running emulator from a page in a browser, whose origin is neither a Region nor the domain: the browser
// itself decides what the page may send and read. Where the emulator and the browser are, the environment says.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `the environment lacks ${name}`);
  return value;
}

const pool = setting("POOL_ID");
const settings = {
  pool,
  clientId: setting("CLIENT_ID"),
  username: setting("USERNAME"),
  password: setting("PASSWORD"),
  primary: `http://127.0.0.1:${setting("PRIMARY_PORT")}`,
  secondary: `http://127.0.0.1:${setting("SECONDARY_PORT")}`,
  domain: `http://127.0.0.1:${setting("PRIMARY_DOMAIN_PORT")}`,
};

// ---- the page: it runs in the browser, and reports to where it came from

async function onThePage(settings) {
  const results = {};
  const { AuthenticationDetails, CognitoUser, CognitoUserPool } = AmazonCognitoIdentity;

  function signIn(endpoint) {
    const Pool = new CognitoUserPool({ UserPoolId: settings.pool, ClientId: settings.clientId, endpoint });
    const user = new CognitoUser({ Username: settings.username, Pool });
    const details = new AuthenticationDetails({ Username: settings.username, Password: settings.password });
    return new Promise((resolve, reject) =>
      user.authenticateUser(details, { onSuccess: resolve, onFailure: reject }),
    );
  }

  async function record(name, action) {
    try {
      results[name] = await action();
    } catch (e) {
      results[name] = `failed: ${e.name} ${e.message}`;
    }
  }

  for (const region of ["primary", "secondary"]) {
    await record(`signIn ${region}`, async () => (await signIn(settings[region])).getIdToken().payload["cognito:username"]);
    await record(`keys ${region}`, async () => {
      const answer = await fetch(`${settings[region]}/${settings.pool}/.well-known/jwks.json`);
      return (await answer.json()).keys.length;
    });
  }
  await record("error", async () => {
    const answer = await fetch(settings.primary, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.GetUser",
      },
      body: JSON.stringify({ AccessToken: "no token" }),
    });
    return [answer.status, answer.headers.get("x-amzn-ErrorType"), !!answer.headers.get("x-amzn-RequestId")];
  });
  await record("token", async () => {
    const answer = await fetch(`${settings.domain}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "authorization_code", client_id: settings.clientId, code: "none" }),
    });
    return [answer.status, typeof (await answer.json()).error];
  });
  await record("userInfo", async () => {
    const answer = await fetch(`${settings.domain}/oauth2/userInfo`, { headers: { Authorization: "Bearer none" } });
    return answer.status;
  });
  await record("messages", async () => {
    const path = `/_twinpool/messages/${settings.pool}/${settings.username}`;
    return (await fetch(settings.primary + path)).status;
  });
  await record("login", async () => (await fetch(`${settings.domain}/login`)).status);
  await fetch("/done", { method: "POST", body: JSON.stringify(results) });
}

// ---- the browser

let results;
let browser;
let profile;
let site;

before(async () => {
  const library = await readFile("node_modules/amazon-cognito-identity-js/dist/amazon-cognito-identity.min.js");
  let report;
  const reported = new Promise((resolve) => (report = resolve));
  site = createServer((request, response) => {
    if (request.url === "/done") {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        response.end();
        report(JSON.parse(body));
      });
    } else if (request.url === "/library.js") {
      response.setHeader("Content-Type", "text/javascript").end(library);
    } else {
      response
        .setHeader("Content-Type", "text/html")
        .end(`<script src="/library.js"></script><script>(${onThePage})(${JSON.stringify(settings)})</script>`);
    }
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  profile = await mkdtemp(join(tmpdir(), "browser-"));
  browser = spawn(
    setting("BROWSER"),
    [
      "--headless=new",
      "--no-sandbox", // The page is ours, and containers have no user namespaces.
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${site.address().port}/`,
    ],
    { stdio: "ignore" },
  );
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("the page did not report")), 60_000).unref());
  results = await Promise.race([reported, late]);
});

after(async () => {
  site.close();
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill("SIGKILL");
  await ended;
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

for (const region of ["primary", "secondary"]) {
  test(`amazon-cognito-identity-js signs in at the ${region} by SRP`, () => {
    assert.equal(results[`signIn ${region}`], settings.username);
  });

  test(`the page reads the keys of the ${region}`, () => assert.equal(results[`keys ${region}`], 2));
}

test("the page reads the status, the type and the request ID of an error", () => {
  assert.deepEqual(results.error, [400, "NotAuthorizedException", true]);
});

test("the page reads what the token endpoint and userInfo answer", () => {
  assert.deepEqual(results.token, [400, "string"]);
  assert.equal(results.userInfo, 401);
});

test("the page reads no messages and no login page", () => {
  assert.match(results.messages, /^failed: TypeError/);
  assert.match(results.login, /^failed: TypeError/);
});
