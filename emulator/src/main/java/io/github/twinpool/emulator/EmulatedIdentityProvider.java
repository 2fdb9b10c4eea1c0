package io.github.twinpool.emulator;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An OpenID Connect provider for people of another company, with keys and a port of its own, for
 * federated sign-ins. Its sign-in page has a field for a user name and none for a password. {@link
 * #issuer()}, {@link #clientId()} and {@link #clientSecret()} go into the ProviderDetails of a
 * CreateIdentityProvider as {@code oidc_issuer}, {@code client_id} and {@code client_secret}.
 * Thread-safe.
 */
public final class EmulatedIdentityProvider {
  private final CurrentService<ProviderService> service;
  private final EmulatorHttpServer server;

  EmulatedIdentityProvider(CurrentService<ProviderService> service, EmulatorHttpServer server) {
    this.service = service;
    this.server = server;
  }

  /** Its issuer, under which it publishes its endpoints: {@code http://127.0.0.1:{port}}. */
  public URI issuer() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The ID that Cognito is a client by. */
  public String clientId() {
    return service.get().clientId();
  }

  /** The secret that goes with {@link #clientId()}. */
  public String clientSecret() {
    return service.get().clientSecret();
  }

  /**
   * Adds a user, who signs in by typing either value as the user name.
   *
   * @param sub what tokens call this user; Cognito's user name will be {@code ProviderName_sub}
   * @throws IllegalArgumentException if there is such a user already, or one of the values is empty
   */
  public void addUser(String sub, String email) {
    if (email.isEmpty()) {
      throw new IllegalArgumentException("email: empty");
    }
    addUser(sub, Map.of("email", List.of(email), "email_verified", List.of("true")));
  }

  /**
   * Adds a user, who signs in by typing {@code sub} or the e-mail address as the user name.
   *
   * @param sub what tokens call this user; Cognito's user name will be {@code ProviderName_sub}
   * @param claims what userinfo says of this user, each claim with its values
   * @throws IllegalArgumentException if there is such a user already, or {@code sub} is empty
   */
  public void addUser(String sub, Map<String, List<String>> claims) {
    service.get().addUser(sub, claims);
  }

  /** What is wrong with answers from now on. Default: {@link TokenFault#NONE}. */
  public void fault(TokenFault fault) {
    service.get().fault(fault);
  }

  /** Switches to another outage, which is in force when this returns. */
  public void outage(Outage outage) {
    server.outage(outage);
  }

  void reset() {
    outage(Outage.none());
    service.replace(service.get().fresh());
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "identity provider at " + issuer();
  }
}
