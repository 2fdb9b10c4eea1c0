package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import org.junit.jupiter.api.Test;

/** Remembering a header must change nothing but the time that it takes. */
class KnownHeadersTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  private static final String TOKEN = TestTokens.access(POOL, IssuerType.UPDATED, ACCESS);

  private final KnownHeaders known = new KnownHeaders();

  private static TokenHeader header(String text) {
    return new TokenHeader(text.getBytes(ISO_8859_1), "kid of " + text);
  }

  private TokenHeader find(String token, int length) {
    return known.find(token.getBytes(ISO_8859_1), length);
  }

  @Test
  void only_exactly_the_same_text_is_known() {
    TokenHeader abcd = header("abcd");
    known.remember(abcd);
    assertThat(find("abcd.claims.signature", 4)).isSameAs(abcd);
    assertThat(find("abcd", 4)).isSameAs(abcd);
    assertThat(find("abcd.", 5)).isNull();
    assertThat(find("abc.d", 3)).isNull();
    assertThat(find("abce.", 4)).isNull();
    assertThat(find("xbcd.", 4)).isNull();
    assertThat(find("ABCD.", 4)).isNull();
  }

  @Test
  void there_is_place_for_sixteen_and_the_oldest_gives_way() {
    for (int i = 0; i < 20; i++) {
      known.remember(header("header-" + i));
      known.remember(header("header-" + i)); // takes no second place
    }
    for (int i = 0; i < 20; i++) {
      String text = "header-" + i;
      if (i < 4) {
        assertThat(find(text, text.length())).isNull();
      } else {
        assertThat(find(text, text.length()).keyId()).isEqualTo("kid of " + text);
      }
    }
  }

  @Test
  void a_parser_remembers_the_header_of_a_right_signature_only() {
    TokenParser parser = new TokenParser(16_384);
    TokenHeader first = parser.parse(TOKEN).header();
    assertThat(parser.parse(TOKEN).header()).isNotSameAs(first);
    ParsedToken right = parser.parse(TOKEN);
    parser.hasRightSignature(right);
    assertThat(parser.parse(TOKEN).header()).isSameAs(right.header());
    assertThat(parser.parse(TOKEN).keyId()).isEqualTo("access-key");
    assertThat(right.header()).hasToString("TokenHeader");
    assertThat(right).hasToString("ParsedToken");
  }

  @Test
  void no_forged_token_gets_its_header_remembered() {
    try (TokenValidator validator =
        TokenValidator.builder(POOL)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW)
            .fetchKeys(false)
            .staticKeys(TestKeys.jwks(ACCESS))
            .tokenCacheBytes(0)
            .build()) {
      validator.validateAccessToken(TOKEN);
      for (int i = 0; i < 3; i++) {
        // The known header before other claims, and other headers before known claims.
        String other = TestTokens.access(POOL, IssuerType.ORIGINAL, TestKeys.OTHER_POOL);
        assertThatThrownBy(() -> validator.validateAccessToken(other))
            .isInstanceOf(InvalidTokenException.class);
        String none =
            TestTokens.base64("{\"kid\":\"access-key\",\"alg\":\"none\"}")
                + TOKEN.substring(TOKEN.indexOf('.'));
        assertThatThrownBy(() -> validator.validateAccessToken(none))
            .isInstanceOfSatisfying(
                InvalidTokenException.class,
                e -> assertThat(e.code()).isEqualTo(RejectionCode.ALGORITHM_NOT_ALLOWED));
        validator.validateAccessToken(TOKEN);
      }
    }
  }

  @Test
  void surrogates_cannot_shift_the_parts() {
    TokenParser parser = new TokenParser(16_384);
    parser.hasRightSignature(parser.parse(TOKEN));
    int dot = TOKEN.indexOf('.');
    String pair = "\ud83d\ude00";
    for (String token :
        new String[] {
          pair + TOKEN,
          TOKEN.substring(0, dot) + pair + TOKEN.substring(dot),
          TOKEN.substring(0, dot + 1) + pair + TOKEN.substring(dot + 1),
          TOKEN + pair
        }) {
      assertThatThrownBy(() -> parser.parse(token))
          .isInstanceOfSatisfying(
              InvalidTokenException.class,
              e -> assertThat(e.code()).isEqualTo(RejectionCode.BAD_BASE64));
    }
  }
}
