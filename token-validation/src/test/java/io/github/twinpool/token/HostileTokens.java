package io.github.twinpool.token;

import static io.github.twinpool.token.RejectionCode.ALGORITHM_NOT_ALLOWED;
import static io.github.twinpool.token.RejectionCode.BAD_BASE64;
import static io.github.twinpool.token.RejectionCode.BAD_JSON;
import static io.github.twinpool.token.RejectionCode.CLAIM_MALFORMED;
import static io.github.twinpool.token.RejectionCode.CLAIM_MISSING;
import static io.github.twinpool.token.RejectionCode.EXPIRED;
import static io.github.twinpool.token.RejectionCode.HEADER_NOT_ALLOWED;
import static io.github.twinpool.token.RejectionCode.ISSUED_IN_FUTURE;
import static io.github.twinpool.token.RejectionCode.ISSUER_NOT_TRUSTED;
import static io.github.twinpool.token.RejectionCode.KEY_ID_MISSING;
import static io.github.twinpool.token.RejectionCode.NOT_A_JWT;
import static io.github.twinpool.token.RejectionCode.NOT_YET_VALID;
import static io.github.twinpool.token.RejectionCode.SIGNATURE_INVALID;
import static io.github.twinpool.token.RejectionCode.TOKEN_TOO_LARGE;
import static io.github.twinpool.token.RejectionCode.UNKNOWN_KEY;
import static io.github.twinpool.token.RejectionCode.WRONG_CLIENT;
import static io.github.twinpool.token.RejectionCode.WRONG_TOKEN_USE;
import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestTokens.NOW;
import static io.github.twinpool.token.TestTokens.base64;
import static io.github.twinpool.token.TestTokens.sign;
import static io.github.twinpool.token.TestTokens.signParts;
import static io.github.twinpool.token.TestTokens.signature;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that must be refused, each with the reason, each otherwise as good as any. */
final class HostileTokens {
  private static final String REMOVE = "REMOVE";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final UserPool pool;
  private final String header;
  private final String claims;
  private final String good;
  private final List<Case> cases = new ArrayList<>();

  /**
   * @param idToken whether an ID token is asked for, else an access token
   */
  record Case(String name, boolean idToken, String token, RejectionCode code) {
    @Override
    public String toString() {
      return name;
    }
  }

  HostileTokens(UserPool pool) {
    this.pool = pool;
    header = TestTokens.header(ACCESS.getKeyID());
    claims = JSONObjectUtils.toJSONString(TestTokens.accessClaims(pool, IssuerType.UPDATED));
    good = sign(ACCESS, header, claims);
    structure();
    encodings();
    headerJson();
    headers();
    algorithms();
    signatures();
    keys();
    claimsJson();
    issuers();
    claimTypes();
    times();
    uses();
  }

  List<Case> cases() {
    return cases;
  }

  private void add(String name, String token, RejectionCode code) {
    cases.add(new Case(name, false, token, code));
  }

  private void structure() {
    String[] parts = good.split("\\.", -1);
    add("empty", "", NOT_A_JWT);
    add("blank", " ", NOT_A_JWT);
    add("one part", parts[0], NOT_A_JWT);
    add("two parts", parts[0] + "." + parts[1], NOT_A_JWT);
    add("two parts and a dot", parts[0] + "." + parts[1] + ".", NOT_A_JWT);
    add("four parts", good + "." + parts[2], NOT_A_JWT);
    add("five parts, as an encrypted token", good + ".a.b", NOT_A_JWT);
    add("leading dot", "." + good, NOT_A_JWT);
    add("trailing dot", good + ".", NOT_A_JWT);
    add("no header", "." + parts[1] + "." + parts[2], NOT_A_JWT);
    add("no claims", parts[0] + ".." + parts[2], NOT_A_JWT);
    add("only dots", "..", NOT_A_JWT);
    add("a hundred thousand dots", ".".repeat(16_000), NOT_A_JWT);
    add("the word Bearer before it", "Bearer " + good, BAD_BASE64);
    add("JSON serialization", "{\"payload\":\"" + parts[1] + "\"}", NOT_A_JWT);
    add("too long", good + "A".repeat(16_384), TOKEN_TOO_LARGE);
    add("too long and no token", "x".repeat(1_000_000), TOKEN_TOO_LARGE);
  }

