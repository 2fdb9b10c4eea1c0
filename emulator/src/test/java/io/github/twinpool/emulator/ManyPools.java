package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Fills an emulator with as many pools as an account may have, over its socket; a program. */
final class ManyPools {
  private static final int POOLS = 1_000;
  private static final int USERS = 100;
  private static final String PASSWORD = "Correct-Horse-7";

  private final RawClient raw = new RawClient();
  private final URI endpoint;

  private ManyPools(CognitoEmulator emulator) {
    endpoint = emulator.region(RegionRole.PRIMARY).endpoint();
  }

  /** Ends with status 1 if anything is not as it should be. */
  public static void main(String[] args) {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      new ManyPools(emulator).fill(emulator.userPool().id());
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void fill(String first) {
    List<String> pools =
        IntStream.range(0, POOLS).mapToObj(i -> i == 0 ? first : create(i)).toList();
    refuseOneMore();
    pools.parallelStream().forEach(this::addUsers);
    long users =
        pools.stream()
            .mapToLong(
                pool ->
                    call("DescribeUserPool", of(pool))
                        .path("UserPool")
                        .path("EstimatedNumberOfUsers")
                        .asLong())
            .sum();
    System.out.println("pools=" + listed() + " users=" + users);
    signIn(pools.get(POOLS - 1));
    Runtime runtime = Runtime.getRuntime();
    System.out.println(
        "heap=" + (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000 + " MB");
  }

  private String create(int number) {
    return call("CreateUserPool", "\"PoolName\":\"pool " + number + "\"")
        .path("UserPool")
        .path("Id")
        .asText();
  }

  private void refuseOneMore() {
    RawClient.Answer answer = answer("CreateUserPool", "\"PoolName\":\"one more\"");
    require(answer.type().equals("LimitExceededException"), answer);
  }

  private void addUsers(String pool) {
    for (int i = 0; i < USERS; i++) {
      String name = String.format(Locale.ROOT, "user-%03d", i);
      call(
          "AdminCreateUser",
          of(pool)
              + ",\"Username\":\""
              + name
              + "\",\"TemporaryPassword\":\"Temporary-7\",\"UserAttributes\":[{\"Name\":\"email\",\"Value\":\""
              + name
              + "@example.com\"},{\"Name\":\"email_verified\",\"Value\":\"true\"}]");
    }
  }

  private int listed() {
    int count = 0;
    String token = "";
    do {
      JsonNode page = call("ListUserPools", "\"MaxResults\":60" + token);
      count += page.path("UserPools").size();
      token = page.has("NextToken") ? ",\"NextToken\":" + page.path("NextToken") : "";
    } while (!token.isEmpty());
    return count;
  }

  private void signIn(String pool) {
    String client =
        call(
                "CreateUserPoolClient",
                of(pool)
                    + ",\"ClientName\":\"c\",\"ExplicitAuthFlows\":[\"ALLOW_USER_PASSWORD_AUTH\"]")
            .path("UserPoolClient")
            .path("ClientId")
            .asText();
    call(
        "AdminSetUserPassword",
        of(pool)
            + ",\"Username\":\"user-099\",\"Permanent\":true,\"Password\":\""
            + PASSWORD
            + "\"");
    JsonNode tokens =
        call(
            "InitiateAuth",
            "\"ClientId\":\""
                + client
                + "\",\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"AuthParameters\":{\"USERNAME\":\"user-099\",\"PASSWORD\":\""
                + PASSWORD
                + "\"}");
    System.out.println(
        tokens.path("AuthenticationResult").has("IdToken") ? "signed in at the last" : tokens);
  }

  private static String of(String pool) {
    return "\"UserPoolId\":\"" + pool + "\"";
  }

  private JsonNode call(String operation, String members) {
    RawClient.Answer answer = answer(operation, members);
    require(answer.status() == 200, answer);
    return answer.json();
  }

  private RawClient.Answer answer(String operation, String members) {
    return raw.signedCall(endpoint, "us-east-1", operation, "{" + members + "}");
  }

  private static void require(boolean holds, RawClient.Answer answer) {
    if (!holds) {
      throw new IllegalStateException(answer.status() + " " + answer.json());
    }
  }
}
