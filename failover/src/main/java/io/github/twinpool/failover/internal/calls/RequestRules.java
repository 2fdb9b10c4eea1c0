package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UntagResourceRequest;

/** Reads from a request what it asks of its routing. */
final class RequestRules {
  private static final Set<String> REVOCATIONS =
      Set.of("RevokeToken", "GlobalSignOut", "AdminUserGlobalSignOut");
  private static final Set<String> HEDGEABLE_READS =
      Set.of("GetUser", "GetDevice", "ListDevices", "AdminGetDevice", "AdminListDevices");

  private final UserPool pool;
  private final Conversations conversations;
  private final Predicate<String> rotates;

  /**
   * @param rotates whether an app client's refresh tokens rotate
   */
  RequestRules(UserPool pool, Conversations conversations, Predicate<String> rotates) {
    this.pool = pool;
    this.conversations = conversations;
    this.rotates = rotates;
  }

  RoutingNeeds needs(OperationSupport operation, CognitoIdentityProviderRequest request) {
    RegionRole pinned =
        operation.routing() == Routing.REGION_CONFIGURATION
            ? regionOfArn(request)
            : conversations.regionOf(operation, request);
    boolean conversation = pinned != null && Conversations.isConversation(operation);
    Flow flow = flow(request);
    boolean refresh = flow.refresh();
    boolean rotating = refresh && rotates.test(flow.clientId());
    return new RoutingNeeds(
        operation,
        pinned != null && pool.roles().contains(pinned) ? pinned : null,
        conversation,
        flow.signIn(),
        rotating,
        (refresh && !rotating) || HEDGEABLE_READS.contains(operation.operation()),
        REVOCATIONS.contains(operation.operation()));
  }

  private record Flow(boolean refresh, String clientId, @Nullable Integer signIn) {}

  private static Flow flow(CognitoIdentityProviderRequest request) {
    if (request instanceof InitiateAuthRequest it) {
      return flow(it.authFlow(), it.clientId(), it.authParameters());
    }
    if (request instanceof AdminInitiateAuthRequest it) {
      return flow(it.authFlow(), it.clientId(), it.authParameters());
    }
    return request instanceof GetTokensFromRefreshTokenRequest it
        ? new Flow(true, String.valueOf(it.clientId()), null)
        : new Flow(false, "", null);
  }

  private static Flow flow(
      @Nullable AuthFlowType flow, @Nullable String clientId, Map<String, String> parameters) {
    boolean refresh = flow == AuthFlowType.REFRESH_TOKEN_AUTH || flow == AuthFlowType.REFRESH_TOKEN;
    String user = refresh ? null : parameters.get("USERNAME");
    return new Flow(refresh, String.valueOf(clientId), hash(user));
  }

  /**
   * A user is known by the name without letter case, as pools have it by default, and without the
   * differences that a comparison by compatibility leaves out: a second spelling of one name must
   * not find a second Region, which counts wrong passwords by itself. That two users have one hash
   * costs nothing. (Other names of one user, an e-mail address for one, cannot be told here.)
   */
  private static @Nullable Integer hash(@Nullable String user) {
    return user == null
        ? null
        : Normalizer.normalize(user, Normalizer.Form.NFKC)
            .strip()
            .toLowerCase(Locale.ROOT)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .hashCode();
  }

  /** Tags belong to one Region's resource, and its ARN names that Region. */
  private @Nullable RegionRole regionOfArn(CognitoIdentityProviderRequest request) {
    String arn = null;
    if (request instanceof TagResourceRequest it) {
      arn = it.resourceArn();
    } else if (request instanceof UntagResourceRequest it) {
      arn = it.resourceArn();
    } else if (request instanceof ListTagsForResourceRequest it) {
      arn = it.resourceArn();
    }
    String region = arn == null ? "" : arn.replaceFirst("^arn:[^:]*:cognito-idp:([^:]*):.*$", "$1");
    return pool.secondaryRegion().filter(region::equals).isPresent() ? RegionRole.SECONDARY : null;
  }
}
