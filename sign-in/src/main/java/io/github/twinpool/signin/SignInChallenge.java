package io.github.twinpool.signin;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A challenge that waits for the person's answer. Each type has an answer method of its own, which
 * gives the next step; its twin with {@code Async} in its name does so without blocking.
 *
 * <p>What answer methods throw, all unchecked:
 *
 * <ul>
 *   <li>the AWS SDK's service exceptions, unchanged: a wrong code is a {@code
 *       CodeMismatchException} and the same step can be answered again; a used or expired session
 *       is a {@code NotAuthorizedException}, and the person starts again;
 *   <li>{@link CapabilityUnavailableException}: only the primary could do it;
 *   <li>{@link io.github.twinpool.failover.SignInInterruptedException}: the Region of this sign-in
 *       is gone; the person starts again. The answer was not found wrong, and is sent to no other
 *       Region;
 *   <li>{@link io.github.twinpool.failover.RegionsUnavailableException}: neither Region answers.
 * </ul>
 *
 * <p>Immutable and thread-safe, though Cognito lets each be answered once. {@code toString} shows
 * the challenge's name only.
 */
public sealed interface SignInChallenge extends SignInStep
    permits CustomChallenge,
        EmailOtpChallenge,
        MfaSetupChallenge,
        NewPasswordRequiredChallenge,
        PasswordChallenge,
        SelectChallenge,
        SelectMfaTypeChallenge,
        SmsMfaChallenge,
        SmsOtpChallenge,
        SoftwareTokenMfaChallenge,
        SoftwareTokenSetup,
        UnknownChallenge,
        WebAuthnChallenge {

  /** The challenge's name as Cognito spells it. */
  String name();

  /** ChallengeParameters, as they came. */
  Map<String, String> parameters();

  /** The Region that set the challenge, and the only one that takes the answer. */
  RegionRole region();

  /**
   * What this step needs and its Region cannot do, so that an application need not ask in vain;
   * empty if it can be answered. TOTP on the secondary is documented not to work; that setting up
   * MFA and setting a new password fail there is an assumption, since they end in writes. So an
   * answer is sent all the same, and Cognito decides.
   */
  Optional<Capability> unavailable();

  /** When Cognito forgets this sign-in, by {@link SignInBuilder#sessionValidity}. */
  Instant expiresAt();

  /**
   * This step for another application server, encrypted and authenticated under {@link
   * SignInBuilder#stepKeys}. It holds the Session, never a password or a device's password, and
   * expires with it. Whoever has it can answer the challenge: keep it as one keeps a Session.
   *
   * @see SignIn#resume
   * @throws IllegalStateException if the builder was given no keys
   */
  String seal();
}
