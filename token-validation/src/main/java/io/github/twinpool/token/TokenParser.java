package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
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

  private final KnownHeaders headers = new KnownHeaders();
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
    byte[] text = token.getBytes(ISO_8859_1);
    if (text.length != token.length()) {
      // Surrogates become one question mark for two characters, and the dots are elsewhere.
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    TokenHeader header = header(text, first);
    Claims claims = new Claims(json(text, first + 1, last));
    byte[] signature = StrictBase64.decode(text, last + 1, text.length);
    return new ParsedToken(header, issuer(claims), claims, text, last, signature);
  }

  /** Tells that a token's signature was right, so that its header may be remembered. */
  void hasRightSignature(ParsedToken token) {
    headers.remember(token.header());
  }

  private TokenHeader header(byte[] text, int length) {
    TokenHeader known = headers.find(text, length);
    return known != null
        ? known
        : new TokenHeader(Arrays.copyOf(text, length), keyId(json(text, 0, length)));
  }

  private static Map<String, @Nullable Object> json(byte[] text, int from, int to) {
    byte[] bytes = StrictBase64.decode(text, from, to);
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
