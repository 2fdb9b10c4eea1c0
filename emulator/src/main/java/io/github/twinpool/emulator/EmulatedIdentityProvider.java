package io.github.twinpool.emulator;

import java.net.URI;

/**
 * An OpenID Connect provider for people of another company, with keys and a port of its own, for
 * federated sign-ins. Its sign-in page asks for a user name and no password. {@link #issuer()},
 * {@link #clientId()} and {@link #clientSecret()} go into the ProviderDetails of a
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
   * Adds somebody, who signs in by typing either value as the user name.
   *
   * @param sub what tokens call this user; Cognito's user name will be {@code ProviderName_sub}
   * @throws IllegalArgumentException if there is such a user already, or one of the values is empty
   */
  public void addUser(String sub, String email) {
    service.get().addUser(sub, email);
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
