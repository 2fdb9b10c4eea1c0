package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens and claims in a session that is written down. */
class SerializationTest {
  private static final UserPool POOL =
      UserPool.builder("us-east-1_EXAMPLE")
          .secondaryRegion("us-west-2")
          .endpoint(RegionRole.PRIMARY, URI.create("https://primary.example"))
          .updatedIssuerEndpoint(URI.create("https://updated.example"))
          .domain("my-app")
          .build();

  private final TokenValidator validator =
      TokenValidator.builder(POOL)
          .anyClient()
          .clock(() -> TestTokens.NOW)
          .fetchKeys(false)
          .staticKeys(TestKeys.jwks(ACCESS))
          .build();

  @AfterEach
  void close() {
    validator.close();
  }

  private static byte[] written(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static Map<String, Object> claims(boolean access) {
    Map<String, Object> claims =
        access
            ? TestTokens.accessClaims(POOL, IssuerType.UPDATED)
            : TestTokens.idClaims(POOL, IssuerType.ORIGINAL);
    Map<String, Object> plan = new HashMap<>();
    plan.put("name", "gold");
    plan.put("nothing", null);
    plan.put("deep", List.of(Map.of("a", List.of(1, 2.5, true))));
    claims.put("plan", plan);
    claims.put("list", Arrays.asList("x", null, Map.of("big", new BigInteger("9".repeat(30)))));
    claims.put("letters", "\u00e4\ud83d\ude00<&>\"\\\u2028");
    claims.put("aud", access ? List.of("https://a", "https://b") : TestTokens.CLIENT);
    return claims;
  }

  private AccessToken access() {
    return validator.validateAccessToken(TestTokens.sign(ACCESS, claims(true)));
  }

  @Test
  void an_access_token_is_read_back_as_it_was() throws Exception {
    AccessToken token = access();
    AccessToken copy = (AccessToken) read(written(token));
    assertThat(copy).isEqualTo(token).hasSameHashCodeAs(token).hasToString(token.toString());
    assertThat(copy.claims()).isEqualTo(token.claims());
    assertThat(copy.userPool()).isEqualTo(POOL);
    assertThat(copy.issuerType()).isEqualTo(IssuerType.UPDATED);
    assertThat(copy.scopes()).isEqualTo(token.scopes());
    assertThat(copy.audience()).isEqualTo(token.audience());
    assertThat(copy.expiresAt()).isEqualTo(token.expiresAt());
    assertThatThrownBy(() -> copy.claims().put("scope", "root"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void an_id_token_is_read_back_as_it_was() throws Exception {
    IdToken token = validator.validateIdToken(TestTokens.sign(ACCESS, claims(false)));
    IdToken copy = (IdToken) read(written(token));
    assertThat(copy).isEqualTo(token);
    assertThat(copy.email()).isEqualTo(token.email());
    assertThat(copy.nonce()).isEqualTo(token.nonce());
  }

  @Test
  void claims_and_nested_claims_are_of_types_that_every_program_can_read() throws Exception {
    Map<String, Object> claims = access().claims();
    Object plan = claims.get("plan");
    assertThat(plan.getClass().getName()).startsWith("java.util.");
    assertThat(read(written(plan))).isEqualTo(plan);
    assertThat(read(written(claims.get("list")))).isEqualTo(claims.get("list"));
    assertThat(read(written(claims))).isEqualTo(claims);
    for (Object written : List.of(plan, claims.get("list"), claims)) {
      assertThat(new String(written(written), ISO_8859_1)).doesNotContain("twinpool");
    }
  }

  @Test
  void neither_the_token_nor_its_signature_is_written() throws Exception {
    String jwt = TestTokens.sign(ACCESS, claims(true));
    String written = new String(written(validator.validateAccessToken(jwt)), ISO_8859_1);
    for (String part : jwt.split("\\.", -1)) {
      assertThat(written).doesNotContain(part);
    }
  }

  @Test
  void what_is_read_back_has_passed_the_parser_and_the_types_of_claims() throws Exception {
    String good = new String(written(access()), ISO_8859_1);
    for (String[] change :
        new String[][] {
          {"\"token_use\":\"access\"", "\"token_use\":\"accesS\""},
          {"\"sub\":\"3", "\"suB\":\"3"},
          {"\"exp\":1", "\"exp\":x"},
          {"\"client_id\":\"", "\"client_iD\":\""},
          {"issuer-cognito-idp.us-east-1", "issuer-cognito-idp.us-east-2"},
          {"https://primary.example", "http://primary.exampleX"},
        }) {
      assertThat(good).contains(change[0]);
      int at = good.lastIndexOf(change[0]);
      String bad = good.substring(0, at) + change[1] + good.substring(at + change[0].length());
      assertThatThrownBy(() -> read(bad.getBytes(ISO_8859_1)))
          .as(change[1])
          .isInstanceOf(InvalidObjectException.class);
    }
  }
}
