package io.github.twinpool.failover.internal.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.RegionRole;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminRespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Remembers where a conversation began. Cognito binds a challenge's Session, and perhaps a page
 * token, to the Region that issued it [assume]. So one that the secondary issued is handed out with
 * a tag, which any node that runs Twinpool understands and removes. One without a tag is the
 * primary's.
 *
 * <p>SRP's first challenge carries no Session. The secondary's gets the tag and the hash of its
 * SECRET_BLOCK for one, which a client that sends back what it got takes along to any node; for a
 * client that does not, the hash is remembered here.
 *
 * <p>A tag can be made up, and each Region counts wrong passwords by itself. So a tag counts only
 * where the operation goes on with what a Region has begun, which that Region checks, and only with
 * something behind it. Anywhere else it passes unchanged, and chooses nothing.
 */
public final class Conversations {
  static final String TAG = "twinpool-2nd.";

  /** After the tag, in place of a Session that the service did not issue. */
  private static final String SRP = "srp.";

  /** The service's limit for Session in a request; page tokens may be longer than any we meet. */
  private static final int SESSION_LIMIT = 2_048;

  private static final Set<String> TOKENS = Set.of("Session", "PaginationToken", "NextToken");
  private static final String SECRET_BLOCK = "SECRET_BLOCK";
  private static final String CLAIMED_BLOCK = "PASSWORD_CLAIM_SECRET_BLOCK";
  private static final int REMEMBERED = 10_000;

  private final Map<Class<?>, Optional<SdkField<?>>> tokenFields = new ConcurrentHashMap<>();
  private final Map<String, Boolean> secondarySecrets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether the operation answers a challenge: it makes sense in the Region that set it only. */
  static boolean isConversation(OperationSupport operation) {
    return operation.operation().endsWith("RespondToAuthChallenge");
  }

  /** The Region that a request must go to because of what it carries, or null. */
  @Nullable RegionRole regionOf(
      OperationSupport operation, CognitoIdentityProviderRequest request) {
    if (operation.routing() != Routing.SAME_REGION) {
      return goesOnFromSignUp(request) ? RegionRole.PRIMARY : null;
    }
    if (isTagged(operation, request)) {
      return RegionRole.SECONDARY;
    }
    if (token(request) != null) {
      return RegionRole.PRIMARY;
    }
    if (!isConversation(operation)) {
      return null;
    }
    String block = claimedBlock(request);
    return block != null && isSecondarys(block) ? RegionRole.SECONDARY : RegionRole.PRIMARY;
  }

  /**
   * Whether a sign-in goes on from a sign-up, which only the primary serves. Other flows take no
   * Session (source: API reference of InitiateAuth), so there it is a stranger's word.
   */
  private static boolean goesOnFromSignUp(CognitoIdentityProviderRequest request) {
    if (request instanceof InitiateAuthRequest it) {
      return it.authFlow() == AuthFlowType.USER_AUTH && it.session() != null;
    }
    return request instanceof AdminInitiateAuthRequest it
        && it.authFlow() == AuthFlowType.USER_AUTH
        && it.session() != null;
  }

  private boolean isTagged(OperationSupport operation, CognitoIdentityProviderRequest request) {
    String token = token(request);
    if (operation.routing() != Routing.SAME_REGION
        || token == null
        || regionOfToken(token) != RegionRole.SECONDARY) {
      return false;
    }
    String block = claimedBlock(request);
    return !isMadeForSrp(token) || (block != null && token.equals(TAG + SRP + hash(block)));
  }

  private static boolean isMadeForSrp(String token) {
    return token.startsWith(SRP, TAG.length());
  }

  public static RegionRole regionOfToken(String token) {
    return token.startsWith(TAG) && token.length() > TAG.length()
        ? RegionRole.SECONDARY
        : RegionRole.PRIMARY;
  }

  /** The request as the service must see it. */
  CognitoIdentityProviderRequest untagged(
      OperationSupport operation, CognitoIdentityProviderRequest request) {
    String token = token(request);
    if (token == null || !isTagged(operation, request)) {
      return request;
    }
    return (CognitoIdentityProviderRequest)
        with(request, isMadeForSrp(token) ? null : token.substring(TAG.length()));
  }

  /** The answer as the caller gets it. */
  Object tagged(RegionRole role, Object answer) {
    if (role == RegionRole.PRIMARY || !(answer instanceof SdkPojo pojo)) {
      return answer;
    }
    String proof = remember(answer);
    SdkField<?> field = tokenField(pojo);
    String token = field == null ? null : (String) field.getValueOrDefault(pojo);
    if (field == null || token == null || token.isEmpty()) {
      return field != null && proof != null ? with(pojo, TAG + SRP + proof) : answer;
    }
    boolean tooLong =
        "Session".equals(field.locationName()) && token.length() + TAG.length() > SESSION_LIMIT;
    return tooLong ? answer : with(pojo, TAG + token);
  }

  private @Nullable String token(SdkPojo pojo) {
    SdkField<?> field = tokenField(pojo);
    return field == null ? null : (String) field.getValueOrDefault(pojo);
  }

  private @Nullable SdkField<?> tokenField(SdkPojo pojo) {
    return tokenFields
        .computeIfAbsent(
            pojo.getClass(),
            type ->
                pojo.sdkFields().stream()
                    .filter(it -> TOKENS.contains(it.locationName()))
                    .<SdkField<?>>map(it -> it)
                    .findFirst())
        .orElse(null);
  }

  private Object with(SdkPojo pojo, @Nullable String token) {
    SdkField<?> field = tokenField(pojo);
    SdkBuilder<?, ?> builder = ((ToCopyableBuilder<?, ?>) pojo).toBuilder();
    if (field != null) {
      field.set(builder, token);
    }
    return builder.build();
  }

  /** The hash of the block for which the answer asks an SRP proof, or null; it is remembered. */
  private @Nullable String remember(Object answer) {
    Map<String, String> parameters = Map.of();
    if (answer instanceof InitiateAuthResponse it) {
      parameters = it.challengeParameters();
    } else if (answer instanceof AdminInitiateAuthResponse it) {
      parameters = it.challengeParameters();
    } else if (answer instanceof RespondToAuthChallengeResponse it) {
      // A remembered device proves itself by SRP, too, after the password.
      parameters = it.challengeParameters();
    } else if (answer instanceof AdminRespondToAuthChallengeResponse it) {
      parameters = it.challengeParameters();
    }
    String block = parameters.get(SECRET_BLOCK);
    if (block == null) {
      return null;
    }
    String hash = hash(block);
    synchronized (secondarySecrets) {
      secondarySecrets.put(hash, true);
    }
    return hash;
  }

  private boolean isSecondarys(String block) {
    synchronized (secondarySecrets) {
      return secondarySecrets.containsKey(hash(block));
    }
  }

  private static @Nullable String claimedBlock(CognitoIdentityProviderRequest request) {
    if (request instanceof RespondToAuthChallengeRequest it) {
      return it.challengeResponses().get(CLAIMED_BLOCK);
    }
    return request instanceof AdminRespondToAuthChallengeRequest it
        ? it.challengeResponses().get(CLAIMED_BLOCK)
        : null;
  }

  private static String hash(String block) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(block.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
