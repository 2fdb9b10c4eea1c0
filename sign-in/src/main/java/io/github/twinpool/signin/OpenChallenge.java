package io.github.twinpool.signin;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What all challenges have in common. */
abstract sealed class OpenChallenge
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
  final SignIn signIn;
  final Pending pending;

  OpenChallenge(SignIn signIn, Pending pending) {
    this.signIn = signIn;
    this.pending = pending;
  }

  public final String name() {
    return pending.challenge();
  }

  public final Map<String, String> parameters() {
    return pending.parameters();
  }

  public final RegionRole region() {
    return pending.region();
  }

  public final Optional<Capability> unavailable() {
    Capability needed = Challenges.capability(pending.challenge());
    return region() == RegionRole.SECONDARY && needed != Capability.SIGN_IN
        ? Optional.of(needed)
        : Optional.empty();
  }

  public final Instant expiresAt() {
    return pending.expiresAt();
  }

  public final String seal() {
    return signIn.seal(pending);
  }

  final SignInStep respond(String field, String answer) {
    return Calls.join(respond(signIn.blocking(), field, answer));
  }

  final CompletableFuture<SignInStep> respondAsync(String field, String answer) {
    return respond(signIn.async(), field, answer);
  }

  private CompletableFuture<SignInStep> respond(Dialogue dialogue, String field, String answer) {
    return dialogue.answer(pending, Map.of(field, Objects.requireNonNull(answer, "answer")));
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + name() + "]";
  }
}
