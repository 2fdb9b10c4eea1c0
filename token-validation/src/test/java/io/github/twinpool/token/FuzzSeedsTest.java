package io.github.twinpool.token;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the fuzz targets begin with, and what they have found, through the targets' own checks but
 * without Jazzer, whose agent takes seconds to start. {@code -Pslow} and {@code -Pfuzz} go on from
 * here.
 */
class FuzzSeedsTest {
  @AfterAll
  static void leave_no_thread() {
    RawTokenFuzz.VALIDATOR.close();
    SignedClaimsFuzz.VALIDATOR.close();
  }

  static List<byte[]> raw_tokens() {
    List<byte[]> inputs = new ArrayList<>(RawTokenFuzz.seeds());
    inputs.add(new byte[0]);
    return inputs;
  }

  /** The finding "number-beyond-a-double" in every claim, and what the target starts from. */
  static List<String> signed_claims() {
    List<String> inputs = new ArrayList<>(List.of("", SignedClaimsFuzz.good()));
    for (String name : SignedClaimsFuzz.names()) {
      inputs.add(SignedClaimsFuzz.changed(SignedClaimsFuzz.good(), name, "4444e4422222"));
      inputs.add(SignedClaimsFuzz.changed(SignedClaimsFuzz.good(), name, ""));
    }
    return inputs;
  }

  @MethodSource("raw_tokens")
  @ParameterizedTest
  void a_raw_token_is_refused_as_documented(byte[] input) {
    RawTokenFuzz.check(input);
  }

  @MethodSource("signed_claims")
  @ParameterizedTest
  void signed_claims_are_accepted_only_if_they_are_good(String claims) throws Exception {
    SignedClaimsFuzz.check(claims);
  }
}
