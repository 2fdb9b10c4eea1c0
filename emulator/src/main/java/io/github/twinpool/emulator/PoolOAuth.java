package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pool's domain knows: resource servers and identity providers, which replicate; codes,
 * sessions of browsers and sign-ins that are at an identity provider, which do not. Thread-safe.
 */
final class PoolOAuth {
  private static final int ALL = 1_000;

  private final AuthorizationCodes codes;
  private final LoginSessions sessions = new LoginSessions();
  private final PendingFederations pending = new PendingFederations();
  private final ReplicatedMap<ResourceServer> resourceServers;
  private final ReplicatedMap<IdentityProvider> identityProviders;

  PoolOAuth(ReplicationLog log, Assumptions assumptions) {
    codes = new AuthorizationCodes(assumptions.hold(Unpublished.CODES_PORTABLE));
    resourceServers = new ReplicatedMap<>(log);
    identityProviders = new ReplicatedMap<>(log);
  }

  AuthorizationCodes codes() {
    return codes;
  }

  LoginSessions sessions() {
    return sessions;
  }

  PendingFederations pending() {
    return pending;
  }

  ReplicatedMap<ResourceServer> resourceServers() {
    return resourceServers;
  }

  ReplicatedMap<IdentityProvider> identityProviders() {
    return identityProviders;
  }

  /** The provider that an identifier stands for. */
  Optional<IdentityProvider> providerOf(RegionRole role, String identifier) {
    return identityProviders.after(role, "", ALL).stream()
        .filter(provider -> provider.identifiers().contains(identifier))
        .findFirst();
  }

  /** The scopes of all resource servers that a Region knows. */
  Set<String> customScopes(RegionRole role) {
    return resourceServers.after(role, "", ALL).stream()
        .flatMap(ResourceServer::fullScopes)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Refuses an app client that names scopes or providers which the pool does not have.
   *
   * @throws WireError a ScopeDoesNotExistException, an InvalidParameterException
   */
  void check(AppClient client) {
    Set<String> custom = customScopes(RegionRole.PRIMARY);
    refuse(
        client.oauth().scopes().stream()
            .filter(scope -> !Scopes.STANDARD.contains(scope) && !custom.contains(scope)),
        "ScopeDoesNotExistException",
        "Invalid scope requested: ");
    refuse(
        client.oauth().providers().stream()
            .filter(name -> !name.equals(OAuthSettings.COGNITO))
            .filter(name -> identityProviders.get(RegionRole.PRIMARY, name).isEmpty()),
        "InvalidParameterException",
        "The user pool has no such provider: ");
  }

  private static void refuse(Stream<String> unknown, String type, String message) {
    unknown
        .findFirst()
        .ifPresent(
            name -> {
              throw WireError.of(type, message + name);
            });
  }
}
