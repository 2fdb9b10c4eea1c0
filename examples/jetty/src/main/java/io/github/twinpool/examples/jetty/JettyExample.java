package io.github.twinpool.examples.jetty;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.token.TokenValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the application on your own pool, or on the emulator:
 *
 * <pre>
 * ./mvnw -q -Pdemo,jetty verify -pl examples/jetty -am
 * </pre>
 */
public final class JettyExample {
  private static final String USAGE =
      """
      usage: JettyExample --emulator [--port N]
             JettyExample --user-pool ID --secondary-region REGION --client-id ID [--port N]
      """;
  private static final Set<String> OPTIONS =
      Set.of("--user-pool", "--secondary-region", "--client-id", "--port");

  private JettyExample() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) throws Exception {
    boolean emulated = List.of(args).contains("--emulator");
    Map<String, String> options = options(args);
    if (emulated == options.containsKey("--user-pool")) {
      throw new IllegalArgumentException(USAGE);
    }
    int port = Integer.parseInt(options.getOrDefault("--port", "8080"));
    if (emulated) {
      Demonstration.run(port);
      return;
    }
    UserPool pool =
        UserPool.of(required(options, "--user-pool"))
            .replicatedTo(required(options, "--secondary-region"));
    try (TokenValidator validator = validator(pool, required(options, "--client-id"));
        Application application = Application.start(validator, port)) {
      System.out.println("Listening at " + application.uri());
      application.join();
    }
  }

  static TokenValidator validator(UserPool pool, String clientId) {
    return TokenValidator.builder(pool).clientId(clientId).build();
  }

  static TokenValidator validator(CognitoEmulator emulator) {
    return validator(emulator.userPool(), emulator.clientId());
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--emulator")) {
        continue;
      }
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException("what is " + args[i] + "?\n" + USAGE);
      }
      options.put(args[i], args[++i]);
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing\n" + USAGE);
    }
    return value;
  }
}
