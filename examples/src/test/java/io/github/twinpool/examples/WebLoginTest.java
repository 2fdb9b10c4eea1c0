package io.github.twinpool.examples;

import static io.github.twinpool.examples.EmulatedWebLogin.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a browser that runs everywhere, and with one that means harm. */
class WebLoginTest extends WebLoginScenarios {
  private final PlainBrowser plain = new PlainBrowser();

  @Override
  WebBrowser browser() {
    return plain;
  }

  private HttpResponse<String> get(URI address) {
    return plain.send(HttpRequest.newBuilder(address));
  }

  /** The address that the domain sends the browser back to, not yet followed. */
  private URI callback() {
    browser.open(app("/login"));
    URI login = plain.address();
    HttpResponse<String> authorized = plain.sendForm("Sign in", "ada", PASSWORD);
    assertThat(authorized.statusCode()).as(login.toString()).isEqualTo(302);
    return PlainBrowser.target(authorized);
  }

  private void refused(URI address, String text) {
    long before = tokenRequests();
    browser.open(address);
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.text()).contains("Not signed in").contains(text);
    assertThat(tokenRequests()).isEqualTo(before);
    browser.open(app("/"));
    reads("Welcome");
  }

  private long tokenRequests() {
    return emulator.region(RegionRole.PRIMARY).calls("oauth2/token")
        + emulator.region(RegionRole.SECONDARY).calls("oauth2/token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/%5Cevil.example/",
        "%09//evil.example/",
        "javascript:alert(1)",
        "evil.example"
      })
  void nobody_is_sent_to_a_foreign_page_and_what_was_asked_for_is_not_shown(String target) {
    HttpResponse<String> answer = get(app("/login?to=" + target));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("location")).isEmpty();
    assertThat(answer.headers().allValues("set-cookie")).isEmpty();
    assertThat(answer.body()).contains("no such page").doesNotContain("evil", "Start again");
  }

  @Test
  void a_callback_in_another_browser_is_refused_and_its_code_is_not_sent() {
    URI callback = callback();
    plain.forgetCookies();
    refused(callback, "began in another window");
  }

  @Test
  void a_callback_with_another_state_is_refused_and_the_sign_in_can_still_end() {
    URI callback = callback();
    refused(URI.create(callback.toString().replaceFirst("state=.", "state=")), "another window");
    refused(app("/callback?code=1&state=%3Cscript%3E"), "another window");
    refused(app("/callback?code=1&code=2&state=3"), "cannot be signed in this way");
    browser.open(callback);
    reads("Signed in as ada");
  }

  @Test
  void a_callback_is_good_once() {
    browser.open(app("/login"));
    String cookie = plain.cookie("twinpool-login");
    URI callback = PlainBrowser.target(plain.sendForm("Sign in", "ada", PASSWORD));
    browser.open(callback);
    reads("Signed in as ada");
    plain.forgetCookies();
    HttpResponse<String> replay =
        plain.send(HttpRequest.newBuilder(callback).header("Cookie", "twinpool-login=" + cookie));
    assertThat(replay.statusCode()).isEqualTo(400);
    assertThat(replay.headers().allValues("set-cookie")).isEmpty();
    assertThat(tokenRequests()).isEqualTo(1);
    assertThat(emulator.duplicates()).isZero();
  }

  @Test
  void a_link_signs_nobody_out() {
    browser.open(app("/login"));
    type("ada", PASSWORD);
    browser.open(app("/logout"));
    assertThat(plain.status()).isEqualTo(404);
    browser.open(app("/"));
    reads("Signed in as ada");
  }

  @Test
  void cookies_are_kept_from_scripts_and_from_other_sites_forms() {
    HttpResponse<String> login = get(app("/login"));
    assertThat(login.headers().firstValue("set-cookie").orElseThrow())
        .contains("; HttpOnly", "; SameSite=Lax", "; Path=/");
    HttpResponse<String> back = get(callback());
    assertThat(back.headers().allValues("set-cookie"))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).contains("; HttpOnly", "; SameSite=Lax", "; Path=/"));
  }

  @Test
  void both_regions_are_down_and_who_is_signed_in_stays_so() {
    browser.open(app("/login"));
    type("ada", PASSWORD);
    emulator.region(RegionRole.PRIMARY).outage(Outage.refused());
    emulator.region(RegionRole.SECONDARY).outage(Outage.refused());
    browser.open(app("/orders"));
    reads("Orders of ada");
    browser.press("Sign out");
    assertThat(plain.status()).isEqualTo(503);
    reads("Not available");
    browser.open(app("/"));
    reads("Welcome");
  }
}
