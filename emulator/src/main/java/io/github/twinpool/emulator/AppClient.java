package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app client. Immutable.
 *
 * @param flows its ExplicitAuthFlows
 * @param preventsUserExistenceErrors whether unknown users look like wrong passwords
 * @param rotationGrace how long a rotated refresh token still works; empty without rotation
 * @param attributes which attributes of its users it may read and write
 * @param oauth what it may do at the domain
 * @param shown the settings that are described as they were given
 */
record AppClient(
    String id,
    String poolId,
    ClientSecrets secrets,
    List<String> flows,
    TokenLifetimes lifetimes,
    boolean preventsUserExistenceErrors,
    boolean revocationEnabled,
    Optional<Duration> rotationGrace,
    ClientAttributes attributes,
    OAuthSettings oauth,
    Instant created,
    Instant modified,
    ObjectNode shown) {

  private static final String NEW_FLOW = "ALLOW_";
  private static final String[] SHOWN = {
    "ClientName",
    "AccessTokenValidity",
    "IdTokenValidity",
    "RefreshTokenValidity",
    "TokenValidityUnits",
    "ReadAttributes",
    "WriteAttributes",
    "SupportedIdentityProviders",
    "CallbackURLs",
    "LogoutURLs",
    "DefaultRedirectURI",
    "AllowedOAuthFlows",
    "AllowedOAuthScopes",
    "RefreshTokenRotation"
  };

  /**
   * The client that a CreateUserPoolClient asks for.
   *
   * @throws WireError an InvalidParameterException for settings that contradict each other
   */
  static AppClient of(
      JsonRequest request, String id, ClientSecrets secrets, String poolId, Instant now) {
    return of(request, id, secrets, poolId, now, now);
  }

  /** What an UpdateUserPoolClient makes of this: what it leaves out is reset. */
  AppClient updated(JsonRequest request, Instant now) {
    AppClient updated = of(request, id, secrets, poolId, created, now);
    if (!updated.shown.has("ClientName")) {
      updated.shown.set("ClientName", shown.path("ClientName"));
    }
    return updated;
  }

  private static AppClient of(
      JsonRequest request,
      String id,
      ClientSecrets secrets,
      String poolId,
      Instant created,
      Instant now) {
    List<String> flows =
        request.has("ExplicitAuthFlows")
            ? request.texts("ExplicitAuthFlows")
            : List.of("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH");
    boolean legacy = flows.stream().anyMatch(flow -> !flow.startsWith(NEW_FLOW));
    if (legacy && flows.stream().anyMatch(flow -> flow.startsWith(NEW_FLOW))) {
      throw WireError.invalidParameter(
          "Legacy ExplicitAuthFlows can't be used together with values that begin with ALLOW_.");
    }
    boolean rotates =
        request.text("RefreshTokenRotation.Feature").filter("ENABLED"::equals).isPresent();
    if (rotates && flows.contains("ALLOW_REFRESH_TOKEN_AUTH")) {
      throw WireError.invalidParameter(
          "ALLOW_REFRESH_TOKEN_AUTH can't be enabled together with refresh token rotation.");
    }
    int grace = request.number("RefreshTokenRotation.RetryGracePeriodSeconds").orElse(0);
    return new AppClient(
        id,
        poolId,
        secrets,
        flows,
        TokenLifetimes.of(request),
        request.text("PreventUserExistenceErrors").filter("ENABLED"::equals).isPresent(),
        request.flag("EnableTokenRevocation", true),
        rotates ? Optional.of(Duration.ofSeconds(grace)) : Optional.empty(),
        ClientAttributes.of(request),
        OAuthSettings.of(request, !secrets.isEmpty()),
        created,
        now,
        request.copy(SHOWN));
  }

  /** Whether one of a flow's names, new or old, is among the client's ExplicitAuthFlows. */
  boolean allows(String... flowNames) {
    return Stream.of(flowNames).anyMatch(flows::contains);
  }

  AppClient withSecrets(ClientSecrets changed) {
    return new AppClient(
        id,
        poolId,
        changed,
        flows,
        lifetimes,
        preventsUserExistenceErrors,
        revocationEnabled,
        rotationGrace,
        attributes,
        oauth,
        created,
        modified,
        shown);
  }

  /** Whether the flow names are those of old, which do not mention what they always allowed. */
  boolean hasOldFlowNames() {
    return flows.stream().noneMatch(flow -> flow.startsWith(NEW_FLOW));
  }

  /** The client as CreateUserPoolClient answers it. */
  ObjectNode describe() {
    ObjectNode description = shown.deepCopy();
    description
        .put("UserPoolId", poolId)
        .put("ClientId", id)
        .put("CreationDate", WireJson.seconds(created))
        .put("LastModifiedDate", WireJson.seconds(modified))
        .put("AuthSessionValidity", lifetimes.session().toMinutes())
        .put("PreventUserExistenceErrors", preventsUserExistenceErrors ? "ENABLED" : "LEGACY")
        .put("EnableTokenRevocation", revocationEnabled)
        .put("AllowedOAuthFlowsUserPoolClient", oauth.enabled());
    if (description.path("RefreshTokenValidity").asInt(0) == 0) {
      describeDefaultRefresh(description);
    }
    dropEmpty(description, "ReadAttributes");
    dropEmpty(description, "WriteAttributes");
    secrets.first().ifPresent(value -> description.put("ClientSecret", value));
    flows.forEach(description.putArray("ExplicitAuthFlows")::add);
    return description;
  }

  /** 30 days, whatever the unit of a validity of 0. */
  private static void describeDefaultRefresh(ObjectNode description) {
    description.put("RefreshTokenValidity", 30);
    if (description.path("TokenValidityUnits") instanceof ObjectNode units
        && units.has("RefreshToken")) {
      units.put("RefreshToken", "days");
    }
  }

  /** An empty list of attributes is none, and is not shown. */
  private static void dropEmpty(ObjectNode description, String member) {
    if (description.path(member).isEmpty()) {
      description.remove(member);
    }
  }

  @Override
  public String toString() {
    return "AppClient[" + id + "]";
  }
}
