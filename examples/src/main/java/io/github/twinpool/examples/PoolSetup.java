package io.github.twinpool.examples;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatedIdentityProvider;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.IdentityProviderTypeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** What an operator sets up in the pool before {@link WebLogin} can run: only the primary can. */
final class PoolSetup {
  private final MultiRegionCognito cognito;

  PoolSetup(MultiRegionCognito cognito) {
    this.cognito = cognito;
  }

  /** Another company, whose people sign in at home. */
  void addPartner(String name, EmulatedIdentityProvider partner) {
    cognito
        .client(RegionRole.PRIMARY)
        .createIdentityProvider(
            request ->
                request
                    .userPoolId(cognito.userPool().id())
                    .providerName(name)
                    .providerType(IdentityProviderTypeType.OIDC)
                    .providerDetails(
                        Map.of(
                            "client_id", partner.clientId(),
                            "client_secret", partner.clientSecret(),
                            "oidc_issuer", partner.issuer().toString(),
                            "authorize_scopes", "openid email",
                            "attributes_request_method", "GET"))
                    .attributeMapping(Map.of("email", "email", "username", "sub")));
  }

  /** An app client for a web application that keeps a secret. */
  UserPoolClientType addWebClient(URI origin, String partner) {
    return cognito
        .client(RegionRole.PRIMARY)
        .createUserPoolClient(
            request ->
                request
                    .userPoolId(cognito.userPool().id())
                    .clientName("web")
                    .generateSecret(true)
                    .allowedOAuthFlowsUserPoolClient(true)
                    .allowedOAuthFlows(OAuthFlowType.CODE)
                    .allowedOAuthScopes("openid", "email")
                    .supportedIdentityProviders("COGNITO", partner)
                    .callbackURLs(origin.resolve("/callback").toString())
                    .logoutURLs(origin.resolve("/").toString()))
        .userPoolClient();
  }
}
