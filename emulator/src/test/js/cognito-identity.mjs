// Signs in at a running emulator with amazon-cognito-identity-js, a client of Cognito that Twinpool did not write: SRP,
// challenges and devices must suit it. The AWS SDK for JavaScript sets the pool and its users up. Starts nothing: where
// the emulator is, the environment says.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import cognito from "amazon-cognito-identity-js";

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = cognito;

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `the environment lacks ${name}`);
  return value;
}

const poolId = setting("POOL_ID");
const clientId = setting("CLIENT_ID");
const password = setting("PASSWORD");
const endpoint = `http://127.0.0.1:${setting("PRIMARY_PORT")}`;
const credentials = { accessKeyId: "any", secretAccessKey: "any" };
const admin = new CognitoIdentityProviderClient({ region: setting("PRIMARY_REGION"), endpoint, credentials });
after(() => admin.destroy());

// ---- the pool and its users

let users = 0;

async function newUser(attributes = {}, permanent = true) {
  const Username = `user-${++users}`;
  const named = { email: `${Username}@example.com`, email_verified: "true", ...attributes };
  const UserAttributes = Object.entries(named).map(([Name, Value]) => ({ Name, Value }));
  const user = { UserPoolId: poolId, Username };
  await admin.send(new AdminCreateUserCommand({ ...user, UserAttributes, TemporaryPassword: password }));
  if (permanent) {
    await admin.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  }
  return Username;
}

function poolMfa(MfaConfiguration) {
  return admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: poolId,
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } },
    }),
  );
}

function poolDevices(DeviceConfiguration, MfaConfiguration) {
  const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
  return admin.send(
    new UpdateUserPoolCommand({ UserPoolId: poolId, DeviceConfiguration, MfaConfiguration, SmsConfiguration }),
  );
}

async function lastCode(username) {
  const answer = await fetch(`${endpoint}/_twinpool/messages/${poolId}/${encodeURIComponent(username)}`);
  return (await answer.json()).messages.at(-1).code;
}

function decodeBase32(text) {
  const bits = [...text].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// RFC 6238. A code is good once, so the second sign-in takes that of the next 30 seconds.
function totp(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

// ---- the client

function newClient(username) {
  const kept = new Map();
  const Storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
  const Pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint, Storage });
  const user = new CognitoUser({ Username: username, Pool, Storage });
  // A person who comes again on the same machine: what was stored is there, nothing else.
  user.again = () => Object.assign(new CognitoUser({ Username: username, Pool, Storage }), { again: user.again });
  return user;
}

const STEPS = [
  "onSuccess",
  "mfaRequired",
  "totpRequired",
  "selectMFAType",
  "mfaSetup",
  "newPasswordRequired",
  "customChallenge",
  "associateSecretCode",
  "inputVerificationCode",
];

/** Calls the client and resolves with the name and the arguments of the callback that it calls. */
function step(call) {
  return new Promise((resolve, reject) => {
    const callbacks = { onFailure: reject };
    for (const name of STEPS) {
      callbacks[name] = (...values) => resolve({ name, values });
    }
    call(callbacks);
  });
}

function authenticate(user, Password = password) {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
  return step((callbacks) => user.authenticateUser(details, callbacks));
}

async function expectStep(expected, call) {
  const { name, values } = await call;
  assert.equal(name, expected);
  return values;
}

const wrongPassword = { name: "NotAuthorizedException", message: "Incorrect username or password." };

// ---- what must work

test("SRP signs in with the password and with no other", async () => {
  const username = await newUser();
  const [session] = await expectStep("onSuccess", authenticate(newClient(username)));
  assert.equal(session.getAccessToken().payload.username, username);
  assert.ok(session.isValid());
  await assert.rejects(authenticate(newClient(username), "Wrong-Horse-7"), wrongPassword);
  await assert.rejects(authenticate(newClient("nobody")), wrongPassword);
});

test("SRP comes to the same key time and again, whatever the numbers", async () => {
  const username = await newUser();
  for (let i = 0; i < 8; i++) {
    await expectStep("onSuccess", authenticate(newClient(username)));
  }
});

