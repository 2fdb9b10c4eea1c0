package io.github.twinpool.signin;

import io.github.twinpool.failover.SignInInterruptedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/**
 * The conversation with Cognito: sends what the person gave, answers by itself the challenges that
 * need nothing new from them (SRP of the password, SRP of the device), and begins again, a bounded
 * number of times, when the Region has vanished in the middle of that, or does not know the device.
 */
final class Dialogue {
  /** How often one sign-in begins again by itself. */
  private static final int RESTARTS = 2;

  /** More challenges in a row than any flow has: a service that asks for ever is not believed. */
  private static final int AUTOMATIC_ANSWERS = 6;

  private static final String SRP_A = "SRP_A";

  private final SignIn signIn;
  private final SignInCalls calls;
  private final Devices devices;
  private final SoftwareTokens softwareTokens;

  Dialogue(SignIn signIn, SignInCalls calls) {
    this.signIn = signIn;
    this.calls = calls;
    devices = new Devices(signIn, calls);
    softwareTokens = new SoftwareTokens(signIn, calls);
  }

  /** What the person has given for this part of the conversation. */
  private record Proof(@Nullable Srp srp, @Nullable Secret password) {}

  CompletableFuture<SignInStep> start(SignInRequest request) {
    return wiping(request.password(), () -> begin(request, RESTARTS));
  }

  private CompletableFuture<SignInStep> begin(SignInRequest request, int restartsLeft) {
    Srp srp = request.usesSrp() ? new Srp(signIn.random()) : null;
    Proof proof = new Proof(srp, request.password());
    CompletableFuture<SignInStep> step =
        calls
            .initiate(
                request.flow(), request.username(), parameters(request, srp), request.person())
            .thenCompose(
                reply ->
                    next(reply, request.username(), request.person(), proof, AUTOMATIC_ANSWERS));
    return step.exceptionallyCompose(error -> beginAgain(error, request, restartsLeft));
  }

  private CompletableFuture<SignInStep> beginAgain(
      Throwable error, SignInRequest request, int restartsLeft) {
    Throwable cause = Calls.unwrapped(error);
    if (restartsLeft > 0 && cause instanceof SignInInterruptedException) {
      return begin(request, restartsLeft - 1);
    }
    if (request.person().device() != null && Refusals.ofTheDevice(cause)) {
      return begin(request.withoutDevice(signIn.whyUnknown()), restartsLeft);
    }
    return CompletableFuture.failedFuture(cause);
  }