  private void encodings() {
    String[] parts = good.split("\\.", -1);
    for (int i = 0; i < 3; i++) {
      String where = List.of("header", "claims", "signature").get(i);
      add("padding in " + where, with(parts, i, parts[i] + "="), BAD_BASE64);
      add("double padding in " + where, with(parts, i, parts[i] + "=="), BAD_BASE64);
      add("space in " + where, with(parts, i, parts[i] + " "), BAD_BASE64);
      add("leading space in " + where, with(parts, i, " " + parts[i]), BAD_BASE64);
      add("line break in " + where, with(parts, i, insert(parts[i], "\r\n")), BAD_BASE64);
      add("plus in " + where, with(parts, i, insert(parts[i], "+")), BAD_BASE64);
      add("slash in " + where, with(parts, i, insert(parts[i], "/")), BAD_BASE64);
      add("percent in " + where, with(parts, i, insert(parts[i], "%2D")), BAD_BASE64);
      add("NUL in " + where, with(parts, i, insert(parts[i], "\0")), BAD_BASE64);
      add(
          "letter beyond ASCII in " + where,
          with(parts, i, insert(parts[i], "\u00e9")),
          BAD_BASE64);
      add("wide letter in " + where, with(parts, i, insert(parts[i], "\uff21")), BAD_BASE64);
      add("lone surrogate in " + where, with(parts, i, insert(parts[i], "\ud800")), BAD_BASE64);
      add("single last character in " + where, with(parts, i, "AAAAA"), BAD_BASE64);
    }
    add("stray bits in header", signParts(ACCESS, strayBits(header), base64(claims)), BAD_BASE64);
    add("stray bits in claims", signParts(ACCESS, base64(header), strayBits(claims)), BAD_BASE64);
    add("stray bits in signature", with(parts, 2, stray(parts[2])), BAD_BASE64);
  }

