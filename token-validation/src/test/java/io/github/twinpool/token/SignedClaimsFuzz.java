package io.github.twinpool.token;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/** With a good signature, claims are accepted only if another parser finds them good, too. */
final class SignedClaimsFuzz {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  static final TokenValidator VALIDATOR = RawTokenFuzz.validator();

  @FuzzTest(maxExecutions = 2_000, maxDuration = "6s")
  void are_accepted_only_if_they_are_good(FuzzedDataProvider data) throws ParseException {
    check(data);
  }

  static void check(FuzzedDataProvider data) throws ParseException {
    check(claims(data));
  }

  static void check(String claims) throws ParseException {
    String token =
        TestTokens.sign(TestKeys.ACCESS, TestTokens.header(TestKeys.ACCESS.getKeyID()), claims);
    try {
      AccessToken accepted = VALIDATOR.validateAccessToken(token);
      mustBeGood(JSONObjectUtils.parse(claims), accepted);
    } catch (InvalidTokenException refused) {
      // as it should, when the claims are not good
    }
  }

  /** A good token's claims, some with another value or name; or any text. */
  private static String claims(FuzzedDataProvider data) {
    if (data.consumeInt(0, 9) == 0) {
      return data.consumeRemainingAsString();
    }
    String text = good();
    String[] names = names();
    for (int changes = data.consumeInt(0, 3); changes > 0; changes--) {
      text = changed(text, data.pickValue(names), data.consumeString(40));
    }
    return text;
  }

  static String good() {
    return JSONObjectUtils.toJSONString(TestTokens.accessClaims(POOL, IssuerType.UPDATED));
  }

  static String[] names() {
    return TestTokens.accessClaims(POOL, IssuerType.UPDATED).keySet().toArray(new String[0]);
  }

  static String changed(String claims, String name, String value) {
    String quoted = "\"" + name + "\":";
    int at = claims.indexOf(quoted);
    if (at < 0) {
      return claims;
    }
    int end = Math.max(claims.indexOf(",\"", at), at + quoted.length());
    return claims.substring(0, at + quoted.length()) + value + claims.substring(end);
  }

  private static void mustBeGood(Map<String, Object> claims, AccessToken accepted) {
    Set<Object> issuers = Set.of(POOL.issuer(IssuerType.UPDATED), POOL.issuer(IssuerType.ORIGINAL));
    boolean good =
        issuers.contains(claims.get("iss"))
            && "access".equals(claims.get("token_use"))
            && TestTokens.CLIENT.equals(claims.get("client_id"))
            && claims.get("exp") instanceof Number exp
            && exp.doubleValue() > TestTokens.NOW.getEpochSecond()
            && accepted.expiresAt().getEpochSecond() == exp.longValue()
            && accepted.subject().equals(claims.get("sub"));
    if (!good) {
      throw new AssertionError("accepted: " + claims);
    }
  }
}
