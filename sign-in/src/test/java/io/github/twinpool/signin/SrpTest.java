package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our SRP answers are those of AWS's own JavaScript library: see srp-vectors.cjs. */
class SrpTest {
  private static final String B = "1".repeat(700);

  record Vector(String what, List<String> fields) {
    String text(int field) {
      String base64 = fields.get(field);
      return base64.equals("=") ? "" : new String(Base64.getDecoder().decode(base64), UTF_8);
    }

    String raw(int field) {
      return fields.get(field).equals("=") ? "" : fields.get(field);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Vector> signIns() {
    return vectors().filter(it -> !it.what().equals("device"));
  }

  static Stream<Vector> devices() {
    return vectors().filter(it -> it.what().equals("device"));
  }

  private static Stream<Vector> vectors() {
    try (InputStream file = SrpTest.class.getResourceAsStream("/srp-vectors.txt")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .map(fields -> new Vector(fields.get(0), fields));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void there_are_at_least_fifty_vectors() {
    assertThat(signIns()).hasSizeGreaterThanOrEqualTo(50);
    assertThat(devices()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("signIns")
  void an_answer_is_that_of_the_javascript_library(Vector vector) {
    Srp srp = new Srp(new BigInteger(vector.raw(1), 16));
    Srp.Claim claim =
        new Srp.Claim(vector.text(4), vector.text(5), new Secret(vector.text(6).toCharArray()));
    Srp.ServerValues server = new Srp.ServerValues(vector.raw(2), vector.raw(3), vector.raw(7));

    assertThat(srp.publicValue()).isEqualTo(vector.raw(9));
    assertThat(srp.signature(claim, server, vector.text(8))).isEqualTo(vector.raw(10));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void a_device_verifier_is_that_of_the_javascript_library(Vector vector) {
    Srp.Claim device =
        new Srp.Claim(vector.text(1), vector.text(2), new Secret(vector.text(3).toCharArray()));

    Srp.DeviceVerifier verifier = Srp.deviceVerifier(device, new BigInteger(vector.raw(4), 16));

    assertThat(hex(verifier.salt())).isEqualTo(vector.raw(4));
    assertThat(hex(verifier.passwordVerifier())).isEqualTo(vector.raw(5));
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, Thu Jan 1 00:00:00 UTC 2026",
    "2026-09-09T09:05:07Z, Wed Sep 9 09:05:07 UTC 2026",
    "2026-11-22T23:59:59.999Z, Sun Nov 22 23:59:59 UTC 2026",
    "2028-02-29T12:00:00Z, Tue Feb 29 12:00:00 UTC 2028"
  })
  void timestamps_are_english_and_their_day_has_no_zero(Instant time, String written) {
    assertThat(Srp.timestamp(time)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "-1", "+1", "xyz", "", " 1", "1 ", "٣"})
  void a_public_value_that_gives_the_secret_away_or_is_no_number_is_refused(String value) {
    assertRefused(new Srp.ServerValues("ab", value, ""));
  }

  @Test
  void multiples_of_n_are_refused() {
    assertRefused(new Srp.ServerValues("ab", Srp.N.toString(16), ""));
    assertRefused(new Srp.ServerValues("ab", Srp.N.shiftLeft(1).toString(16), ""));
  }

  @Test
  void oversized_numbers_are_refused() {
    assertRefused(new Srp.ServerValues("ab", "1".repeat(771), ""));
    assertRefused(new Srp.ServerValues("1".repeat(771), B, ""));
  }

  @Test
  void a_block_that_is_not_base64_is_refused() {
    assertRefused(new Srp.ServerValues("ab", B, "%%%"));
  }

  private static void assertRefused(Srp.ServerValues server) {
    Srp srp = new Srp(new SecureRandom());
    Srp.Claim claim = new Srp.Claim("pool", "ada", new Secret("secret".toCharArray()));
    assertThatThrownBy(() -> srp.signature(claim, server, "now"))
        .isInstanceOf(SignInProtocolException.class);
  }

  @Test
  void two_sign_ins_share_no_private_value() {
    SecureRandom random = new SecureRandom();
    assertThat(new Srp(random).publicValue()).isNotEqualTo(new Srp(random).publicValue());
  }
}