  private void headerJson() {
    List<String> broken = brokenJson(header);
    for (int i = 0; i < broken.size(); i++) {
      add(
          "header " + i + " " + shown(broken.get(i)),
          sign(ACCESS, broken.get(i), claims),
          BAD_JSON);
    }
    String duplicate = header.replace("{", "{\"alg\":\"none\",");
    add("alg twice", sign(ACCESS, duplicate, claims), BAD_JSON);
    add("kid twice", sign(ACCESS, header.replace("{", "{\"kid\":\"x\","), claims), BAD_JSON);
    add(
        "kid twice, once escaped",
        sign(ACCESS, header.replace("{", "{\"\\u006bid\":\"x\","), claims),
        BAD_JSON);
    add(
        "header is not UTF-8",
        signParts(
            ACCESS, base64(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}), base64(claims)),
        BAD_JSON);
    add(
        "header is UTF-16",
        signParts(
            ACCESS,
            base64(header.getBytes(java.nio.charset.StandardCharsets.UTF_16)),
            base64(claims)),
        BAD_JSON);
    add("header has a byte order mark", sign(ACCESS, "\ufeff" + header, claims), BAD_JSON);
  }

  private void headers() {
    for (String value : List.of("[]", "[\"exp\"]", "[\"b64\"]", "null", "\"exp\"", "{}")) {
      add("crit " + value, withHeader("crit", value), HEADER_NOT_ALLOWED);
    }
    add("b64 false", withHeader("b64", "false"), HEADER_NOT_ALLOWED);
    add("b64 true", withHeader("b64", "true"), HEADER_NOT_ALLOWED);
    add("jku", withHeader("jku", "\"https://evil.example/jwks.json\""), HEADER_NOT_ALLOWED);
    add("x5u", withHeader("x5u", "\"https://evil.example/x509\""), HEADER_NOT_ALLOWED);
    add("x5c", withHeader("x5c", "[\"MIIB\"]"), HEADER_NOT_ALLOWED);
    add("zip", withHeader("zip", "\"DEF\""), HEADER_NOT_ALLOWED);
    add("enc", withHeader("enc", "\"A256GCM\""), HEADER_NOT_ALLOWED);
    String own = TestKeys.ROTATED.toPublicJWK().toJSONString();
    String brought = header.replace("}", ",\"jwk\":" + own + "}");
    add("brings its own key", sign(TestKeys.ROTATED, brought, claims), HEADER_NOT_ALLOWED);
    add("typ is no text", withHeader("typ", "7"), HEADER_NOT_ALLOWED);
    add("typ is null", withHeader("typ", "null"), HEADER_NOT_ALLOWED);
    add("cty is no text", withHeader("cty", "[]"), HEADER_NOT_ALLOWED);
    for (String kid : List.of("null", "7", "true", "[]", "{}", "[\"access-key\"]", "\"\"")) {
      add(
          "kid " + kid,
          sign(ACCESS, "{\"alg\":\"RS256\",\"kid\":" + kid + "}", claims),
          KEY_ID_MISSING);
    }
    add("no kid", sign(ACCESS, "{\"alg\":\"RS256\"}", claims), KEY_ID_MISSING);
    add("kid too long", sign(ACCESS, TestTokens.header("k".repeat(257)), claims), KEY_ID_MISSING);
    add("name too long", withHeader("n".repeat(60_000 / 100), "1"), BAD_JSON);
  }

  private void algorithms() {
    for (String alg :
        List.of(
            "\"none\"",
            "\"None\"",
            "\"NONE\"",
            "\"nOnE\"",
            "\"\"",
            "\"rs256\"",
            "\"RS256 \"",
            "\"RS384\"",
            "\"RS512\"",
            "\"PS256\"",
            "\"ES256\"",
            "\"EdDSA\"",
            "\"HS256\"",
            "null",
            "256",
            "true",
            "[\"RS256\"]",
            "{\"RS256\":1}",
            "\"RSA-OAEP\"",
            "\"dir\"",
            "\"RS256\\u0000\"")) {
      String forged = "{\"kid\":\"access-key\",\"alg\":" + alg + "}";
      add("alg " + alg, sign(ACCESS, forged, claims), ALGORITHM_NOT_ALLOWED);
    }
    add("no alg", sign(ACCESS, "{\"kid\":\"access-key\"}", claims), ALGORITHM_NOT_ALLOWED);
    String input = base64("{\"kid\":\"access-key\",\"alg\":\"HS256\"}") + "." + base64(claims);
    add("HMAC with the public key", input + "." + base64(hmac(input)), ALGORITHM_NOT_ALLOWED);
  }

  private void signatures() {
    String input = base64(header) + "." + base64(claims);
    byte[] right = signature("SHA256withRSA", ACCESS, input);
    byte[] flipped = right.clone();
    flipped[100] ^= 1;
    add("one bit flipped", input + "." + base64(flipped), SIGNATURE_INVALID);
    add("one byte short", input + "." + base64(Arrays.copyOf(right, 255)), SIGNATURE_INVALID);
    add("one byte long", input + "." + base64(Arrays.copyOf(right, 257)), SIGNATURE_INVALID);
    add("one byte", input + ".AA", SIGNATURE_INVALID);
    add("zeros", input + "." + base64(new byte[256]), SIGNATURE_INVALID);
    byte[] one = new byte[256];
    one[255] = 1;
    add("the number one", input + "." + base64(one), SIGNATURE_INVALID);
    add("the modulus", input + "." + base64(unsigned(modulus())), SIGNATURE_INVALID);
    BigInteger beyond = new BigInteger(1, right).add(modulus());
    add("signature plus modulus", input + "." + base64(unsigned(beyond)), SIGNATURE_INVALID);
    for (String algorithm :
        List.of("SHA1withRSA", "SHA384withRSA", "SHA512withRSA", "MD5withRSA")) {
      byte[] other = signature(algorithm, ACCESS, input);
      add("signed with " + algorithm, input + "." + base64(other), SIGNATURE_INVALID);
    }
    String[] parts = good.split("\\.", -1);
    String promoted = base64(claims.replace("staff", "root!"));
    add("claims changed", parts[0] + "." + promoted + "." + parts[2], SIGNATURE_INVALID);
    String otherHeader = base64(header.replace("}", ",\"typ\":\"JWT\"}"));
    add("header changed", otherHeader + "." + parts[1] + "." + parts[2], SIGNATURE_INVALID);
  }

  private void keys() {
    add(
        "another pool's key of the same kid",
        sign(TestKeys.OTHER_POOL, header, claims),
        SIGNATURE_INVALID);
    add("the pool's other key", sign(TestKeys.ID, header, claims), SIGNATURE_INVALID);
    add(
        "a key that is nowhere",
        sign(TestKeys.ROTATED, TestTokens.header("rotated-key"), claims),
        UNKNOWN_KEY);
    add("kid in other case", sign(ACCESS, TestTokens.header("ACCESS-KEY"), claims), UNKNOWN_KEY);
    add("kid with a space", sign(ACCESS, TestTokens.header("access-key "), claims), UNKNOWN_KEY);
    add("kid as a path", sign(ACCESS, TestTokens.header("../../dev/null"), claims), UNKNOWN_KEY);
    add("kid as SQL", sign(ACCESS, TestTokens.header("' OR 1=1 --"), claims), UNKNOWN_KEY);
    add(
        "kid with control characters",
        sign(ACCESS, TestTokens.header("a\\r\\n\\u001b[31mb"), claims),
        UNKNOWN_KEY);
    for (RSAKey key : List.of(TestKeys.WEAK)) {
      add("a key of 1024 bits that the pool publishes", sign(key, claims()), UNKNOWN_KEY);
    }
    for (String kid : List.of("enc-key", "alg-key", "ops-key", "small-exponent", "even-modulus")) {
      add("published key " + kid, sign(ACCESS, TestTokens.header(kid), claims), UNKNOWN_KEY);
    }
  }

  private void claimsJson() {
    List<String> broken = brokenJson(claims);
    for (int i = 0; i < broken.size(); i++) {
      add("claims damaged as header " + i, sign(ACCESS, header, broken.get(i)), BAD_JSON);
    }
    String exp = "{\"exp\":1,";
    add("exp twice", sign(ACCESS, header, claims.replace("{\"", exp + "\"")), BAD_JSON);
    add("iss twice", sign(ACCESS, header, claims.replaceFirst("\\{", "{\"iss\":\"x\",")), BAD_JSON);
    add(
        "token_use twice, once escaped",
        sign(ACCESS, header, claims.replaceFirst("\\{", "{\"token\\\\u005fuse\":\"id\",")),
        BAD_JSON);
    add("names twice deep inside", withClaim("x", "{\"a\":{\"b\":1,\"b\":2}}"), BAD_JSON);
    add("too deep", withClaim("x", "[".repeat(17) + "]".repeat(17)), BAD_JSON);
    add("very deep", withClaim("x", "[".repeat(2_000) + "]".repeat(2_000)), BAD_JSON);
    add(
        "very deep objects",
        withClaim("x", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
        BAD_JSON);
    add("long number", withClaim("x", "1".repeat(65)), BAD_JSON);
    add("number beyond a double", withClaim("x", "1e400"), BAD_JSON); // found by the long fuzz run
    add("number below a double", withClaim("x", "[-4444e4422222]"), BAD_JSON);
    add("long name", withClaim("n".repeat(257), "1"), BAD_JSON);
    add("too many values", withClaim("x", "[" + "0,".repeat(5_600) + "0]"), BAD_JSON);
    byte[] bytes = claims.replace("ada", "\u00e9da").getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == (byte) 0xc3) {
        bytes[i] = (byte) 0xc0; // an overlong form
      }
    }
    add("claims are not UTF-8", signParts(ACCESS, base64(header), base64(bytes)), BAD_JSON);
    add("claims are another token", sign(ACCESS, header, good), BAD_JSON);
  }

  private void issuers() {
    String original = pool.issuer(IssuerType.ORIGINAL);
    String updated = pool.issuer(IssuerType.UPDATED);
    for (String issuer :
        List.of(
            "",
            " ",
            updated + "/",
            updated + " ",
            " " + updated,
            updated + "?",
            updated + "#",
            updated + "\\u0000",
            updated + "/../us-east-1_OTHER",
            updated.toUpperCase(java.util.Locale.ROOT),
            updated.replace("https://", "http://"),
            updated.replace("https://", "https://user@"),
            updated.replace("https://", ""),
            updated.replace(".com/", ".com:443/"),
            updated.replace(".com/", ".com./"),
            updated.replace(".com/", ".com//"),
            updated.replace(".com/", ".com.evil.example/"),
            updated.replace(".com/", ".com.cn/"),
            updated.replace("us-east-1_EXAMPLE", "us-east-1_OTHER"),
            updated.replace("us-east-1_EXAMPLE", "us-east-1_example"),
            updated.replace("us-east-1.", "eu-west-1."),
            original.replace("us-east-1.", "us-west-2."),
            updated.replace("us-east-1.", "us-west-2."),
            original.replace("us-east-1", "us-west-2"),
            "https://accounts.google.com",
            "us-east-1_EXAMPLE")) {
      String json =
          claims.replace(
              JSONObjectUtils.toJSONString(Map.of("i", updated)).substring(5).replace("}", ""),
              "\"" + issuer + "\"");
      add("iss '" + shown(issuer) + "'", sign(ACCESS, header, json), ISSUER_NOT_TRUSTED);
    }
    for (Object issuer : List.of(7, true, List.of(updated), Map.of("iss", updated), REMOVE)) {
      add("iss " + shown(issuer.toString()), with("iss", issuer), ISSUER_NOT_TRUSTED);
    }
    add("iss null", with("iss", null), ISSUER_NOT_TRUSTED);
  }

  private void claimTypes() {
    for (String name : List.of("exp", "sub", "token_use", "client_id")) {
      add("no " + name, with(name, REMOVE), CLAIM_MISSING);
      add(name + " null", with(name, null), CLAIM_MISSING);
    }
    for (String name : List.of("exp", "iat", "nbf", "auth_time")) {
      for (Object value :
          List.of(
              "1800003600",
              true,
              List.of(1_800_003_600),
              Map.of(),
              1.8e9 + 0.5,
              -1,
              253_402_300_800L,
              new BigInteger("9".repeat(30)),
              1e300)) {
        add(name + " " + shown(value.toString()), with(name, value), CLAIM_MALFORMED);
      }
    }
    for (String name : List.of("sub", "token_use", "client_id")) {
      for (Object value : List.of("", 7, true, List.of("access"), Map.of())) {
        add(name + " '" + value + "'", with(name, value), CLAIM_MALFORMED);
      }
    }
    for (String name : List.of("jti", "origin_jti", "scope", "username", "device_key")) {
      for (Object value : List.of(7, true, List.of("x"), Map.of())) {
        add(name + " " + value, with(name, value), CLAIM_MALFORMED);
      }
    }
    for (Object value :
        List.of("admins", 7, true, Map.of("admins", 1), List.of("a", 1), List.of(List.of("a")))) {
      add("cognito:groups " + value, with("cognito:groups", value), CLAIM_MALFORMED);
    }
    add(
        "cognito:groups [null]",
        withClaim("cognito:groups", "[null]", "cognito:groups"),
        CLAIM_MALFORMED);
    for (Object value : List.of(7, true, Map.of(), List.of(7))) {
      add("aud " + value, with("aud", value), CLAIM_MALFORMED);
    }
  }

  private void times() {
    long now = NOW.getEpochSecond();
    for (long exp : List.of(0L, 1L, now - 3600, now - 1, now)) {
      add("exp " + (exp - now) + " s from now", with("exp", exp), EXPIRED);
    }
    for (long nbf : List.of(now + 1, now + 3600, 253_402_300_799L)) {
      add("nbf in " + (nbf - now) + " s", with("nbf", nbf), NOT_YET_VALID);
    }
    for (long iat : List.of(now + 61, now + 3600, 253_402_300_799L)) {
      add("iat in " + (iat - now) + " s", with("iat", iat), ISSUED_IN_FUTURE);
    }
  }

  private void uses() {
    for (String use : List.of("id", "refresh", "Access", "access ", "ACCESS", "any")) {
      add("token_use " + use, with("token_use", use), WRONG_TOKEN_USE);
    }
    for (String client :
        List.of("other", TestTokens.CLIENT + " ", TestTokens.CLIENT.substring(1), "*")) {
      add("client_id " + client, with("client_id", client), WRONG_CLIENT);
    }
    Map<String, Object> id = TestTokens.idClaims(pool, IssuerType.ORIGINAL);
    add("an ID token as access token", sign(TestKeys.ID, id), WRONG_TOKEN_USE);
    id("an access token as ID token", "token_use", "access", WRONG_TOKEN_USE);
    id("ID token for another client", "aud", "other", WRONG_CLIENT);
    id("ID token without aud", "aud", REMOVE, CLAIM_MISSING);
    id("ID token with client_id only", "aud", null, CLAIM_MISSING);
    id("ID token with several aud", "aud", List.of(TestTokens.CLIENT, "other"), CLAIM_MALFORMED);
    id("ID token with aud of no text", "aud", 7, CLAIM_MALFORMED);
    id("ID token with nonce of no text", "nonce", 7, CLAIM_MALFORMED);
    id("ID token with e-mail of no text", "email", true, CLAIM_MALFORMED);
    id("ID token with user name of no text", "cognito:username", 7, CLAIM_MALFORMED);
    id("expired ID token", "exp", NOW.getEpochSecond() - 1, EXPIRED);
  }

  private void id(String name, String claim, Object value, RejectionCode code) {
    Map<String, Object> id = TestTokens.idClaims(pool, IssuerType.ORIGINAL);
    id.put("client_id", TestTokens.CLIENT);
    id.put(claim, value);
    id.values().removeIf(REMOVE::equals);
    cases.add(new Case(name, true, sign(TestKeys.ID, id), code));
  }

  /** What is left of a good object when somebody has damaged it. */
  private static List<String> brokenJson(String good) {
    return List.of(
        " ",
        "null",
        "[]",
        "\"text\"",
        "7",
        "[" + good + "]",
        good + good,
        good + "x",
        good + "}",
        good + " null",
        good + "\0",
        good.substring(1),
        good.substring(0, good.length() - 1),
        good.replaceFirst("\\{", "{,"),
        good.replaceFirst("}$", ",}"),
        good.replaceFirst("\\{", "{/* comment */"),
        good.replaceFirst("\\{", "{// comment\n"),
        good.replaceFirst("\\{", "{# comment\n"),
        good.replace('"', '\''),
        good.replaceFirst("\"", "").replaceFirst("\"", ""),
        good.replaceFirst("\\{", "{\"x\":NaN,"),
        good.replaceFirst("\\{", "{\"x\":Infinity,"),
        good.replaceFirst("\\{", "{\"x\":01,"),
        good.replaceFirst("\\{", "{\"x\":+1,"),
        good.replaceFirst("\\{", "{\"x\":.5,"),
        good.replaceFirst("\\{", "{\"x\":1.,"),
        good.replaceFirst("\\{", "{\"x\":0x10,"),
        good.replaceFirst("\\{", "{\"x\":True,"),
        good.replaceFirst("\\{", "{\"x\":undefined,"),
        good.replaceFirst("\\{", "{\"x\":\"\n\","),
        good.replaceFirst("\\{", "{\"x\":\"\\\\q\","),
        good.replaceFirst("\\{", "{\"x\":\"\\\\u12\","),
        good.replaceFirst("\\{", "{\"x\" 1,"),
        good.replaceFirst("\\{", "{1:1,"),
        good.replaceFirst("\\{", "{null:1,"));
  }

  private Map<String, Object> claims() {
    return TestTokens.accessClaims(pool, IssuerType.UPDATED);
  }

  private String with(String claim, Object value) {
    Map<String, Object> changed = new HashMap<>(claims());
    changed.put(claim, value);
    changed.values().removeIf(REMOVE::equals);
    return sign(ACCESS, changed);
  }

  private String withClaim(String name, String json) {
    return withClaim(name, json, name);
  }

  private String withClaim(String name, String json, String instead) {
    Map<String, Object> rest = new HashMap<>(claims());
    rest.remove(instead);
    String others = JSONObjectUtils.toJSONString(rest);
    return sign(ACCESS, header, others.replaceFirst("}$", ",\"" + name + "\":" + json + "}"));
  }

  private String withHeader(String name, String json) {
    return sign(ACCESS, header.replaceFirst("}$", ",\"" + name + "\":" + json + "}"), claims);
  }

  private static String with(String[] parts, int index, String part) {
    String[] changed = parts.clone();
    changed[index] = part;
    return String.join(".", changed);
  }

  private static String insert(String text, String what) {
    return text.substring(0, 5) + what + text.substring(5);
  }

  /** The same bytes in another spelling: bits that decoders drop are set. */
  private static String strayBits(String json) {
    String padded = json;
    while (padded.getBytes(UTF_8).length % 3 == 0) {
      padded = padded + " ";
    }
    return stray(base64(padded));
  }

  private static String stray(String base64) {
    int last = ALPHABET.indexOf(base64.charAt(base64.length() - 1));
    return base64.substring(0, base64.length() - 1) + ALPHABET.charAt(last + 1);
  }

  private static BigInteger modulus() {
    return ACCESS.getModulus().decodeToBigInteger();
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static byte[] hmac(String input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ACCESS.toRSAPublicKey().getEncoded(), "HmacSHA256"));
      return mac.doFinal(input.getBytes(UTF_8));
    } catch (GeneralSecurityException | com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() <= 400 ? plain : plain.substring(0, 400) + "…";
  }
}
