package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks of its routing, beyond what its operation does.
 *
 * @param operation the operation
 * @param pinned the Region that alone can answer it, if one is named by a session, a page token or
 *     an ARN
 * @param conversation whether it goes on with a sign-in that a Region has begun
 * @param signIn the hash of the user whose sign-in it begins, or null if it begins none
 * @param onlyIfNotSent whether a second attempt could undo the first: a rotating refresh token
 * @param hedgeable whether two Regions may be asked at once
 * @param revocation whether it ends sessions, which both Regions must learn of
 * @param preferred the Region to ask first, or null
 * @param excluded the Region that the request must not go to, or null
 */
public record RoutingNeeds(
    OperationSupport operation,
    @Nullable RegionRole pinned,
    boolean conversation,
    @Nullable Integer signIn,
    boolean onlyIfNotSent,
    boolean hedgeable,
    boolean revocation,
    @Nullable RegionRole preferred,
    @Nullable RegionRole excluded) {

  /** Without a wish of the request's own. */
  public RoutingNeeds(
      OperationSupport operation,
      @Nullable RegionRole pinned,
      boolean conversation,
      @Nullable Integer signIn,
      boolean onlyIfNotSent,
      boolean hedgeable,
      boolean revocation) {
    this(operation, pinned, conversation, signIn, onlyIfNotSent, hedgeable, revocation, null, null);
  }

  /** The same with a wish. */
  public RoutingNeeds wishing(@Nullable RegionRole prefer, @Nullable RegionRole exclude) {
    return new RoutingNeeds(
        operation,
        pinned,
        conversation,
        signIn,
        onlyIfNotSent,
        hedgeable,
        revocation,
        prefer,
        exclude);
  }

  private static final Set<String> READS =
      Set.of("Get", "List", "Describe", "AdminGet", "AdminList");

  /** Begin like a read, and use up a token or send a message. */
  private static final Set<String> NO_READS =
      Set.of("GetTokensFromRefreshToken", "GetUserAttributeVerificationCode");

  /** Whether the service may be asked it again without doing anything twice. */
  public boolean read() {
    String name = operation.operation();
    return READS.stream().anyMatch(name::startsWith) && !NO_READS.contains(name);
  }

  public static RoutingNeeds of(OperationSupport operation) {
    return new RoutingNeeds(operation, null, false, null, false, false, false);
  }

  public RoutingNeeds pinnedTo(RegionRole role) {
    return new RoutingNeeds(operation, role, conversation, signIn, onlyIfNotSent, false, false);
  }
}
