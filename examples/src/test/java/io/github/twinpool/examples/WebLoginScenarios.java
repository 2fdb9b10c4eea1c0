package io.github.twinpool.examples;

import static io.github.twinpool.examples.EmulatedWebLogin.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Filter;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ada at a browser, with and without an outage. */
abstract class WebLoginScenarios {
  private static final FailoverPolicy POLICY =
      FailoverPolicy.builder()
          .probeInterval(Duration.ofMillis(500))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();

  final AtomicReference<Runnable> beforeTheCallback = new AtomicReference<>(() -> {});
  CognitoEmulator emulator;
  EmulatedWebLogin demo;
  WebBrowser browser;

  abstract WebBrowser browser() throws IOException;

  @BeforeEach
  void start() throws IOException {
    browser = browser();
    emulator = CognitoEmulator.start();
    emulator.createUser("ada", PASSWORD);
    demo = EmulatedWebLogin.start(emulator, 0, POLICY, callbackFilter());
  }

  private Filter callbackFilter() {
    return Filter.beforeHandler(
        "before the callback",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/callback")) {
            beforeTheCallback.getAndSet(() -> {}).run();
          }
        });
  }

  @AfterEach
  void stop() {
    if (demo != null) {
      demo.close();
      emulator.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  URI app(String path) {
    return demo.web().origin().resolve(path);
  }

  void type(String username, String password) {
    browser.enter("username", username);
    browser.enter("password", password);
    browser.press("Sign in");
  }

  void reads(String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(browser.text()).contains(text));
  }

  void isAt(URI host) {
    assertThat(browser.address().getAuthority()).isEqualTo(host.getAuthority());
  }

  private void awaitSwitch() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> demo.cognito().status().serving() == RegionRole.SECONDARY);
  }

  @Test
  void she_signs_in_and_is_called_by_her_name() {
    browser.open(app("/"));
    browser.press("Sign in");
    isAt(emulator.domain(RegionRole.PRIMARY));
    type("ada", PASSWORD);
    reads("Signed in as ada");
    assertThat(browser.address()).isEqualTo(app("/"));
  }

  @Test
  void she_arrives_where_she_wanted_to_go_after_a_wrong_password_and_the_right_one() {
    browser.open(app("/orders"));
    type("ada", "Wrong-Horse-7");
    reads("Incorrect username or password.");
    type("ada", PASSWORD);
    reads("Orders of ada");
    assertThat(browser.address()).isEqualTo(app("/orders"));
  }

  @Test
  void grace_signs_in_where_she_works() {
    emulator.identityProvider().addUser("grace", "grace@partner.example");
    browser.open(app("/"));
    browser.press("Sign in with Partner");
    isAt(emulator.identityProvider().issuer());
    browser.enter("username", "grace@partner.example");
    browser.press("Sign in");
    reads("Signed in as Partner_grace");
    assertThat(browser.address()).isEqualTo(app("/"));
  }

  @Test
  void the_region_dies_before_the_code_is_exchanged_and_starting_again_leads_to_the_other() {
    browser.open(app("/"));
    browser.press("Sign in");
    beforeTheCallback.set(() -> emulator.region(RegionRole.PRIMARY).outage(Outage.refused()));
    type("ada", PASSWORD);
    reads("The service moved to another Region. Nothing you entered was wrong.");
    browser.press("Start again");
    isAt(emulator.domain(RegionRole.SECONDARY));
    type("ada", PASSWORD);
    reads("Signed in as ada");
    assertThat(emulator.duplicates()).isZero();
  }

  @Test
  void the_region_dies_at_its_login_page_and_the_application_leads_to_the_other() {
    browser.open(app("/login"));
    isAt(emulator.domain(RegionRole.PRIMARY));
    emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    awaitSwitch(); // by probes alone: nobody calls the API
    browser.open(app("/orders"));
    isAt(emulator.domain(RegionRole.SECONDARY));
    type("ada", PASSWORD);
    reads("Orders of ada");
    browser.press("Sign out");
    reads("Welcome");
  }

  @Test
  void she_signs_out_and_is_asked_again() {
    browser.open(app("/login"));
    type("ada", PASSWORD);
    reads("Signed in as ada");
    browser.press("Sign out");
    reads("Welcome");
    assertThat(browser.address()).isEqualTo(app("/"));
    assertThat(emulator.region(RegionRole.PRIMARY).calls("RevokeToken")).isEqualTo(1);
    browser.open(app("/orders"));
    reads("Password");
    isAt(emulator.domain(RegionRole.PRIMARY));
  }
}
