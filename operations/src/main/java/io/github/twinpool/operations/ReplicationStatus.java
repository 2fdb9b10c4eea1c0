package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/**
 * How a pool stands now: whether each Region's sign-in plane answers from here, and the status of
 * its replica.
 *
 * @param answers whether each Region answers an unsigned GetUser with what is no token; that this
 *     shows its sign-in plane alive is assumed
 * @param replica the status of the replica in the secondary Region as AWS spells it, "none" if
 *     there is none, or "unknown" if the primary does not say
 */
public record ReplicationStatus(Map<RegionRole, Boolean> answers, String replica) {
  /** Copies what it is given. */
  public ReplicationStatus {
    answers = Map.copyOf(answers);
  }

  /**
   * Asks both Regions, and never fails because one of them is down.
   *
   * @throws OperationsException if the replicas may not be listed
   */
  public static ReplicationStatus of(AwsClients clients) {
    AwsCalls calls = new AwsCalls(clients);
    Map<RegionRole, Boolean> answers =
        Stream.of(RegionRole.values())
            .collect(Collectors.toMap(role -> role, role -> answers(clients, role)));
    return new ReplicationStatus(answers, replica(calls));
  }

  private static boolean answers(AwsClients clients, RegionRole role) {
    try {
      clients.cognito(role).getUser(it -> it.accessToken("status"));
      return true;
    } catch (CognitoIdentityProviderException answer) {
      return answer.statusCode() < 500;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static String replica(AwsCalls calls) {
    try {
      return ReplicaTask.status(calls).orElse("none");
    } catch (ServiceUnreachableException e) {
      return "unknown";
    }
  }

  /** Whether both answer and the replica is ACTIVE. */
  public boolean ready() {
    return !answers.containsValue(false) && replica.equals(ReplicaTask.ACTIVE);
  }
}
