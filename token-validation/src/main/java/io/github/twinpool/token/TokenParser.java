package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a token in JWS compact serialization (RFC 7515 section 7.1) apart. Everything that can be
 * refused without a key is refused here.
 */
final class TokenParser {
  private static final String ALGORITHM = "RS256";
  private static final int MAX_KEY_ID = 256;

  /**
   * Parameters that bring their own key, or that a verifier must understand. Cognito sends none of
   * them. Ignoring the keys would be safe, too; but who sends one is not Cognito.
   */
  private static final List<String> FORBIDDEN =
      List.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "enc", "zip");

  private final int maxLength;

  TokenParser(int maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * @throws InvalidTokenException for anything but a well-formed RS256 token with key and issuer
   */
  ParsedToken parse(String token) {
    if (token.length() > maxLength) {
      throw new InvalidTokenException(RejectionCode.TOKEN_TOO_LARGE);
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    boolean threeParts =
        first > 0
            && last > first + 1
            && last < token.length() - 1
            && token.indexOf('.', first + 1) == last;
    if (!threeParts) {
      throw new InvalidTokenException(RejectionCode.NOT_A_JWT);
    }
    String keyId = keyId(json(token.substring(0, first)));
    Claims claims = new Claims(json(token.substring(first + 1, last)));
    byte[] signature = StrictBase64.decode(token.substring(last + 1));
    byte[] signingInput = token.substring(0, last).getBytes(US_ASCII);
    return new ParsedToken(keyId, issuer(claims), claims, signingInput, signature);
  }

  private static Map<String, @Nullable Object> json(String part) {
    byte[] bytes = StrictBase64.decode(part);
    try {
      return StrictJson.object(bytes);
    } catch (IOException notJson) {
      throw new InvalidTokenException(RejectionCode.BAD_JSON);
    }
  }

  private static String keyId(Map<String, @Nullable Object> header) {
    if (!ALGORITHM.equals(header.get("alg"))) {
      throw new InvalidTokenException(RejectionCode.ALGORITHM_NOT_ALLOWED);
    }
    for (String parameter : FORBIDDEN) {
      if (header.containsKey(parameter)) {
        throw new InvalidTokenException(RejectionCode.HEADER_NOT_ALLOWED, parameter);
      }
    }
    for (String parameter : List.of("typ", "cty")) {
      if (!(header.getOrDefault(parameter, "") instanceof String)) {
        throw new InvalidTokenException(RejectionCode.HEADER_NOT_ALLOWED, parameter);
      }
    }
    if (header.get("kid") instanceof String keyId
        && !keyId.isEmpty()
        && keyId.length() <= MAX_KEY_ID) {
      return keyId;
    }
    throw new InvalidTokenException(RejectionCode.KEY_ID_MISSING);
  }

  private static String issuer(Claims claims) {
    if (claims.all().get("iss") instanceof String issuer) {
      return issuer;
    }
    throw new InvalidTokenException(RejectionCode.ISSUER_NOT_TRUSTED);
  }
}
