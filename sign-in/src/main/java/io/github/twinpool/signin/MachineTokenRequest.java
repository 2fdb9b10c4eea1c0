package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the token endpoint for a machine's token, with one of up to two secrets. */
final class MachineTokenRequest {
  private final DomainCalls calls;
  private final String clientId;
  private final Supplier<List<String>> secrets;
  private final InstantSource clock;

  MachineTokenRequest(
      DomainCalls calls, String clientId, Supplier<List<String>> secrets, InstantSource clock) {
    this.calls = calls;
    this.clientId = clientId;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A new token: with the second secret, if the first is refused. */
  CompletableFuture<MachineToken> send(@Nullable Scope scope) {
    List<String> known = ClientSecret.supplied(secrets);
    if (known == null || known.isEmpty() || known.size() > 2 || known.contains("")) {
      throw new ClientSecretUnavailableException(
          "clientSecrets: the supplier gave none, or more than two", null);
    }
    CompletableFuture<MachineToken> first = send(scope, known.get(0));
    return known.size() == 1
        ? first
        : first.exceptionallyCompose(
            error ->
                refusesTheSecret(Calls.unwrapped(error))
                    ? send(scope, known.get(1))
                    : CompletableFuture.failedFuture(error));
  }

  /** A secondary that does not know the newer secret yet does so while the primary is down, too. */
  private static boolean refusesTheSecret(Throwable error) {
    Throwable refusal = error instanceof DomainUnavailableException ? error.getCause() : error;
    return refusal instanceof OAuthErrorException it && it.is("invalid_client");
  }

  private CompletableFuture<MachineToken> send(@Nullable Scope scope, String secret) {
    Instant sent = clock.instant();
    return calls
        .send(
            TokenEndpoint.PATH,
            DomainCalls.Moves.ALWAYS,
            address ->
                TokenEndpoint.request(
                    address, clientId, Optional.of(secret), new ClientCredentialsGrant(), scope))
        .thenApply(TokenEndpoint::tokens)
        .thenApply(
            tokens -> {
              AccessToken token = tokens.getAccessToken();
              return new MachineToken(
                  token.getValue(), sent, sent.plusSeconds(token.getLifetime()));
            });
  }
}
