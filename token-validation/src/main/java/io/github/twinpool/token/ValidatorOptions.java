package io.github.twinpool.token;

import io.github.twinpool.UserPool;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TokenValidator} does for the tokens of all its pools. Each method refuses a bad
 * value with an {@link IllegalArgumentException} that names it.
 *
 * @param <B> the builder that the methods return
 */
public abstract sealed class ValidatorOptions<B extends ValidatorOptions<B>> extends PoolOptions<B>
    permits TokenValidator.Builder {
  final List<TokenCheck> checks = new ArrayList<>();
  final List<TokenValidatorListener> listeners = new ArrayList<>();
  InstantSource clock;
  Duration clockSkew = Duration.ZERO;
  int maxTokenLength = 16_384;
  Preload preload = Preload.BACKGROUND;
  @Nullable Executor executor;
  Duration refreshInterval = Duration.ofMinutes(5);
  Duration removedKeyGrace = Duration.ofMinutes(10);
  Duration outageMaxAge = Duration.ofDays(3);
  Duration keysTimeout = Duration.ofSeconds(5);
  @Nullable RevocationList revocations;
  long tokenCacheBytes = 64L * 1024 * 1024;
  boolean correttoCrypto = true;
  @Nullable HttpClient httpClient;

  ValidatorOptions(UserPool pool, InstantSource clock) {
    super(pool);
    this.clock = clock;
  }

  /** Wall time for {@code exp}, {@code nbf} and {@code iat}. Default: the system's. */
  public B clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return self();
  }

  /** How far this clock and Cognito's may be apart, zero to five minutes. Default: zero. */
  public B clockSkew(Duration skew) {
    clockSkew = Checks.duration("clockSkew", skew, Duration.ZERO, Duration.ofMinutes(5));
    return self();
  }

  /** The longest token that is looked at, in characters, 1,024 to 131,072. Default: 16,384. */
  public B maxTokenLength(int characters) {
    maxTokenLength = Checks.number("maxTokenLength", characters, 1_024, 131_072);
    return self();
  }

  /** When to fetch keys for the first time. Default: in the background. */
  public B preload(Preload preload) {
    this.preload = Objects.requireNonNull(preload, "preload");
    return self();
  }

  /**
   * Completes asynchronous calls that waited for keys. Tokens of strangers can cause such calls, so
   * it must have a limit of threads. Default: threads of the validator's own, one for each
   * processor and at least two.
   */
  public B executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return self();
  }

  /** Hears of fetches, failures and rejections. Default: nobody. Can be called repeatedly. */
  public B listener(TokenValidatorListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return self();
  }

  /** A check of your own on the tokens of all pools. Default: none. Can be called repeatedly. */
  public B check(TokenCheck check) {
    checks.add(Objects.requireNonNull(check, "check"));
    return self();
  }

  /** The age at which keys are refreshed at the latest, 30 s to 24 h. Default: 5 minutes. */
  public B refreshInterval(Duration interval) {
    refreshInterval =
        Checks.duration("refreshInterval", interval, Duration.ofSeconds(30), Duration.ofHours(24));
    return self();
  }

  /**
   * How long a key is still accepted after the fetch that missed it, zero to 24 h. Default: 10
   * minutes.
   */
  public B removedKeyGrace(Duration grace) {
    removedKeyGrace =
        Checks.duration("removedKeyGrace", grace, Duration.ZERO, Duration.ofHours(24));
    return self();
  }

  /**
   * How long keys are accepted after the last successful fetch, 1 minute to 30 days. Default: 72
   * hours.
   */
  public B outageMaxAge(Duration age) {
    outageMaxAge = Checks.duration("outageMaxAge", age, Duration.ofMinutes(1), Duration.ofDays(30));
    return self();
  }

  /**
   * The longest that a caller waits while there are no keys, and the longest that one source may
   * take, 100 ms to 1 minute. Default: 5 s. A connection may take half of it, and at least 2 s.
   */
  public B keysTimeout(Duration timeout) {
    keysTimeout =
        Checks.duration("keysTimeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    return self();
  }

  /**
   * How much memory cached tokens may take, about, 1 MiB to 16 GiB, or 0 for no cache. Default: 64
   * MiB, which is some 25,000 tokens of a user with few groups. A cached token spares the parsing
   * and the signature's check; all other checks are made each time. Tokens themselves are not kept,
   * only their claims.
   */
  public B tokenCacheBytes(long bytes) {
    if (bytes != 0 && (bytes < 1L << 20 || bytes > 1L << 34)) {
      throw new IllegalArgumentException(
          "tokenCacheBytes '" + bytes + "': wants 0, or " + (1L << 20) + " to " + (1L << 34));
    }
    tokenCacheBytes = bytes;
    return self();
  }

  /** Which tokens are refused before they expire. Default: none. */
  public B revocations(RevocationList revocations) {
    this.revocations = Objects.requireNonNull(revocations, "revocations");
    return self();
  }

  /**
   * Fetches keys with a client of your own: for a proxy and its credentials, a trust store, a
   * client certificate, or TLS settings. It stays yours to close. Give it a connect time-out below
   * {@code keysTimeout} and an executor with a limit of threads; the JDK's default has none of
   * both. Default: a client of the validator's own with the JVM's proxy and TLS settings.
   *
   * @param client one that never follows redirects: keys come from configured addresses only
   */
  public B httpClient(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "httpClient '" + client.followRedirects() + "': it must never follow redirects");
    }
    httpClient = client;
    return self();
  }

  /**
   * Whether to check signatures with the Amazon Corretto Crypto Provider if it is on the class path
   * and works. Default: true. Never required.
   */
  public B correttoCrypto(boolean use) {
    correttoCrypto = use;
    return self();
  }
}