  private static Map<String, String> parameters(SignInRequest request, @Nullable Srp srp) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Secret password = request.password();
    if (srp != null) {
      parameters.put(SRP_A, srp.publicValue());
    } else if (password != null) {
      parameters.put("PASSWORD", password.text());
    }
    if (srp != null && request.flow() == AuthFlowType.CUSTOM_AUTH) {
      parameters.put("CHALLENGE_NAME", SRP_A);
    }
    ChallengeNameType preferred = request.preferred();
    if (preferred != null) {
      parameters.put("PREFERRED_CHALLENGE", preferred.toString());
    }
    return parameters;
  }

  /** Sends a person's answer, and goes on to the next step. */
  CompletableFuture<SignInStep> answer(Pending pending, Map<String, String> responses) {
    return answer(pending, responses, new Proof(null, null));
  }

  private CompletableFuture<SignInStep> answer(
      Pending pending, Map<String, String> responses, Proof proof) {
    Person person = pending.person();
    String username = pending.username();
    return calls
        .respond(pending.challenge(), pending.session(), username, responses, person)
        .thenCompose(reply -> next(reply, username, person, proof, AUTOMATIC_ANSWERS));
  }

  /** A choice is all that a restart needs, so an interrupted one begins again with it. */
  CompletableFuture<SignInStep> choose(
      Pending pending, ChallengeNameType choice, @Nullable Secret password) {
    Map<String, String> fields = Map.of(Challenges.ANSWER, choice.toString());
    SignInRequest again =
        SignInRequest.chosen(pending.person(), pending.username(), choice, password);
    return wiping(
        password,
        () ->
            answerWith(pending, choice.toString(), fields, password)
                .exceptionallyCompose(error -> beginAgain(error, again, RESTARTS)));
  }

  CompletableFuture<SignInStep> answerWithPassword(Pending pending, Secret password) {
    return wiping(password, () -> answerWith(pending, pending.challenge(), Map.of(), password));
  }

  private CompletableFuture<SignInStep> answerWith(
      Pending pending, String factor, Map<String, String> fields, @Nullable Secret password) {
    Map<String, String> responses = new LinkedHashMap<>(fields);
    boolean proves = factor.equals("PASSWORD_SRP");
    Srp srp = proves ? new Srp(signIn.random()) : null;
    if (srp != null) {
      responses.put(SRP_A, srp.publicValue());
    } else if (password != null) {
      responses.put("PASSWORD", password.text());
    }
    return answer(pending, responses, new Proof(srp, password));
  }

  /** Where the conversation stands after a reply, once all is answered that can be. */
  private CompletableFuture<SignInStep> next(
      Reply reply, String username, Person person, Proof proof, int left) {
    String challenge = reply.challenge();
    if (reply.result() != null) {
      return CompletableFuture.completedFuture(signIn.signedIn(reply.result(), person));
    }
    if (challenge == null || left == 0) {
      throw new SignInProtocolException(
          challenge == null ? "neither tokens nor a challenge came" : "the challenges do not end");
    }
    String named = reply.username(username);
    return switch (challenge) {
      case Challenges.PASSWORD_VERIFIER ->
          calls
              .respond(
                  challenge, reply.session(), named, passwordProof(reply, named, proof), person)
              .thenCompose(it -> next(it, named, person, proof, left - 1));
      case Challenges.DEVICE_SRP_AUTH ->
          devices
              .prove(reply.session(), named, person)
              .thenCompose(it -> next(it, named, person, proof, left - 1));
      default ->
          CompletableFuture.completedFuture(
              Challenges.step(
                  signIn,
                  new Pending(
                      challenge,
                      reply.session(),
                      named,
                      reply.parameters(),
                      reply.choices(),
                      signIn.forgottenAt(),
                      person)));
    };
  }

  private Map<String, String> passwordProof(Reply reply, String username, Proof proof) {
    Srp srp = proof.srp();
    Secret password = proof.password();
    if (srp == null || password == null) {
      throw new SignInProtocolException(reply.challenge() + " came, but nobody began with SRP");
    }
    Srp.Claim claim = new Srp.Claim(signIn.poolName(), username, password);
    return proof(srp, claim, reply, Srp.timestamp(signIn.now()));
  }

  /** The ChallengeResponses that answer a verifier. */
  static Map<String, String> proof(Srp srp, Srp.Claim claim, Reply reply, String timestamp) {
    Srp.ServerValues server =
        new Srp.ServerValues(
            reply.required("SALT"), reply.required("SRP_B"), reply.required("SECRET_BLOCK"));
    return Map.of(
        "PASSWORD_CLAIM_SECRET_BLOCK",
        server.secretBlock(),
        "PASSWORD_CLAIM_SIGNATURE",
        srp.signature(claim, server, timestamp),
        "TIMESTAMP",
        timestamp);
  }

  CompletableFuture<SoftwareTokenSetup> setUpSoftwareToken(Pending pending) {
    return Calls.begin(() -> softwareTokens.setUp(pending));
  }

  CompletableFuture<SignInStep> verifySoftwareToken(
      Pending pending, String code, String deviceName) {
    return Calls.begin(() -> softwareTokens.verify(pending, code, deviceName))
        .thenCompose(verified -> answer(verified, Map.of()));
  }

  CompletableFuture<RememberedDevice> confirm(NewDevice device, String name, boolean remember) {
    return Calls.begin(() -> devices.confirm(device, name, remember));
  }

  private static <T> CompletableFuture<T> wiping(
      @Nullable Secret password, Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> begun = Calls.begin(step);
    return password == null ? begun : begun.whenComplete((it, error) -> password.wipe());
  }
}
