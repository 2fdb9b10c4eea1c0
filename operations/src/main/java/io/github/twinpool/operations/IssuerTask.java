package io.github.twinpool.operations;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.SetupStep.Kind;
import io.github.twinpool.operations.SetupStep.State;
import java.util.List;
import software.amazon.awssdk.services.cognitoidentityprovider.model.IssuerConfigurationType;

/** The pool's IssuerConfiguration. */
final class IssuerTask implements SetupTask {
  /** (Source: Cognito developer guide; API Gateway developer guide. See docs/gateways.md.) */
  private static final String WARNING =
      "COGNITO_USER_POOLS authorizers of API Gateway and the Cognito action of load balancers do not"
          + " accept the updated issuer: replace them first, by JWT authorizers for one. Whatever"
          + " pins the issuer must accept both before the change (a REST API's JWT authorizer takes"
          + " several issuers, an HTTP API's takes one), and can drop ORIGINAL after the longest"
          + " token lifetime";

  @Override
  public SetupStep look(SetupContext context) {
    IssuerConfigurationType configuration =
        context.described(RegionRole.PRIMARY).issuerConfiguration();
    String now =
        configuration == null || configuration.typeAsString() == null
            ? IssuerType.ORIGINAL.name()
            : configuration.typeAsString();
    IssuerType wanted = context.settings().issuer();
    if (wanted == null) {
      boolean original = now.equals(IssuerType.ORIGINAL.name());
      return new SetupStep(
          Kind.ISSUER,
          original ? State.NOT_ASKED : State.DONE,
          "the issuer stays " + now,
          original ? List.of("AWS recommends the updated issuer. " + WARNING) : List.of());
    }
    if (now.equals(wanted.name())) {
      return new SetupStep(Kind.ISSUER, State.DONE, "the issuer is " + now);
    }
    return new SetupStep(
        Kind.ISSUER,
        State.TO_DO,
        "changes the issuer of new tokens from " + now + " to " + wanted,
        wanted == IssuerType.UPDATED ? List.of(WARNING) : List.of());
  }

  @Override
  public void apply(SetupContext context) {
    String wanted = String.valueOf(context.settings().issuer());
    PoolUpdate.apply(
        context,
        RegionRole.PRIMARY,
        request -> request.issuerConfiguration(issuer -> issuer.type(wanted)));
  }
}
