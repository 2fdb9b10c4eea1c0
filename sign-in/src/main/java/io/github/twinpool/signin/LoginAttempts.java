package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twinpool.signin.AuthorizationException.Reason;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Hands attempts out to browsers, sealed, and takes each back once: from the browser that has it,
 * with the state that belongs to it, in time. Single use is known per process; across processes it
 * is the code's own. Thread-safe.
 */
final class LoginAttempts {
  private static final int REMEMBERED = 100_000;

  private final SealedBox box;
  private final String audience;
  private final InstantSource clock;
  private final Cache<String, Boolean> used;

  LoginAttempts(SealedBox box, String audience, Duration validity, InstantSource clock) {
    this.box = box;
    this.audience = audience;
    this.clock = clock;
    used =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(validity.multipliedBy(2))
            .build();
  }

  String seal(LoginAttempt attempt) {
    return box.seal(attempt.sealable(audience));
  }

  /**
   * The attempt that a browser brings back.
   *
   * @throws AuthorizationException if there is none, or no longer
   */
  LoginAttempt take(@Nullable String browserState, String state) {
    LoginAttempt attempt =
        box.open(browserState)
            .flatMap(content -> LoginAttempt.of(content, audience))
            .orElseThrow(() -> new AuthorizationException(Reason.STATE));
    String expected = attempt.state().getValue();
    if (!MessageDigest.isEqual(expected.getBytes(US_ASCII), state.getBytes(US_ASCII))) {
      throw new AuthorizationException(Reason.STATE);
    }
    if (!clock.instant().isBefore(attempt.expiresAt())) {
      throw new AuthorizationException(Reason.EXPIRED);
    }
    if (used.asMap().putIfAbsent(expected, true) != null) {
      throw new AuthorizationException(Reason.REPLAYED);
    }
    return attempt;
  }
}
