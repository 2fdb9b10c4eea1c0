package io.github.twinpool.examples.jetty;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.token.TokenValidator;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Scanner;

/** The application on an emulated pool, whose primary Region hangs at the touch of a key. */
final class Demonstration {
  private static final String PASSWORD = "Correct-Horse-7";

  private Demonstration() {}

  static void run(int port) throws Exception {
    try (CognitoEmulator emulator = CognitoEmulator.start();
        TokenValidator validator = JettyExample.validator(emulator);
        Application application = Application.start(validator, port)) {
      emulator.createUser("ada", PASSWORD);
      String token = SignIn.at(emulator, RegionRole.PRIMARY, "ada", PASSWORD);
      System.out.printf(
          Locale.ROOT,
          """

          curl -i %1$s/          # public
          curl -i %1$s/me        # takes a token: 401
          TOKEN=%2$s
          curl -i -H "Authorization: Bearer $TOKEN" %1$s/me
          curl -i -H "Authorization: Bearer $TOKEN" %1$s/admin    # ada is in no group: 403

          Enter lets the primary Region hang, and recover again. Ctrl-C ends.
          """,
          application.uri(),
          token);
      takeTurns(emulator.region(RegionRole.PRIMARY));
      application.join();
    }
  }

  /** Until there is no more input. */
  private static void takeTurns(EmulatedRegion primary) {
    Scanner keys = new Scanner(System.in, Charset.defaultCharset());
    boolean out = false;
    while (keys.hasNextLine()) {
      keys.nextLine();
      out = !out;
      primary.outage(out ? Outage.hang() : Outage.none());
      System.out.println(out ? primary.name() + " hangs." : primary.name() + " is back.");
    }
  }
}
