// Writes SRP answers that amazon-cognito-identity-js computes: its CognitoUser signs in at a
// service that is made up here, with private values that are chosen here.
//   npm ci && npm run vectors
'use strict';
const crypto = require('crypto');
const {CognitoUser, CognitoUserPool, AuthenticationDetails} = require('amazon-cognito-identity-js');
const AuthenticationHelper =
  require('amazon-cognito-identity-js/lib/AuthenticationHelper.js').default;
const BigInteger = require('amazon-cognito-identity-js/lib/BigInteger.js').default;

// The same bytes in each run.
let drawn = 0;
function bytes(count) {
  let all = Buffer.alloc(0);
  while (all.length < count) {
    all = Buffer.concat([all, crypto.createHash('sha256').update(`twinpool ${drawn++}`).digest()]);
  }
  return all.subarray(0, count);
}
const hex = count => bytes(count).toString('hex');

let privateValue;
AuthenticationHelper.prototype.generateRandomSmallA = () => new BigInteger(privateValue, 16);
const helpers = [];
const key = AuthenticationHelper.prototype.getPasswordAuthenticationKey;
AuthenticationHelper.prototype.getPasswordAuthenticationKey = function (u, p, b, s, callback) {
  helpers.push(this);
  return key.call(this, u, p, b, s, callback);
};

function answer(vector) {
  privateValue = vector.a;
  const pool = new CognitoUserPool({UserPoolId: `us-east-1_${vector.pool}`, ClientId: 'client'});
  const user = new CognitoUser({Username: vector.user, Pool: pool});
  return new Promise((resolve, reject) => {
    let publicValue;
    user.client.request = (operation, request, callback) => {
      if (operation === 'InitiateAuth') {
        publicValue = request.AuthParameters.SRP_A;
        callback(null, {
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeParameters: {
            SALT: vector.salt, SRP_B: vector.B, SECRET_BLOCK: vector.block,
            USER_ID_FOR_SRP: vector.user, USERNAME: vector.user,
          },
        });
      } else {
        resolve({
          A: publicValue,
          signature: request.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE,
          timestamp: request.ChallengeResponses.TIMESTAMP,
          u: helpers[helpers.length - 1].UHexHash,
        });
      }
    };
    user.authenticateUser(
      new AuthenticationDetails({Username: vector.user, Password: vector.password}),
      {onSuccess: reject, onFailure: reject});
  });
}

const base = changes => ({
  what: 'random', a: hex(128), salt: hex(16), B: hex(384), pool: 'Abc123xyz', user: 'ada',
  password: 'Correct-Horse-7', block: bytes(900).toString('base64'), ...changes,
});

// (B - k g^x) = 1, so the shared secret is 1: one byte instead of 384.
function publicValueForSecretOne(vector) {
  const helper = new AuthenticationHelper(vector.pool);
  const identity = helper.hash(`${vector.pool}${vector.user}:${vector.password}`);
  const x = new BigInteger(
    helper.hexHash(helper.padHex(new BigInteger(vector.salt, 16)) + identity), 16);
  return new Promise(resolve => helper.g.modPow(x, helper.N, (error, power) =>
    resolve(helper.k.multiply(power).add(BigInteger.ONE).mod(helper.N).toString(16))));
}

function device(index) {
  const helper = new AuthenticationHelper('-Group' + index);
  const key = `us-east-1_${hex(16)}`;
  return new Promise(resolve => helper.generateHashDevice('-Group' + index, key, () => resolve([
    'device', text('-Group' + index), text(key), text(helper.getRandomPassword()),
    helper.getSaltDevices(), helper.getVerifierDevices()].join(' '))));
}

async function* vectors() {
  for (let i = 0; i < 30; i++) {
    yield base({user: `user-${hex(8)}`, password: bytes(12).toString('base64')});
  }
  for (const digits of ['1', '7f', '80', 'ff', '100', '7fff', '8000', '0001']) {
    yield base({what: `salt ${digits}`, salt: digits});
  }
  for (const digits of ['1', '2', '7f', '80', '100', '8000', '7' + hex(383) + '0', 'f' + hex(383)]) {
    yield base({what: `SRP_B ${digits.length} digits from ${digits[0]}`, B: digits});
  }
  // 2^a: one hexadecimal digit, the first bit set, an odd number of digits, the greatest power.
  for (const a of ['1', '7', '8', 'f', 'bff', 'c00']) {
    yield base({what: `private value ${a}`, a});
  }
  for (const password of ['', ' ', ':', 'ä€𝒳 Grüße', 'пароль', '密码', 'x'.repeat(256)]) {
    yield base({what: 'password', password});
  }
  for (const user of ['a:b', 'zoë', '0b7e8f4e-1234-5678-9abc-def012345678', 'a@example.com']) {
    yield base({what: 'user', user});
  }
  yield base({what: 'no block', block: ''});
  const one = base({what: 'shared secret 1'});
  yield {...one, B: await publicValueForSecretOne(one)};
}

const text = value => Buffer.from(value, 'utf8').toString('base64') || '=';
(async () => {
  const lines = [];
  const write = (vector, it) => lines.push([
    vector.what.replace(/ /g, '-'), vector.a, vector.salt, vector.B, text(vector.pool),
    text(vector.user), text(vector.password), vector.block || '=', text(it.timestamp), it.A,
    it.signature].join(' '));
  for await (const vector of vectors()) {
    write(vector, await answer(vector));
  }
  // Where the hash u begins with a zero byte, or with its first bit set.
  for (const [what, wanted] of [['u from 00', /^00/], ['u from 0', /^0[1-9a-f]/], ['u from 8', /^[89a-f]/]]) {
    for (;;) {
      const vector = base({what, a: hex(2), B: hex(48)});
      const it = await answer(vector);
      if (wanted.test(it.u)) {
        write(vector, it);
        break;
      }
    }
  }
  privateValue = '1';
  for (let i = 0; i < 6; i++) {
    lines.push(await device(i));
  }
  process.stdout.write(
    '# amazon-cognito-identity-js 6.3.21: what a salt SRP_B pool user password block timestamp'
    + ' -> SRP_A signature\n# texts in base64, = is empty; device: group key password salt -> verifier\n' + lines.join('\n') + '\n');
})();
