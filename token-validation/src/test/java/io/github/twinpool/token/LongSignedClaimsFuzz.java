package io.github.twinpool.token;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.text.ParseException;

/** {@link SignedClaimsFuzz} with time: {@code ./mvnw -Pfuzz verify -pl token-validation -am}. */
final class LongSignedClaimsFuzz {
  @FuzzTest(maxDuration = "20m")
  void are_accepted_only_if_they_are_good(FuzzedDataProvider data) throws ParseException {
    SignedClaimsFuzz.check(data);
  }
}
