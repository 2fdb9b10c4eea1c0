package io.github.twinpool.signin;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmDeviceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmDeviceResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeviceRememberedStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateDeviceStatusRequest;

/**
 * Remembered devices: how one is confirmed, and how it proves itself instead of a second factor.
 */
final class Devices {
  private static final int PASSWORD_BYTES = 40;

  private final SignIn signIn;
  private final SignInCalls calls;

  Devices(SignIn signIn, SignInCalls calls) {
    this.signIn = signIn;
    this.calls = calls;
  }

  /** Answers DEVICE_SRP_AUTH and the DEVICE_PASSWORD_VERIFIER that follows. */
  CompletableFuture<Reply> prove(@Nullable String session, String username, Person person) {
    RememberedDevice device = person.device();
    if (device == null) {
      throw new SignInProtocolException("DEVICE_SRP_AUTH came, but the request named no device");
    }
    Srp srp = new Srp(signIn.random());
    return calls
        .respond(
            Challenges.DEVICE_SRP_AUTH,
            session,
            username,
            Map.of("SRP_A", srp.publicValue()),
            person)
        .thenCompose(reply -> verify(reply, srp, device, username, person));
  }

  private CompletableFuture<Reply> verify(
      Reply reply, Srp srp, RememberedDevice device, String username, Person person) {
    if (!Challenges.DEVICE_PASSWORD_VERIFIER.equals(reply.challenge())) {
      throw new SignInProtocolException("DEVICE_SRP_AUTH was not followed by its verifier");
    }
    Secret password = new Secret(device.password().toCharArray());
    try {
      Srp.Claim claim = new Srp.Claim(device.groupKey(), device.key(), password);
      Map<String, String> responses =
          new LinkedHashMap<>(Dialogue.proof(srp, claim, reply, Srp.timestamp(signIn.now())));
      return calls.respond(
          Challenges.DEVICE_PASSWORD_VERIFIER,
          reply.session(),
          reply.username(username),
          responses,
          person);
    } finally {
      password.wipe();
    }
  }

  CompletableFuture<RememberedDevice> confirm(NewDevice device, String name, boolean remember) {
    byte[] random = new byte[PASSWORD_BYTES];
    signIn.random().nextBytes(random);
    String password = Base64.getEncoder().encodeToString(random);
    Secret secret = new Secret(password.toCharArray());
    Srp.DeviceVerifier verifier =
        Srp.deviceVerifier(new Srp.Claim(device.groupKey(), device.key(), secret), signIn.random());
    secret.wipe();
    ConfirmDeviceRequest request =
        ConfirmDeviceRequest.builder()
            .accessToken(device.accessToken())
            .deviceKey(device.key())
            .deviceName(name)
            .deviceSecretVerifierConfig(
                it -> it.salt(verifier.salt()).passwordVerifier(verifier.passwordVerifier()))
            .build();
    RememberedDevice remembered = RememberedDevice.of(device.key(), device.groupKey(), password);
    return SignInCalls.explained(
            calls.calls().send(it -> it.confirmDevice(request), it -> it.confirmDevice(request)),
            "ConfirmDevice")
        .thenCompose(it -> remember(it, device, remember))
        .thenApply(it -> remembered);
  }

  private CompletableFuture<?> remember(
      ConfirmDeviceResponse confirmed, NewDevice device, boolean remember) {
    if (!remember || !Boolean.TRUE.equals(confirmed.userConfirmationNecessary())) {
      return CompletableFuture.completedFuture(confirmed);
    }
    UpdateDeviceStatusRequest request =
        UpdateDeviceStatusRequest.builder()
            .accessToken(device.accessToken())
            .deviceKey(device.key())
            .deviceRememberedStatus(DeviceRememberedStatusType.REMEMBERED)
            .build();
    return SignInCalls.explained(
        calls
            .calls()
            .send(it -> it.updateDeviceStatus(request), it -> it.updateDeviceStatus(request)),
        "UpdateDeviceStatus");
  }
}
