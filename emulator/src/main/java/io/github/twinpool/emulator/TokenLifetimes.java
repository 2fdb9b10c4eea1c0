package io.github.twinpool.emulator;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalInt;

/** How long the tokens of an app client live, within Cognito's bounds. */
record TokenLifetimes(Duration access, Duration id, Duration refresh, Duration session) {
  private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(5);
  private static final Duration LONGEST_TOKEN = Duration.ofDays(1);
  private static final Duration SHORTEST_REFRESH = Duration.ofHours(1);
  private static final Duration LONGEST_REFRESH = Duration.ofDays(3650);

  static TokenLifetimes of(JsonRequest request) {
    Duration access = lifetime(request, "AccessToken", ChronoUnit.HOURS, Duration.ofHours(1));
    Duration id = lifetime(request, "IdToken", ChronoUnit.HOURS, Duration.ofHours(1));
    Duration refresh = lifetime(request, "RefreshToken", ChronoUnit.DAYS, Duration.ofDays(30));
    check("access token", access, SHORTEST_TOKEN, LONGEST_TOKEN);
    check("id token", id, SHORTEST_TOKEN, LONGEST_TOKEN);
    check("refresh token", refresh, SHORTEST_REFRESH, LONGEST_REFRESH);
    Duration session = Duration.ofMinutes(request.number("AuthSessionValidity").orElse(3));
    return new TokenLifetimes(access, id, refresh, session);
  }

  private static Duration lifetime(
      JsonRequest request, String token, ChronoUnit unit, Duration otherwise) {
    OptionalInt amount = request.number(token + "Validity");
    // The service reads a refresh token validity of 0 as the default.
    if (amount.isEmpty() || amount.getAsInt() == 0) {
      return otherwise;
    }
    ChronoUnit given =
        request
            .text("TokenValidityUnits." + token)
            .map(name -> ChronoUnit.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(unit);
    return Duration.of(amount.getAsInt(), given);
  }

  private static void check(String token, Duration lifetime, Duration least, Duration most) {
    if (lifetime.compareTo(least) < 0 || lifetime.compareTo(most) > 0) {
      throw WireError.invalidParameter(
          "Invalid range for " + token + " validity: from " + least + " to " + most + ".");
    }
  }
}
