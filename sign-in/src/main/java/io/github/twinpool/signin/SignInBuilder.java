package io.github.twinpool.signin;

import io.github.twinpool.failover.MultiRegionCognito;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SignIn}. Not thread-safe. Two {@code build()} calls share nothing mutable. */
public final class SignInBuilder {
  private static final int SESSION_MINUTES = 3;
  private static final int REFRESH_AHEAD_MINUTES = 5;

  private final MultiRegionCognito cognito;
  private final String clientId;
  private @Nullable Supplier<String> clientSecret;
  private Duration sessionValidity = Duration.ofMinutes(SESSION_MINUTES);
  private Duration refreshAhead = Duration.ofMinutes(REFRESH_AHEAD_MINUTES);
  private List<SecretKey> stepKeys = List.of();
  private InstantSource clock = InstantSource.system();
  private SecureRandom random = new SecureRandom();

  SignInBuilder(MultiRegionCognito cognito, String clientId) {
    this.cognito = Objects.requireNonNull(cognito, "cognito");
    this.clientId = Checks.clientId(clientId);
  }

  /**
   * The app client's secret, for SECRET_HASH and for refreshes. It is asked for with each request,
   * so that it can rotate: Cognito accepts two at a time. Default: a public client.
   */
  public SignInBuilder clientSecret(Supplier<String> secret) {
    clientSecret = Objects.requireNonNull(secret, "clientSecret");
    return this;
  }

  /**
   * How long Cognito remembers an open challenge: the app client's AuthSessionValidity. Sealed
   * steps expire by it. Default: {@value #SESSION_MINUTES} minutes, as Cognito's.
   *
   * @throws IllegalArgumentException if it is not 3 to 15 minutes
   */
  public SignInBuilder sessionValidity(Duration validity) {
    if (validity.compareTo(Duration.ofMinutes(3)) < 0
        || validity.compareTo(Duration.ofMinutes(15)) > 0) {
      throw new IllegalArgumentException(
          "sessionValidity " + validity + ": wants 3 to 15 minutes, as AuthSessionValidity");
    }
    sessionValidity = validity;
    return this;
  }

  /**
   * How long before the access token's expiry a {@link TokenSession} asks for the next one, less up
   * to a fifth of it at random; at most half of the token's lifetime. Default: {@value
   * #REFRESH_AHEAD_MINUTES} minutes. The longer, the longer an outage of both Regions that nobody
   * notices.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 24 hours
   */
  public SignInBuilder refreshAhead(Duration ahead) {
    refreshAhead = Checks.refreshAhead(ahead);
    return this;
  }

  /**
   * The keys of {@link SignInChallenge#seal} and {@link SignIn#resume}, 256 bits each. All
   * application servers of one application share them. Default: none.
   *
   * @param current seals and opens
   * @param previous open only, while keys rotate
   * @throws IllegalArgumentException if a key has not 256 bits
   */
  public SignInBuilder stepKeys(SecretKey current, SecretKey... previous) {
    stepKeys = SealedBox.keys("stepKeys", current, previous);
    return this;
  }

  SignInBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  SignInBuilder random(SecureRandom source) {
    random = source;
    return this;
  }

  /** The sign-in. Does no I/O. */
  public SignIn build() {
    StepSealer sealer =
        stepKeys.isEmpty()
            ? null
            : new StepSealer(stepKeys, cognito.userPool().id(), clientId, clock);
    return new SignIn(
        new SignInSettings(
            cognito, clientId, clientSecret, sessionValidity, refreshAhead, sealer, clock, random));
  }
}
