package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TagResourceRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UntagResourceRequest;

/** Reads from a request what it asks of its routing, and makes of it what the service must see. */
public final class CallPreparation {
  /** In the execution attributes of a request: the Region to ask first. */
  public static final ExecutionAttribute<RegionRole> PREFERRED =
      new ExecutionAttribute<>("TwinpoolPreferredRegion");

  /** In the execution attributes of a request: the Region not to ask. */
  public static final ExecutionAttribute<RegionRole> EXCLUDED =
      new ExecutionAttribute<>("TwinpoolExcludedRegion");

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
  CallPreparation(UserPool pool, Conversations conversations, Predicate<String> rotates) {
    this.pool = pool;
    this.conversations = conversations;
    this.rotates = rotates;
  }

  /** The call as it is sent. */
  Prepared prepare(
      OperationSupport operation,
      CognitoIdentityProviderRequest request,
      PreparedCall.Limits limits) {
    return new Prepared(
        wishing(needs(operation, request), request),
        limits,
        conversations.untagged(operation, request),
        conversations,
        Reason.FIRST,
        null);
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

  private static RoutingNeeds wishing(RoutingNeeds needs, CognitoIdentityProviderRequest request) {
    ExecutionAttributes own =
        request.overrideConfiguration().map(it -> it.executionAttributes()).orElse(null);
    if (own == null) {
      return needs;
    }
    RegionRole preferred = own.getAttribute(PREFERRED);
    RegionRole excluded = own.getAttribute(EXCLUDED);
    return preferred == null && excluded == null ? needs : needs.wishing(preferred, excluded);
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

  /**
   * A call that is ready to be sent.
   *
   * @param request as the service must see it
   * @param acceptedBySecondary is run when the secondary has accepted it, if anything is
   */
  record Prepared(
      RoutingNeeds needs,
      PreparedCall.Limits limits,
      CognitoIdentityProviderRequest request,
      Conversations conversations,
      Reason reason,
      @Nullable Runnable acceptedBySecondary)
      implements PreparedCall {

    Prepared pinnedTo(RegionRole role, Reason why) {
      return new Prepared(
          needs.pinnedTo(role), limits, request, conversations, why, acceptedBySecondary);
    }

    Prepared tellingOf(Runnable acceptance) {
      return new Prepared(needs, limits, request, conversations, reason, acceptance);
    }

    @Override
    public boolean carries(String text) {
      return CallersValues.contain(request, text);
    }

    @Override
    public Object answer(RegionRole role, Object answer) {
      if (role == RegionRole.SECONDARY && acceptedBySecondary != null) {
        acceptedBySecondary.run();
      }
      return conversations.tagged(role, answer);
    }

    /** Requests hold passwords and tokens. */
    @Override
    public String toString() {
      return needs.operation().operation();
    }
  }

  /**
   * The values of a request that may be a stranger's. An application names its pool by itself; any
   * other value (a user, a group, an app client) may be what a person typed.
   */
  static final class CallersValues {
    private static final String POOL = "UserPoolId";

    private CallersValues() {}

    /** Whether a value of the request contains the text, letter case aside. */
    static boolean contain(CognitoIdentityProviderRequest request, String text) {
      for (SdkField<?> field : request.sdkFields()) {
        Object value = field.getValueOrDefault(request);
        boolean pool = POOL.equals(field.locationName()) && text.equals(value);
        if (!pool && contains(value, text)) {
          return true;
        }
      }
      return false;
    }

    private static boolean contains(@Nullable Object value, String text) {
      if (value instanceof String it) {
        return containsIgnoringCase(it, text);
      }
      if (value instanceof Collection<?> all) {
        return all.stream().anyMatch(it -> contains(it, text));
      }
      if (value instanceof Map<?, ?> map) {
        return contains(map.keySet(), text) || contains(map.values(), text);
      }
      return value instanceof SdkPojo pojo
          && pojo.sdkFields().stream().anyMatch(it -> contains(it.getValueOrDefault(pojo), text));
    }

    private static boolean containsIgnoringCase(String value, String text) {
      for (int at = 0; at + text.length() <= value.length(); at++) {
        if (value.regionMatches(true, at, text, 0, text.length())) {
          return true;
        }
      }
      return false;
    }
  }

  /** A call that is ready to be sent. */
  interface PreparedCall {
    RoutingNeeds needs();

    Limits limits();

    /** Why its first attempt is made. */
    default Reason reason() {
      return Reason.FIRST;
    }

    /** Whether the request has this text in a value that may be a stranger's. */
    default boolean carries(String text) {
      return false;
    }

    /** What the caller gets of a Region's answer. */
    default Object answer(RegionRole role, Object answer) {
      return answer;
    }

    /**
     * The caller's time limits, where they have any.
     *
     * @param call for the call as a whole
     * @param attempt for each attempt
     * @param ofUser whether the first is the user's, so that the SDK keeps to it, too
     */
    record Limits(Duration call, @Nullable Duration attempt, boolean ofUser) {
      /** Longer limits than this are none; it keeps arithmetic with them safe. */
      private static final Duration LONGEST = Duration.ofDays(365);

      long callNanos() {
        return nanos(call);
      }

      long attemptNanos() {
        return attempt == null ? LONGEST.toNanos() : nanos(attempt);
      }

      private static long nanos(Duration limit) {
        return (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
      }
    }
  }
}
