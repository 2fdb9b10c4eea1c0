package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.TimeValue;

@Tag("slow")
class TokenBenchmarkTest {
  @Test
  void a_key_of_many_primes_signs_what_java_finds_good() throws Exception {
    ManyPrimeKey key = new ManyPrimeKey(new SecureRandom());
    assertThat(key.publicKey().getModulus().bitLength()).isEqualTo(2048);
    for (int i = 0; i < 50; i++) {
      byte[] text = ("text " + i).getBytes(UTF_8);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.publicKey());
      signature.update(text);
      assertThat(signature.verify(key.sign(text))).isTrue();
    }
  }

  @Test
  void all_libraries_validate_the_token_and_the_report_has_a_row_for_each(@TempDir Path target)
      throws Exception {
    TokenReport report = new TokenBenchmark(target, 0, TimeValue.milliseconds(10), 1, 50, 20).run();
    assertThat(report.scores())
        .filteredOn(score -> score.threads() == 1)
        .extracting(TokenScore::who)
        .containsExactlyInAnyOrder(
            "raw",
            "rawReused",
            "twinpool",
            "nimbus",
            "spring",
            "javaJwt",
            "jose4j",
            "twinpool, cached, 100 % hits",
            "twinpool, cached, 90 % hits",
            "twinpool, cached, 0 % hits");
    assertThat(report.scores())
        .hasSize(20)
        .allSatisfy(score -> assertThat(score.micros()).isPositive());
    assertThat(report.memory().tokens()).isEqualTo(50);
    assertThat(target.resolve("token-benchmark.md"))
        .content()
        .contains("| twinpool | 2 |", "twinpool takes", "50 cached tokens")
        .doesNotContain("NaN times");
    assertThat(target.resolve("token-benchmark.json")).content().contains("\"microsPerToken\":");
    assertThat(target.resolve("token-benchmark.svg")).content().contains("jose4j", "</svg>");
  }
}
