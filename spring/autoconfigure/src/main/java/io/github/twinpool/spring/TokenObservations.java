package io.github.twinpool.spring;

import io.github.twinpool.spring.TwinpoolTokenProperties.Use;
import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.KeysUnavailableException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An observation around each validation for Spring Security. Adds nothing of the token. */
final class TokenObservations {
  static final String NAME = "twinpool.token.validations";

  private TokenObservations() {}

  static Observation start(ObservationRegistry observations, Use use) {
    return Observation.createNotStarted(NAME, observations)
        .contextualName("validate " + use.name().toLowerCase(Locale.ROOT) + " token")
        .lowCardinalityKeyValue("use", use.name())
        .start();
  }

  static void stop(Observation observation, @Nullable Throwable failure) {
    observation.lowCardinalityKeyValue("code", code(failure));
    if (failure != null) {
      observation.error(failure);
    }
    observation.stop();
  }

  /** Nobody waits for it any more. Every meter of one name needs the same tags. */
  static void cancel(Observation observation) {
    observation.lowCardinalityKeyValue("code", "CANCELLED");
    observation.stop();
  }

  private static String code(@Nullable Throwable failure) {
    if (failure == null) {
      return "OK";
    }
    if (failure instanceof InvalidTokenException invalid) {
      return invalid.code().name();
    }
    return failure instanceof KeysUnavailableException ? "KEYS_UNAVAILABLE" : "CHECK_FAILED";
  }
}
