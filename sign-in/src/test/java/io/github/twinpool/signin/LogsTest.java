package io.github.twinpool.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * The last test of this module: our loggers at TRACE and all others at INFO have shown no password,
 * secret, SRP value, session or token while all the others ran.
 */
@Isolated("runs after all others, whose logs it searches")
class LogsTest {
  @Test
  void no_secret_was_logged_by_the_whole_suite() {
    try (SignInWorld world = new SignInWorld()) {
      // So that there is something to search when this test runs alone.
      SignIn signIn = world.signIn();
      Visitor visitor = new Visitor(world, signIn, world.person());
      visitor.getsADevice();
      visitor.mustHaveMfa();
      signIn.session(ScriptedFlow.DEVICE.run(visitor).tokens()).signOut();
    }
    assertThat(KeptLog.lines())
        .anyMatch(it -> it.startsWith(SignIn.class.getName()))
        .anyMatch(it -> it.startsWith("io.github.twinpool.failover."));
    Set<String> secrets = SecretsSeen.all();
    assertThat(secrets)
        .hasSizeGreaterThan(10)
        .contains(SignInWorld.PASSWORD)
        .anyMatch(it -> it.chars().filter(c -> c == '.').count() == 2)
        .anyMatch(it -> it.chars().filter(c -> c == '.').count() == 4);

    assertThat(KeptLog.showing(secrets).stream().map(LogsTest::withoutSecrets)).isEmpty();
  }

  @Test
  void a_secret_that_is_logged_is_found() {
    String secret = UUID.randomUUID().toString();
    LoggerFactory.getLogger("of.others").info("Somebody says {}", secret);
    assertThat(KeptLog.showing(List.of(secret))).hasSize(1);
  }

  /** A failing test must not print what it found. */
  private static String withoutSecrets(String line) {
    return line.substring(0, line.indexOf(' ')) + " …";
  }
}
