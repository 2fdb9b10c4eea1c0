package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.Person.DeviceUse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NewDeviceMetadataType;

/**
 * Signs people in to one app client, as a conversation of typed steps.
 *
 * <pre>{@code
 * SignIn signIn = SignIn.builder(cognito, "client-id").build();
 * SignInStep step = signIn.start(SignInRequest.srp("ada", password));
 * if (step instanceof SmsMfaChallenge sms) {
 *   step = sms.answer(codeFromThePerson);
 * }
 * }</pre>
 *
 * <p>A sign-in begins in whichever Region serves and ends there. When that Region vanishes, the
 * sign-in begins again by itself where that needs nothing new from the person (up to twice); else
 * {@link io.github.twinpool.failover.SignInInterruptedException} says so. What an outage does is
 * never reported as a wrong password, and what Cognito has answered is never asked again. {@link
 * SignInChallenge} lists the errors.
 *
 * <p>Thread-safe. It has nothing to close: its connections are those of {@link MultiRegionCognito}.
 */
public final class SignIn {
  private final SignInSettings settings;
  private final String poolName;
  private final Dialogue blocking;
  private final Dialogue async;
  private final SessionCalls sessions;

  SignIn(SignInSettings settings) {
    this.settings = settings;
    MultiRegionCognito cognito = settings.cognito();
    String poolId = cognito.userPool().id();
    poolName = poolId.substring(poolId.indexOf('_') + 1);
    ClientSecret secret = new ClientSecret(settings.clientId(), settings.clientSecret());
    blocking =
        new Dialogue(
            this, new SignInCalls(Calls.blocking(cognito), poolId, settings.clientId(), secret));
    async =
        new Dialogue(
            this, new SignInCalls(Calls.async(cognito), poolId, settings.clientId(), secret));
    sessions = new SessionCalls(cognito, settings.clientId(), secret);
  }

  /**
   * A builder.
   *
   * @param cognito the routed client; it stays the caller's to close
   */
  public static SignInBuilder builder(MultiRegionCognito cognito, String clientId) {
    return new SignInBuilder(cognito, clientId);
  }

  /**
   * Begins a sign-in.
   *
   * @return the first step that needs the person, or {@link SignedIn}
   * @throws IllegalStateException if the request has a password and was started before
   * @see SignInChallenge what else is thrown
   */
  public SignInStep start(SignInRequest request) {
    return Calls.join(blocking.start(request));
  }

  /** The same without blocking; its future fails with what {@link #start} throws. */
  public CompletableFuture<SignInStep> startAsync(SignInRequest request) {
    return async.start(request);
  }

  /**
   * Goes on with a step that was sealed here or on another application server, in the Region where
   * the sign-in began. Without the device of the request: see {@link #resume(String,
   * RememberedDevice)}.
   *
   * @param sealed what {@link SignInChallenge#seal} gave; null if the request brought none
   * @throws SealedStepException if it is missing, forged, for another app client, or expired
   * @throws IllegalStateException if the builder was given no keys
   */
  public SignInChallenge resume(@Nullable String sealed) {
    return Challenges.step(this, sealer().open(sealed));
  }

  /**
   * The same for a sign-in from a remembered device, whose password is never sealed. A sign-in that
   * goes on without its device (see {@link SignedIn#deviceForgotten}) goes on so.
   *
   * @throws SealedStepException if it is missing, forged, for another app client, or expired
   */
  public SignInChallenge resume(@Nullable String sealed, RememberedDevice device) {
    Pending pending = sealer().open(sealed);
    return Challenges.step(this, pending.of(pending.person().withDevice(device)));
  }

  /** A session that keeps these tokens fresh. */
  public TokenSession session(TokenSet tokens) {
    return session(tokens, new TokenSessionListener() {});
  }

  /** The same, and tells a listener of new tokens and of the end. */
  public TokenSession session(TokenSet tokens, TokenSessionListener listener) {
    return new TokenSession(
        sessions,
        sessions,
        Objects.requireNonNull(tokens, "tokens"),
        Objects.requireNonNull(listener, "listener"),
        settings.clock(),
        new RefreshAhead(settings.refreshAhead(), settings.random()));
  }

  /** What it means that a device is not known where this sign-in was sent. */
  DeviceUse whyUnknown() {
    return settings.cognito().status().serving() == RegionRole.PRIMARY
        ? DeviceUse.FORGOTTEN
        : DeviceUse.LEFT_OUT;
  }

  String seal(Pending pending) {
    return sealer().seal(pending);
  }

  private StepSealer sealer() {
    StepSealer sealer = settings.sealer();
    if (sealer == null) {
      throw new IllegalStateException("stepKeys: the builder was given none");
    }
    return sealer;
  }

  Dialogue blocking() {
    return blocking;
  }

  Dialogue async() {
    return async;
  }

  String poolName() {
    return poolName;
  }

  SecureRandom random() {
    return settings.random();
  }

  Instant now() {
    return settings.clock().instant();
  }

  Instant forgottenAt() {
    return now().plus(settings.sessionValidity());
  }

  SignedIn signedIn(AuthenticationResultType result, Person person) {
    NewDeviceMetadataType metadata = result.newDeviceMetadata();
    RememberedDevice device = person.device();
    String deviceKey = device == null ? null : device.key();
    if (metadata != null) {
      deviceKey = metadata.deviceKey();
    }
    TokenSet tokens = Tokens.of(result, null, deviceKey, now());
    return new SignedIn(
        tokens, newDevice(tokens, metadata), person.deviceUse() == DeviceUse.FORGOTTEN);
  }

  private @Nullable NewDevice newDevice(TokenSet tokens, @Nullable NewDeviceMetadataType metadata) {
    return metadata == null
        ? null
        : new NewDevice(
            this, tokens.accessToken(), metadata.deviceKey(), metadata.deviceGroupKey());
  }

  @Override
  public String toString() {
    return "SignIn[" + settings.clientId() + "]";
  }
}
