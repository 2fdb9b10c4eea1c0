package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The emulator as a program of its own, for tests in any language. */
final class StandAlone {
  private static final String USAGE =
      """
      usage: CognitoEmulator [--primary-port N] [--secondary-port N] [--issuer-port N]
                             [--primary-domain-port N] [--secondary-domain-port N]
                             [--custom-domain-port N]
                             [--control-port N] [--control-address ADDRESS] [--allowed-host NAME]
                             [--https-authority FILE]
                             [--username NAME] [--password PASSWORD]
                             [--custom-answer TEXT] [--help]
      Starts a two-Region Cognito on 127.0.0.1 with one user pool, one app client and one user, prints
      what a client needs as key=value lines, then "ready", and runs until it is told to end.
      With --custom-answer, the flow CUSTOM_AUTH asks one challenge, to which TEXT is the answer. What
      the pool sends to users is at GET /_twinpool/messages/{pool-id}/{username} of either port.
      With --control-port, outages are switched at that port, with the token of the environment
      variable TWINPOOL_EMULATOR_TOKEN. In a container, --control-address is 0.0.0.0 and --allowed-host
      the container's name; several names are separated by commas.
      With --https-authority it speaks HTTPS, and writes the certificate to trust to FILE, as PEM.
      Ports are free ones, the user is "ada" and the password "Correct-Horse-7", unless given.
      For tests only: this is no authentication service.
      """;
  private static final Set<String> OPTIONS =
      Set.of(
          "--primary-port",
          "--secondary-port",
          "--issuer-port",
          "--primary-domain-port",
          "--secondary-domain-port",
          "--custom-domain-port",
          "--control-port",
          "--control-address",
          "--allowed-host",
          "--https-authority",
          "--username",
          "--password",
          "--custom-answer");

  private StandAlone() {}

  static void run(String... args) {
    if (List.of(args).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    CognitoEmulator emulator;
    try {
      emulator = start(options(args), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "twinpool-emulator-close"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CognitoEmulator start(Map<String, String> options, PrintStream out) {
    String username = options.getOrDefault("--username", "ada");
    String password = options.getOrDefault("--password", "Correct-Horse-7");
    CognitoEmulator.Builder builder = CognitoEmulator.builder();
    control(options, builder);
    CognitoEmulator emulator =
        builder
            .primaryPort(port(options, "--primary-port"))
            .secondaryPort(port(options, "--secondary-port"))
            .updatedIssuerPort(port(options, "--issuer-port"))
            .primaryDomainPort(port(options, "--primary-domain-port"))
            .secondaryDomainPort(port(options, "--secondary-domain-port"))
            .customDomainPort(port(options, "--custom-domain-port"))
            .customChallenges(customChallenges(options))
            .https(options.containsKey("--https-authority"))
            .start();
    emulator.createUser(username, password);
    if (options.containsKey("--https-authority")) {
      UserPool named = emulator.dns().userPool();
      out.println("primary-host=" + named.endpoint(RegionRole.PRIMARY).getHost());
      out.println("secondary-host=" + named.endpoint(RegionRole.SECONDARY).getHost());
      out.println("dns-port=" + emulator.dns().address().getPort());
      write(options.getOrDefault("--https-authority", ""), emulator.tls().authorityPem());
    }
    UserPool pool = emulator.userPool();
    System.err.println(
        "Twinpool's Cognito emulator, for tests: this is no authentication service.");
    out.println("pool-id=" + pool.id());
    out.println("client-id=" + emulator.clientId());
    out.println("username=" + username);
    if (!options.containsKey("--password")) {
      out.println("password=" + password);
    }
    out.println("primary-region=" + pool.region(RegionRole.PRIMARY));
    out.println("primary-port=" + pool.endpoint(RegionRole.PRIMARY).getPort());
    out.println("primary-jwks=" + pool.jwksUri(RegionRole.PRIMARY));
    out.println("secondary-region=" + pool.region(RegionRole.SECONDARY));
    out.println("secondary-port=" + pool.endpoint(RegionRole.SECONDARY).getPort());
    out.println("secondary-jwks=" + pool.jwksUri(RegionRole.SECONDARY));
    out.println("issuer-port=" + emulator.updatedIssuerEndpoint().getPort());
    out.println("issuer-jwks=" + pool.jwksUri(IssuerType.UPDATED));
    out.println("primary-domain-port=" + emulator.domain(RegionRole.PRIMARY).getPort());
    out.println("secondary-domain-port=" + emulator.domain(RegionRole.SECONDARY).getPort());
    out.println("custom-domain-port=" + emulator.customDomain().getPort());
    if (options.containsKey("--control-port")) {
      out.println("control-port=" + emulator.control().endpoint().getPort());
    }
    out.println("ready");
    out.flush();
    return emulator;
  }

  private static void control(Map<String, String> options, CognitoEmulator.Builder builder) {
    if (!options.containsKey("--control-port")) {
      return;
    }
    String token = System.getenv("TWINPOOL_EMULATOR_TOKEN");
    if (token == null) {
      throw new IllegalArgumentException(
          "--control-port: the environment must have TWINPOOL_EMULATOR_TOKEN");
    }
    builder
        .controlPort(port(options, "--control-port"))
        .controlToken(token)
        .controlAddress(address(options.getOrDefault("--control-address", "127.0.0.1")));
    if (options.containsKey("--allowed-host")) {
      builder.allowedHosts(options.getOrDefault("--allowed-host", "").split(",", -1));
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--control-address: '" + text + "' is not known", e);
    }
  }

  private static void write(String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException("--https-authority: " + file + " cannot be written", e);
    }
  }

  private static List<CustomChallenge> customChallenges(Map<String, String> options) {
    String answer = options.get("--custom-answer");
    return answer == null ? List.of() : List.of(new CustomChallenge(Map.of(), answer));
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i])) {
        throw new IllegalArgumentException("unknown option: " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " wants a value");
      }
      if (options.put(args[i], args[i + 1]) != null) {
        throw new IllegalArgumentException(args[i] + " is given twice");
      }
    }
    return options;
  }

  private static int port(Map<String, String> options, String name) {
    String value = options.getOrDefault(name, "0");
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": '" + value + "' is not a port", e);
    }
  }
}