test("SRP goes by USER_ID_FOR_SRP when another spelling was typed", async () => {
  const pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });
  const username = await newUser();
  const user = newClient(username);
  const [session] = await expectStep("onSuccess", authenticate(user));
  const sub = session.getIdToken().payload.sub;
  const bySub = new CognitoUser({ Username: sub, Pool: pool });
  await expectStep("onSuccess", authenticate(bySub));
  assert.equal(bySub.getUsername(), username);
});

test("a session is refreshed", async () => {
  const user = newClient(await newUser());
  const [session] = await expectStep("onSuccess", authenticate(user));
  const refreshed = await new Promise((resolve, reject) =>
    user.refreshSession(session.getRefreshToken(), (error, next) => (error ? reject(error) : resolve(next))),
  );
  assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
});

test("a temporary password is replaced, after the policy has refused a simple one", async () => {
  const username = await newUser({}, false);
  const user = newClient(username);
  const [attributes, required] = await expectStep("newPasswordRequired", authenticate(user));
  assert.equal(attributes.email, `${username}@example.com`);
  assert.deepEqual(required, []);
  const complete = (it) => step((callbacks) => user.completeNewPasswordChallenge(it, { nickname: "N" }, callbacks));
  await assert.rejects(complete("simple"), { name: "InvalidPasswordException" });
  const [session] = await expectStep("onSuccess", complete("Other-Horse-8"));
  assert.equal(session.getIdToken().payload.nickname, "N");
  await expectStep("onSuccess", authenticate(newClient(username), "Other-Horse-8"));
  await assert.rejects(authenticate(newClient(username)), wrongPassword);
});

test("a forgotten password is replaced with the code that was sent", async () => {
  const username = await newUser();
  const user = newClient(username);
  await expectStep("inputVerificationCode", step((callbacks) => user.forgotPassword(callbacks)));
  const code = await lastCode(username);
  const confirm = (it) => step((callbacks) => user.confirmPassword(it, "Other-Horse-8", callbacks));
  await assert.rejects(confirm(code === "000000" ? "111111" : "000000"), { name: "CodeMismatchException" });
  await expectStep("onSuccess", confirm(code));
  await expectStep("onSuccess", authenticate(newClient(username), "Other-Horse-8"));
});

test("TOTP is set up by a signed-in user, and then asked for", async () => {
  await poolMfa("OPTIONAL");
  const username = await newUser();
  const user = newClient(username);
  await expectStep("onSuccess", authenticate(user));
  const [secret] = await expectStep("associateSecretCode", step((callbacks) => user.associateSoftwareToken(callbacks)));
  const verify = (code) => step((callbacks) => user.verifySoftwareToken(code, "phone", callbacks));
  await assert.rejects(verify(wrong(totp(secret))), { name: "EnableSoftwareTokenMFAException" });
  await expectStep("onSuccess", verify(totp(secret, -1)));
  await new Promise((resolve, reject) =>
    user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, (error) => (error ? reject(error) : resolve())),
  );

  const next = newClient(username);
  await assert.rejects(authenticate(next, "Wrong-Horse-7"), wrongPassword);
  await expectStep("totpRequired", authenticate(next));
  const send = (code) => step((callbacks) => next.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA"));
  await assert.rejects(send(wrong(totp(secret))), { name: "CodeMismatchException" });
  await expectStep("onSuccess", send(totp(secret)));
});

function wrong(code) {
  return code.replace(/^./, (digit) => (Number(digit) + 5) % 10);
}

test("TOTP is set up in the middle of a sign-in, where the pool insists on a second factor", async () => {
  await poolMfa("ON");
  const username = await newUser();
  const user = newClient(username);
  await expectStep("mfaSetup", authenticate(user));
  const [secret] = await expectStep("associateSecretCode", step((callbacks) => user.associateSoftwareToken(callbacks)));
  const verify = (code) => step((callbacks) => user.verifySoftwareToken(code, "phone", callbacks));
  await assert.rejects(verify(wrong(totp(secret))), { name: "EnableSoftwareTokenMFAException" });
  const [session] = await expectStep("onSuccess", verify(totp(secret)));
  assert.equal(session.getAccessToken().payload.username, username);
  await expectStep("totpRequired", authenticate(newClient(username)));
});

