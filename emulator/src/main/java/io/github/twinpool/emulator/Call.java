package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Optional;

/** One request on its way through an operation: where, when, and whom it names. */
final class Call {
  private final EmulatedCognito cognito;
  private final RegionRole role;
  private final JsonRequest request;
  private final Instant now;

  Call(EmulatedCognito cognito, RegionRole role, JsonRequest request) {
    this.cognito = cognito;
    this.role = role;
    this.request = request;
    this.now = cognito.now();
  }

  EmulatedCognito cognito() {
    return cognito;
  }

  RegionRole role() {
    return role;
  }

  JsonRequest request() {
    return request;
  }

  Instant now() {
    return now;
  }

  /**
   * The pool that the request names by UserPoolId.
   *
   * @throws WireError a ResourceNotFoundException
   */
  Pool pool() {
    String id = request.required("UserPoolId");
    return cognito
        .pool(id)
        .filter(pool -> pool.isIn(role, now))
        .orElseThrow(() -> WireError.noSuchPool(id));
  }

  /**
   * The app client that the request names, in the pool that it names, if it names one.
   *
   * @throws WireError a ResourceNotFoundException
   */
  AppClient client() {
    String id = request.required("ClientId");
    AppClient client =
        cognito
            .client(role, id)
            .filter(found -> poolOf(found).isIn(role, now))
            .orElseThrow(() -> WireError.noSuchClient(id));
    if (request.has("UserPoolId") && !pool().id().equals(client.poolId())) {
      throw WireError.noSuchClient(id);
    }
    return client;
  }

  /**
   * The pool of an app client.
   *
   * @throws WireError a ResourceNotFoundException if it was deleted, and the client still
   *     replicates
   */
  Pool poolOf(AppClient client) {
    return cognito.pool(client.poolId()).orElseThrow(() -> WireError.noSuchClient(client.id()));
  }

  /**
   * The user that the request names by Username.
   *
   * @throws WireError a UserNotFoundException
   */
  UserRecord user(Pool pool) {
    return pool.user(role, request.required("Username")).orElseThrow(WireError::noSuchUser);
  }

  /**
   * Refuses a request of a client with a secret that does not prove to know it.
   *
   * @throws WireError a NotAuthorizedException
   */
  void checkSecretHash(AppClient client, String username, Optional<String> secretHash) {
    if (client.secrets().isEmpty()) {
      return;
    }
    if (secretHash.isEmpty()) {
      throw WireError.notAuthorized(
          "Client " + client.id() + " is configured with secret but SECRET_HASH was not received");
    }
    if (!client.secrets().acceptHash(client.id(), username, secretHash.get())) {
      throw WireError.notAuthorized("SecretHash does not match for the client: " + client.id());
    }
  }
}
