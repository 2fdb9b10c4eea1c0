package io.github.twinpool.emulator;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A SAML 2.0 identity provider for people of another company, with keys and a port of its own. Its
 * sign-in page has a field for a user name and none for a password. {@link #metadataUrl()} or
 * {@link #metadata()} goes into the ProviderDetails of a CreateIdentityProvider as {@code
 * MetadataURL} or {@code MetadataFile}. Thread-safe.
 */
public final class EmulatedSamlProvider {
  private final CurrentService<SamlProviderService> service;
  private final EmulatorHttpServer server;

  EmulatedSamlProvider(CurrentService<SamlProviderService> service, EmulatorHttpServer server) {
    this.service = service;
    this.server = server;
  }

  private String base() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Where its metadata is; also its entity ID. */
  public URI metadataUrl() {
    return URI.create(SamlProviderService.entityId(base()));
  }

  /** Its metadata: an {@code EntityDescriptor}. */
  public String metadata() {
    return service.get().metadata(base());
  }

  /**
   * Adds a user, who signs in with the NameID as the user name.
   *
   * @param nameId what assertions call this user; Cognito's user name will be {@code
   *     ProviderName_NameID}
   * @param attributes what assertions say of this user, each with its values
   * @throws IllegalArgumentException if there is such a user already, or the NameID is empty
   */
  public void addUser(String nameId, Map<String, List<String>> attributes) {
    service.get().addUser(nameId, attributes);
  }

  /** What is wrong with responses from now on. Default: {@link SamlFault#NONE}. */
  public void fault(SamlFault fault) {
    service.get().fault(fault);
  }

  /**
   * Encrypts assertions from now on. Default: they are plain.
   *
   * @param certificate {@code ActiveEncryptionCertificate} of a DescribeIdentityProvider; an empty
   *     text ends it
   * @throws IllegalArgumentException if it is no certificate
   */
  public void encryptFor(String certificate) {
    service.get().encryptFor(certificate);
  }

  /**
   * Refuses requests for a sign-in that are not signed, or by another, from now on. Default: it
   * looks at no signature.
   *
   * @param certificate of a GetSigningCertificate; an empty text ends it
   * @throws IllegalArgumentException if it is no certificate
   */
  public void requireSignedRequests(String certificate) {
    service.get().requireSignedRequests(certificate);
  }

  /**
   * The page of this provider at which a browser begins a sign-in that no application requested.
   *
   * @param domain of the pool
   * @param poolId of the pool, which is the audience
   * @param relayState the parameters of an authorization request, as in a query: {@code
   *     identity_provider}, {@code client_id}, {@code redirect_uri}, {@code response_type}, {@code
   *     scope}
   */
  public URI unsolicited(URI domain, String poolId, String relayState) {
    return URI.create(service.get().unsolicited(base(), domain, poolId, relayState));
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
    return "SAML provider at " + base();
  }
}
