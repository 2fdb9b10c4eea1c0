package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.util.List;
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
  private final PoolSaml saml;
  private final ReplicatedMap<ResourceServer> resourceServers;
  private final ReplicatedMap<IdentityProvider> identityProviders;

  PoolOAuth(PoolSaml saml, ReplicationLog log, Assumptions assumptions) {
    this.saml = saml;
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

  /** The pool as a SAML service provider. */
  PoolSaml saml() {
    return saml;
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
    List<String> providers = client.oauth().providers();
    boolean unsolicited =
        providers.stream()
            .flatMap(name -> identityProviders.get(RegionRole.PRIMARY, name).stream())
            .anyMatch(provider -> provider.is("IDPInit"));
    if (unsolicited && !areSaml(providers)) {
      throw mixed();
    }
  }

  /**
   * Refuses a provider that may begin sign-ins itself beside others than SAML's. (Source: developer
   * guide, Things to know about SAML IdPs.)
   *
   * @param clients of the pool
   * @throws WireError an InvalidParameterException
   */
  void check(IdentityProvider provider, List<AppClient> clients) {
    boolean mixed =
        clients.stream()
            .map(client -> client.oauth().providers())
            .anyMatch(names -> names.contains(provider.name()) && !areSaml(names));
    if (provider.is("IDPInit") && mixed) {
      throw mixed();
    }
  }

  private boolean areSaml(List<String> names) {
    return names.stream()
        .map(name -> identityProviders.get(RegionRole.PRIMARY, name))
        .allMatch(it -> it.filter(found -> found.type() == ProviderType.SAML).isPresent());
  }

  private static WireError mixed() {
    return WireError.invalidParameter(
        "An app client with a SAML provider that has IDPInit supports SAML providers only.");
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