test("a code by SMS is asked for, and chosen among two factors", async () => {
  await poolMfa("OPTIONAL");
  const username = await newUser({ phone_number: "+15555550100", phone_number_verified: "true" });
  const preference = { UserPoolId: poolId, Username: username };
  await admin.send(new AdminSetUserMFAPreferenceCommand({ ...preference, SMSMfaSettings: { Enabled: true } }));
  const user = newClient(username);
  const [challenge, parameters] = await expectStep("mfaRequired", authenticate(user));
  assert.equal(challenge, "SMS_MFA");
  assert.equal(parameters.CODE_DELIVERY_DESTINATION, "+*******0100");
  const code = await lastCode(username);
  const send = (it) => step((callbacks) => user.sendMFACode(it, callbacks));
  await assert.rejects(send(wrong(code)), { name: "CodeMismatchException" });
  await expectStep("onSuccess", send(code));
  await assert.rejects(send(code), /session can only be used once/);

  const [secret] = await expectStep("associateSecretCode", step((callbacks) => user.associateSoftwareToken(callbacks)));
  await expectStep("onSuccess", step((callbacks) => user.verifySoftwareToken(totp(secret, -1), "phone", callbacks)));
  await admin.send(new AdminSetUserMFAPreferenceCommand({ ...preference, SoftwareTokenMfaSettings: { Enabled: true } }));
  const next = newClient(username);
  const [, choice] = await expectStep("selectMFAType", authenticate(next));
  assert.deepEqual(JSON.parse(choice.MFAS_CAN_CHOOSE), ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
  const select = (it) => step((callbacks) => next.sendMFASelectionAnswer(it, callbacks));
  await expectStep("totpRequired", select("SOFTWARE_TOKEN_MFA"));
  await expectStep("onSuccess", step((callbacks) => next.sendMFACode(totp(secret), callbacks, "SOFTWARE_TOKEN_MFA")));
});

test("custom challenges follow SRP, and stand alone", async () => {
  const username = await newUser();
  const user = newClient(username);
  user.setAuthenticationFlowType("CUSTOM_AUTH");
  await assert.rejects(authenticate(user, "Wrong-Horse-7"), wrongPassword);
  const [parameters] = await expectStep("customChallenge", authenticate(user));
  assert.equal(parameters.USERNAME, username);
  const answer = (it) => step((callbacks) => user.sendCustomChallengeAnswer(it, callbacks));
  await expectStep("customChallenge", answer("wrong"));
  await expectStep("onSuccess", answer(setting("CUSTOM_ANSWER")));

  const alone = newClient(username);
  alone.setAuthenticationFlowType("CUSTOM_AUTH");
  const details = new AuthenticationDetails({ Username: username });
  await expectStep("customChallenge", step((callbacks) => alone.initiateAuth(details, callbacks)));
  for (let i = 0; i < 2; i++) {
    await expectStep("customChallenge", step((callbacks) => alone.sendCustomChallengeAnswer("wrong", callbacks)));
  }
  await assert.rejects(step((callbacks) => alone.sendCustomChallengeAnswer("wrong", callbacks)), wrongPassword);
});

test("a remembered device proves itself in the place of a second factor", async () => {
  await poolDevices({ ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false }, "ON");
  const username = await newUser({ phone_number: "+15555550100", phone_number_verified: "true" });
  const user = newClient(username);
  await expectStep("mfaRequired", authenticate(user));
  const code = await lastCode(username);
  await expectStep("onSuccess", step((callbacks) => user.sendMFACode(code, callbacks)));

  const again = user.again();
  const [session] = await expectStep("onSuccess", authenticate(again));
  const key = session.getAccessToken().payload.device_key;
  assert.match(key, /^us-east-1_[0-9a-f-]{36}$/);
  const refreshed = await new Promise((resolve, reject) =>
    again.refreshSession(session.getRefreshToken(), (error, next) => (error ? reject(error) : resolve(next))),
  );
  assert.equal(refreshed.getAccessToken().payload.device_key, key);
  await assert.rejects(authenticate(user.again(), "Wrong-Horse-7"), wrongPassword);

  // Once it is forgotten, the library answers again without a device key, and MFA is asked for.
  await new Promise((resolve, reject) =>
    again.forgetDevice({ onSuccess: resolve, onFailure: reject }),
  );
  await expectStep("mfaRequired", authenticate(user.again()));
});
