package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
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
 */
public record RoutingNeeds(
    OperationSupport operation,
    @Nullable RegionRole pinned,
    boolean conversation,
    @Nullable Integer signIn,
    boolean onlyIfNotSent,
    boolean hedgeable,
    boolean revocation) {

  public static RoutingNeeds of(OperationSupport operation) {
    return new RoutingNeeds(operation, null, false, null, false, false, false);
  }

  public RoutingNeeds pinnedTo(RegionRole role) {
    return new RoutingNeeds(operation, role, conversation, signIn, onlyIfNotSent, false, false);
  }
}
