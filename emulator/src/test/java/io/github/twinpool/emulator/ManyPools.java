package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Fills an emulator with as many pools as an account may have, over its socket; a program. */
final class ManyPools implements AutoCloseable {
  private static final int POOLS = 1_000;
  private static final int USERS = 100;
  private static final int THREADS = 2;
  private static final String PASSWORD = "Correct-Horse-7";

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private ManyPools(URI endpoint) {
    try {
      socket = new Socket(endpoint.getHost(), endpoint.getPort());
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends with status 1 if anything is not as it should be. */
  public static void main(String[] args) {
    try (CognitoEmulator emulator = CognitoEmulator.start()) {
      URI endpoint = emulator.region(RegionRole.PRIMARY).endpoint();
      try (ManyPools first = new ManyPools(endpoint)) {
        List<String> pools = first.createPools(emulator.userPool().id());
        IntStream.range(0, THREADS).parallel().forEach(i -> addUsers(endpoint, pools, i));
        first.look(pools);
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private List<String> createPools(String first) {
    List<String> pools = new ArrayList<>(List.of(first));
    while (pools.size() < POOLS) {
      JsonNode made = call("CreateUserPool", "\"PoolName\":\"pool " + pools.size() + "\"");
      pools.add(made.path("UserPool").path("Id").asText());
    }
    JsonNode refused = answer("CreateUserPool", "\"PoolName\":\"one more\"");
    if (!refused.path("__type").asText().equals("LimitExceededException")) {
      throw new IllegalStateException(refused.toString());
    }
    return pools;
  }

  private static void addUsers(URI endpoint, List<String> pools, int part) {
    try (ManyPools own = new ManyPools(endpoint)) {
      for (int i = part; i < pools.size(); i += THREADS) {
        own.addUsers(pools.get(i));
      }
    }
  }

  private void addUsers(String pool) {
    for (int i = 0; i < USERS; i++) {
      String name = String.format(Locale.ROOT, "user-%03d", i);
      call(
          "AdminCreateUser",
          of(pool)
              + ",\"Username\":\""
              + name
              + "\",\"TemporaryPassword\":\"Temporary-7\",\"UserAttributes\":["
              + "{\"Name\":\"email\",\"Value\":\""
              + name
              + "@example.com\"},{\"Name\":\"email_verified\",\"Value\":\"true\"}]");
    }
  }

  private void look(List<String> pools) {
    long users =
        pools.stream()
            .map(pool -> call("DescribeUserPool", of(pool)).path("UserPool"))
            .mapToLong(pool -> pool.path("EstimatedNumberOfUsers").asLong())
            .sum();
    System.out.println("pools=" + listed() + " users=" + users);
    signIn(pools.get(POOLS - 1));
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    System.out.println("heap=" + heap / 1_000_000 + " MB");
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
    JsonNode client =
        call(
            "CreateUserPoolClient",
            of(pool)
                + ",\"ClientName\":\"c\",\"ExplicitAuthFlows\":[\"ALLOW_USER_PASSWORD_AUTH\"]");
    call(
        "AdminSetUserPassword",
        of(pool)
            + ",\"Username\":\"user-099\",\"Permanent\":true,\"Password\":\""
            + PASSWORD
            + "\"");
    JsonNode tokens =
        call(
            "InitiateAuth",
            "\"ClientId\":"
                + client.path("UserPoolClient").path("ClientId")
                + ",\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"AuthParameters\":{"
                + "\"USERNAME\":\"user-099\","
                + "\"PASSWORD\":\""
                + PASSWORD
                + "\"}");
    System.out.println(
        tokens.path("AuthenticationResult").has("IdToken") ? "signed in at the last" : tokens);
  }

  private static String of(String pool) {
    return "\"UserPoolId\":\"" + pool + "\"";
  }

  private JsonNode call(String operation, String members) {
    JsonNode answer = answer(operation, members);
    if (answer.has("__type")) {
      throw new IllegalStateException(operation + ": " + answer);
    }
    return answer;
  }

  private JsonNode answer(String operation, String members) {
    byte[] body = ("{" + members + "}").getBytes(UTF_8);
    String head =
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.1\r\n"
            + "X-Amz-Target: AWSCognitoIdentityProviderService."
            + operation
            + "\r\nAuthorization: "
            + RawClient.signature("us-east-1")
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try {
      out.write(head.getBytes(UTF_8));
      out.write(body);
      return WireJson.read(readBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] readBody() throws IOException {
    int length = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (char c = (char) in.readUnsignedByte(); c != '\n'; c = (char) in.readUnsignedByte()) {
      if (c != '\r') {
        line.append(c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
