package io.github.twinpool.emulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an app client may do at the domain.
 *
 * @param enabled its AllowedOAuthFlowsUserPoolClient
 * @param flows its AllowedOAuthFlows
 * @param scopes its AllowedOAuthScopes
 * @param providers its SupportedIdentityProviders
 */
record OAuthSettings(
    boolean enabled,
    List<String> flows,
    List<String> scopes,
    List<String> providers,
    List<String> callbackUrls,
    List<String> logoutUrls,
    Optional<String> defaultRedirectUri) {
  static final String COGNITO = "COGNITO";
  private static final String MACHINE = "client_credentials";

  /** Cognito's own rule about callbacks, narrower than Twinpool's. (Source: API reference.) */
  private static final Set<String> COGNITOS_HTTP_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * The settings that a request asks for.
   *
   * @throws WireError an InvalidParameterException, an InvalidOAuthFlowException
   */
  static OAuthSettings of(JsonRequest request, boolean hasSecret) {
    OAuthSettings settings =
        new OAuthSettings(
            request.flag("AllowedOAuthFlowsUserPoolClient", false),
            request.texts("AllowedOAuthFlows"),
            request.texts("AllowedOAuthScopes"),
            request.texts("SupportedIdentityProviders"),
            request.texts("CallbackURLs"),
            request.texts("LogoutURLs"),
            request.text("DefaultRedirectURI"));
    settings.callbackUrls.forEach(OAuthSettings::checkUrl);
    settings.logoutUrls.forEach(OAuthSettings::checkUrl);
    settings.check(hasSecret);
    return settings;
  }

  private void check(boolean hasSecret) {
    if (defaultRedirectUri.filter(uri -> !callbackUrls.contains(uri)).isPresent()) {
      throw WireError.invalidParameter("DefaultRedirectURI must be in the CallbackURLs list.");
    }
    if (enabled && (flows.isEmpty() || scopes.isEmpty())) {
      throw WireError.invalidParameter(
          "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to"
              + " use OAuth flows.");
    }
    if (flows.contains(MACHINE) && flows.size() > 1) {
      throw WireError.of(
          "InvalidOAuthFlowException",
          MACHINE + " flow can not be selected along with code flow or implicit flow");
    }
    if (flows.contains(MACHINE) && !hasSecret) {
      throw WireError.of(
          "InvalidOAuthFlowException",
          MACHINE + " flow can not be selected if client does not have a client secret.");
    }
    if (enabled && !flows.contains(MACHINE) && callbackUrls.isEmpty()) {
      throw WireError.invalidParameter("CallbackURLs are required for code and implicit flows.");
    }
  }

  /** Absolute, without a fragment; HTTP for this machine only. (Source: the API reference.) */
  private static void checkUrl(String url) {
    try {
      URI uri = new URI(url);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if (uri.isAbsolute()
          && uri.getRawFragment() == null
          && (!http || (uri.getHost() != null && COGNITOS_HTTP_HOSTS.contains(uri.getHost())))) {
        return;
      }
    } catch (URISyntaxException e) {
      throw badUrl();
    }
    throw badUrl();
  }

  private static WireError badUrl() {
    return WireError.invalidParameter(
        "CallbackURLs and LogoutURLs want absolute URIs without a fragment, by HTTPS unless they"
            + " lead to this machine.");
  }

  /** Where browsers go that name no address, if the client has one provider of identities. */
  Optional<String> impliedRedirectUri() {
    return providers.size() == 1 ? defaultRedirectUri : Optional.empty();
  }

  /** Whether this client may have codes. */
  boolean allowsCodes() {
    return enabled && flows.contains("code");
  }

  boolean allowsMachines() {
    return enabled && flows.contains(MACHINE);
  }

  boolean allowsPasswords() {
    return providers.contains(COGNITO);
  }
}
