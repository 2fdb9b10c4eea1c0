package io.github.twinpool.examples;

import com.sun.net.httpserver.Filter;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationCodeFlow;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** {@link WebLogin} on an emulated pool: the part that no application of yours has. */
final class EmulatedWebLogin implements AutoCloseable {
  static final String PASSWORD = "Correct-Horse-7";
  private static final String PARTNER = "Partner";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator"));

  private final CognitoEmulator emulator;
  private final MultiRegionCognito cognito;
  private final TokenValidator validator;
  private final WebLogin web;

  private EmulatedWebLogin(
      CognitoEmulator emulator,
      MultiRegionCognito cognito,
      TokenValidator validator,
      WebLogin web) {
    this.emulator = emulator;
    this.cognito = cognito;
    this.validator = validator;
    this.web = web;
  }

  static EmulatedWebLogin start(CognitoEmulator emulator, int port) throws IOException {
    return start(emulator, port, FailoverPolicy.builder().build());
  }

  static EmulatedWebLogin start(
      CognitoEmulator emulator, int port, FailoverPolicy policy, Filter... filters)
      throws IOException {
    WebLogin web = WebLogin.listen(port);
    UserPool pool = emulator.userPool();
    MultiRegionCognito cognito =
        MultiRegionCognito.builder(pool)
            .policy(policy)
            .clients(it -> it.credentialsProvider(CREDENTIALS))
            .build();
    PoolSetup setup = new PoolSetup(cognito);
    setup.addPartner(PARTNER, emulator.identityProvider());
    UserPoolClientType client = setup.addWebClient(web.origin(), PARTNER);
    TokenValidator validator = TokenValidator.builder(pool).clientId(client.clientId()).build();
    AuthorizationCodeFlow flow =
        web.flow(cognito, validator, client.clientId(), client.clientSecret());
    web.serve(flow, List.of(PARTNER), filters);
    return new EmulatedWebLogin(emulator, cognito, validator, web);
  }

  MultiRegionCognito cognito() {
    return cognito;
  }

  WebLogin web() {
    return web;
  }

  /** Until the process is told to end. */
  void run() throws InterruptedException {
    emulator.createUser("ada", PASSWORD);
    emulator.identityProvider().addUser("grace", "grace@partner.example");
    System.out.printf(
        Locale.ROOT,
        """
        Open %s in a browser, and sign in as ada with %s,
        or with the partner as grace.
        Enter lets the primary Region hang, and recover again. Ctrl-C ends.
        """,
        web.origin(),
        PASSWORD);
    EmulatedRegion primary = emulator.region(RegionRole.PRIMARY);
    Scanner keys = new Scanner(System.in, Charset.defaultCharset());
    for (boolean out = true; keys.hasNextLine(); out = !out) {
      keys.nextLine();
      primary.outage(out ? Outage.hang() : Outage.none());
      System.out.println(out ? primary.name() + " hangs." : primary.name() + " is back.");
    }
    new CountDownLatch(1).await(); // no more input
  }

  @Override
  public void close() {
    web.close();
    validator.close();
    cognito.close();
  }
}
