package io.github.twinpool.emulator;

import java.net.URI;
import java.util.Map;

/**
 * The counterpart of a social provider, whose real hosts no test can call: Google, Facebook, Login
 * with Amazon or Sign in with Apple, with keys and a port of its own. All pools of the emulator
 * that have this provider sign in here. Its sign-in page has a field for a user name and none for a
 * password. Thread-safe.
 */
public final class EmulatedSocialProvider {
  private final CurrentService<SocialProviderService> service;
  private final EmulatorHttpServer server;

  EmulatedSocialProvider(CurrentService<SocialProviderService> service, EmulatorHttpServer server) {
    this.service = service;
    this.server = server;
  }

  /** Which provider it stands for. */
  public SocialProvider provider() {
    return service.get().provider();
  }

  /**
   * ProviderDetails for a CreateIdentityProvider, as that provider's console would give them: the
   * client's ID and its secret, or for Apple what makes one, and the usual scopes. A new map.
   */
  public Map<String, String> details() {
    return service.get().details();
  }

  /**
   * Adds a user, who signs in with the ID or the e-mail address as the user name.
   *
   * @param id what the provider calls this user: {@code sub} at Google and Apple, {@code id} at
   *     Facebook, {@code user_id} at Amazon; Cognito's user name will be {@code ProviderName_id}
   * @param claims what the provider says of this user, by the provider's own names for it: {@code
   *     email}, {@code given_name} at Google, {@code first_name} at Facebook, {@code firstName} at
   *     Apple
   * @throws IllegalArgumentException if there is such a user already, or the ID is empty
   */
  public void addUser(String id, Map<String, String> claims) {
    service.get().addUser(id, claims);
  }

  /**
   * What is wrong with answers from now on. Default: {@link TokenFault#NONE}.
   *
   * @throws IllegalArgumentException for a fault of ID tokens at Facebook and Amazon, which issue
   *     none
   */
  public void fault(TokenFault fault) {
    service.get().fault(fault);
  }

  /** Switches to another outage, which is in force when this returns. */
  public void outage(Outage outage) {
    server.outage(outage);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
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
    return provider().providerName() + " at " + endpoint();
  }
}
