package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds {@link MachineTokens}. Not thread-safe. */
public final class MachineTokensBuilder {
  private static final int REFRESH_AHEAD_MINUTES = 5;

  private final UserPool pool;
  private final Supplier<RegionRole> serving;
  private final String clientId;
  private @Nullable Supplier<List<String>> secrets;
  private Duration refreshAhead = Duration.ofMinutes(REFRESH_AHEAD_MINUTES);
  private @Nullable HttpClient httpClient;
  private @Nullable Duration requestTimeout;
  private InstantSource clock = InstantSource.system();
  private LongSupplier nanoTime = System::nanoTime;
  private DomainHttp.TimeLimit timeLimit = DomainHttp.TimeLimit.SYSTEM;

  MachineTokensBuilder(UserPool pool, Supplier<RegionRole> serving, String clientId) {
    this.pool = Objects.requireNonNull(pool, "userPool");
    this.serving = serving;
    this.clientId = Checks.clientId(clientId);
  }

  /** The app client's secret, asked for with each request. Required, or {@link #clientSecrets}. */
  public MachineTokensBuilder clientSecret(Supplier<String> secret) {
    Objects.requireNonNull(secret, "clientSecret");
    secrets = () -> List.of(secret.get());
    return this;
  }

  /**
   * One or two secrets, asked for with each request, the newer first: Cognito accepts two while
   * they rotate, and a new one reaches the other Region later. The second is tried if the first is
   * refused as {@code invalid_client}.
   */
  public MachineTokensBuilder clientSecrets(Supplier<List<String>> newerFirst) {
    secrets = Objects.requireNonNull(newerFirst, "clientSecrets");
    return this;
  }

  /**
   * How long before a token's expiry the next is asked for, less up to a fifth of it at random; at
   * most half of the token's lifetime. Default: {@value #REFRESH_AHEAD_MINUTES} minutes. The
   * longer, the longer an outage that nobody notices, and the more tokens are paid for.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 24 hours
   */
  public MachineTokensBuilder refreshAhead(Duration ahead) {
    refreshAhead = Checks.refreshAhead(ahead);
    return this;
  }

  /**
   * The client that asks the domain, for proxies and TLS settings of your own. It must follow no
   * redirects, must have no authenticator, and should have a time-out for connecting. It stays the
   * caller's to close. Default: the JDK's, by HTTP/1.1, with the JVM's own proxy and TLS settings
   * and 2 s to connect; one that was idle for 20 s is replaced, so that no connection is used which
   * a gateway on the way may have forgotten. For a client of your own that is the business of the
   * system property {@code jdk.httpclient.keepalive.timeout}.
   *
   * @throws IllegalArgumentException if it follows redirects or has an authenticator
   */
  public MachineTokensBuilder httpClient(HttpClient client) {
    httpClient = DomainHttp.checked(client);
    return this;
  }

  /**
   * How long one host has for the whole of its answer. Default: 5.5 s, a little over the 5 s that
   * Cognito waits for a Lambda trigger.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 60 seconds
   */
  public MachineTokensBuilder requestTimeout(Duration timeout) {
    requestTimeout = DomainOptions.checkedTimeout(timeout);
    return this;
  }

  MachineTokensBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  MachineTokensBuilder timeLimit(DomainHttp.TimeLimit limit) {
    timeLimit = limit;
    return this;
  }

  MachineTokensBuilder nanoTime(LongSupplier source) {
    nanoTime = source;
    return this;
  }

  /**
   * The tokens. Does no I/O.
   *
   * @throws IllegalArgumentException if there is no secret, or the pool has no domain
   */
  public MachineTokens build() {
    if (secrets == null) {
      throw new IllegalArgumentException(
          "clientSecret: none; the client credentials grant is for confidential clients");
    }
    DomainOptions domain =
        new DomainOptions(pool, serving, httpClient, requestTimeout, clock, nanoTime, timeLimit);
    return new MachineTokens(
        new MachineTokenSettings(domain, clientId, secrets, refreshAhead, new SecureRandom()));
  }
}
