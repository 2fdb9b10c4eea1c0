package io.github.twinpool.signin;

import io.github.twinpool.Capability;
import io.github.twinpool.failover.PrimaryUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeRequest;

/** The operations of a sign-in, as requests of one app client. */
final class SignInCalls {
  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

  private final Calls calls;
  private final String poolId;
  private final String clientId;
  private final ClientSecret secret;

  SignInCalls(Calls calls, String poolId, String clientId, ClientSecret secret) {
    this.calls = calls;
    this.poolId = poolId;
    this.clientId = clientId;
    this.secret = secret;
  }

  Calls calls() {
    return calls;
  }

  /**
   * InitiateAuth, or its administrator's form.
   *
   * @param parameters without SECRET_HASH and DEVICE_KEY
   */
  CompletableFuture<Reply> initiate(
      AuthFlowType flow, String username, Map<String, String> parameters, Person person) {
    Map<String, String> all = completed(username, parameters, person);
    LOG.debug("A sign-in begins: {}", flow);
    if (person.admin()) {
      AdminInitiateAuthRequest request =
          AdminInitiateAuthRequest.builder()
              .userPoolId(poolId)
              .clientId(clientId)
              .authFlow(flow)
              .authParameters(all)
              .clientMetadata(metadata(person))
              .build();
      return calls
          .send(it -> it.adminInitiateAuth(request), it -> it.adminInitiateAuth(request))
          .thenApply(Reply::of);
    }
    InitiateAuthRequest request =
        InitiateAuthRequest.builder()
            .clientId(clientId)
            .authFlow(flow)
            .authParameters(all)
            .clientMetadata(metadata(person))
            .userContextData(person.context())
            .build();
    return calls
        .send(it -> it.initiateAuth(request), it -> it.initiateAuth(request))
        .thenApply(Reply::of);
  }

  /**
   * RespondToAuthChallenge, or its administrator's form.
   *
   * @param responses without USERNAME, SECRET_HASH and DEVICE_KEY
   */
  CompletableFuture<Reply> respond(
      String challenge,
      @Nullable String session,
      String username,
      Map<String, String> responses,
      Person person) {
    Map<String, String> all = completed(username, responses, person);
    LOG.debug("A challenge is answered: {}", challenge);
    CompletableFuture<Reply> reply =
        person.admin()
            ? respondAsAdministrator(challenge, session, all, person)
            : respondAsUser(challenge, session, all, person);
    return explained(reply, challenge);
  }

  private CompletableFuture<Reply> respondAsAdministrator(
      String challenge, @Nullable String session, Map<String, String> responses, Person person) {
    AdminRespondToAuthChallengeRequest request =
        AdminRespondToAuthChallengeRequest.builder()
            .userPoolId(poolId)
            .clientId(clientId)
            .challengeName(challenge)
            .session(session)
            .challengeResponses(responses)
            .clientMetadata(metadata(person))
            .build();
    return calls
        .send(
            it -> it.adminRespondToAuthChallenge(request),
            it -> it.adminRespondToAuthChallenge(request))
        .thenApply(Reply::of);
  }

  private CompletableFuture<Reply> respondAsUser(
      String challenge, @Nullable String session, Map<String, String> responses, Person person) {
    RespondToAuthChallengeRequest request =
        RespondToAuthChallengeRequest.builder()
            .clientId(clientId)
            .challengeName(challenge)
            .session(session)
            .challengeResponses(responses)
            .clientMetadata(metadata(person))
            .userContextData(person.context())
            .build();
    return calls
        .send(it -> it.respondToAuthChallenge(request), it -> it.respondToAuthChallenge(request))
        .thenApply(Reply::of);
  }

  /** A refusal that means "not in this Region" says what the application cannot offer. */
  static <T> CompletableFuture<T> explained(CompletableFuture<T> reply, String challenge) {
    Function<Throwable, CompletableFuture<T>> explain =
        error -> {
          Throwable cause = Calls.unwrapped(error);
          if (cause instanceof PrimaryUnavailableException it) {
            return CompletableFuture.failedFuture(
                new CapabilityUnavailableException(challenge, it.capability(), it));
          }
          Capability capability = Challenges.capability(challenge);
          return CompletableFuture.failedFuture(
              cause instanceof OperationNotEnabledException
                  ? new CapabilityUnavailableException(challenge, capability, cause)
                  : cause);
        };
    return reply.exceptionallyCompose(explain);
  }

  private Map<String, String> completed(
      String username, Map<String, String> fields, Person person) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("USERNAME", username);
    RememberedDevice device = person.device();
    if (device != null) {
      all.put("DEVICE_KEY", device.key());
    }
    secret.hash(username).ifPresent(hash -> all.put("SECRET_HASH", hash));
    return all;
  }

  private static @Nullable Map<String, String> metadata(Person person) {
    return person.metadata().isEmpty() ? null : person.metadata();
  }
}
