package io.github.twinpool.failover;

import io.github.twinpool.Capability;
import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.calls.Conversations;
import io.github.twinpool.failover.internal.calls.GuardedFailover;
import io.github.twinpool.failover.internal.calls.Parts;
import io.github.twinpool.failover.internal.regions.RegionClient;
import java.time.Duration;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * A multi-Region user pool as one AWS SDK client: each call goes to the Region that can serve it.
 *
 * <pre>{@code
 * try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build()) {
 *   CognitoIdentityProviderClient client = cognito.client();
 *   client.initiateAuth(request);
 * }
 * }</pre>
 *
 * <p>Requests, responses and service exceptions are the SDK's. What Twinpool itself has to say is
 * thrown as {@link RegionsUnavailableException} or {@link PrimaryUnavailableException}, both {@code
 * SdkClientException}s. Thread-safe. Closing it ends every call, thread and connection of its own.
 */
public final class MultiRegionCognito implements AutoCloseable {
  private final Parts parts;

  MultiRegionCognito(Parts parts) {
    this.parts = parts;
  }

  /** A builder for a client of this pool. */
  public static MultiRegionCognitoBuilder builder(UserPool pool) {
    return new MultiRegionCognitoBuilder(pool);
  }

  /** The routed client. Closing it closes nothing. */
  public CognitoIdentityProviderClient client() {
    return parts.client();
  }

  /** The routed async client. Closing it closes nothing. */
  public CognitoIdentityProviderAsyncClient asyncClient() {
    return parts.asyncClient();
  }

  /**
   * The SDK's own client of one Region, not routed: for that Region's own configuration.
   *
   * @throws IllegalStateException if the pool has no Region in this role
   */
  public CognitoIdentityProviderClient client(RegionRole role) {
    RegionClient region = parts.regions().get(role);
    if (region == null) {
      throw new IllegalStateException("The pool has no " + role);
    }
    return region.sync();
  }

  /** The pool whose Regions this client chooses from. */
  public UserPool userPool() {
    return parts.pool();
  }

  /**
   * Whether this app client's refresh tokens rotate, as {@link
   * MultiRegionCognitoBuilder#refreshRotation(boolean)} was told.
   */
  public boolean rotatesRefreshTokens(String clientId) {
    return parts.rotation().test(clientId);
  }

  /**
   * The Region that issued a Session, or a page token, which {@link #client()} handed out: the only
   * one that takes it back. One that another client got in the secondary is not told apart.
   */
  public static RegionRole regionOfSession(String session) {
    return Conversations.regionOfToken(session);
  }

  /** What the failover knows now. */
  public FailoverStatus status() {
    return parts.engine().status();
  }

  /**
   * Whether the application can offer this now. What only the primary serves is off while the
   * primary is down; signing in with TOTP and setting up MFA are off whenever the secondary serves.
   */
  public boolean allows(Capability capability) {
    GuardedFailover engine = parts.engine();
    boolean primaryServes = engine.serving() == RegionRole.PRIMARY;
    return switch (capability) {
      case TOTP_SIGN_IN -> primaryServes && !engine.allDown();
      case MFA_SETUP -> primaryServes && !engine.primaryDown();
      default -> movable(capability) ? !engine.allDown() : !engine.primaryDown();
    };
  }

  private static boolean movable(Capability capability) {
    return OperationSupport.catalogue().stream()
        .anyMatch(it -> it.capability() == capability && it.routing().moves());
  }

  /**
   * Sends calls to one Region for a while, whatever the evidence says. A single call that this
   * Region fails is still rescued by the other one. Holds in this process only.
   *
   * @param role the Region
   * @param duration until when; the evidence decides from then on
   * @throws IllegalArgumentException if the duration is not positive or exceeds 24 hours
   * @throws IllegalStateException if the pool has no secondary
   */
  public void override(RegionRole role, Duration duration) {
    requireOverride(role, duration);
    parts.engine().override(role, false, duration);
  }

  /**
   * The same without rescue: calls stay in that Region even when it fails them. For drills.
   *
   * @see #override(RegionRole, Duration)
   */
  public void overrideStrictly(RegionRole role, Duration duration) {
    requireOverride(role, duration);
    parts.engine().override(role, true, duration);
  }

  /** Ends an override before its time; without one, does nothing. */
  public void endOverride() {
    parts.engine().endOverride();
  }

  /**
   * Reports what a health check outside of this process says of the primary: one that the pool's
   * domain fails over by, for instance. Advice that is not renewed within 60 s is no advice.
   *
   * @param advice how much it decides
   * @param healthy what it says
   */
  public void advise(Advice advice, boolean healthy) {
    parts.engine().advice(advice, healthy);
  }

  private void requireOverride(RegionRole role, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "duration " + duration + ": wants more than 0, at most 24 hours");
    }
    if (!parts.regions().containsKey(role) || parts.regions().size() < 2) {
      throw new IllegalStateException("The pool has no secondary to choose");
    }
  }

  /** Ends every call in flight, and every thread and connection. Idempotent. */
  @Override
  public void close() {
    parts.close().run();
  }

  @Override
  public String toString() {
    return "MultiRegionCognito[" + status() + "]";
  }
}
