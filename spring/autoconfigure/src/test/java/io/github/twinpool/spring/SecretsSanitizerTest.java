package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/** What the actuator shows of a value, in whichever property an operator has put it. */
class SecretsSanitizerTest {
  private static String shown(String key, Object value) {
    return String.valueOf(
        new SecretsSanitizer().apply(new SanitizableData(null, key, value)).getValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twinpool.machine.client-secret|hidden",
        "TWINPOOL_MACHINE_CLIENTSECRET|hidden",
        "twinpool.machine.clientSecret|hidden",
        "twinpool.machine.previous_client_secret|hidden",
        "twinpool.login.state-keys[0]|hidden",
        "TWINPOOL_LOGIN_STATEKEYS_0_|hidden",
        "twinpool.sign-in.stepKeys[10]|hidden",
        "twinpool.keys.sources[0]|https://mirror.example.com/keys?sig=hidden",
        "TWINPOOL_KEYS_SOURCES|https://a.example.com/,https://b.example.com/#hidden",
        "twinpool.additional-pools.partners.keys.sources|https://me:hidden@mirror.example.com/",
        // With a prefix of the application's for its variables.
        "ORDERS_TWINPOOL_MACHINE_CLIENTSECRET|hidden",
        "orders.twinpool.keys.sources|https://mirror.example.com/keys?sig=hidden",
        // Many properties in one value.
        "SPRING_APPLICATION_JSON|{\"twinpool\":{\"machine\":{\"client-secret\":\"hidden\"}}}",
        "spring.application.json|{\"twinpool.login.state-keys\":[\"hidden\"]}",
        "spring.application.json|{\"twinpool\":{\"keys\":{\"sources\":\"https://a/?s=hidden\"}}}",
        "sun.java.command|app.jar --server.port=1 --twinpool.machine.client-secret=hidden",
        "JAVA_TOOL_OPTIONS|-Xmx1g -Dtwinpool.sign-in.step-keys=hidden",
        "JDK_JAVA_OPTIONS|-Dtwinpool.keys.sources=https://mirror.example.com/keys?sig=hidden",
        "MAVEN_CMD_LINE_ARGS|-Dtwinpool.login.clientSecret=hidden",
        "local.args|--TWINPOOL_MACHINE_CLIENTSECRET=hidden"
      })
  void a_secret_shows_nowhere(String key, String value) {
    assertThat(shown(key, value)).isNotBlank().doesNotContain("hidden");
  }

  @Test
  void what_is_no_secret_is_shown() {
    assertThat(shown("twinpool.user-pool-id", "us-east-1_EXAMPLE")).isEqualTo("us-east-1_EXAMPLE");
    assertThat(shown("twinpool.machine.origins[0]", "https://orders.example.com"))
        .isEqualTo("https://orders.example.com");
    assertThat(shown("java.class.path", "/work@2/twinpool-core.jar:/app"))
        .isEqualTo("/work@2/twinpool-core.jar:/app");
    assertThat(shown("sun.java.command", "app.jar --twinpool.secondary-region=us-west-2"))
        .isEqualTo("app.jar --twinpool.secondary-region=us-west-2");
    assertThat(shown("my.client-secret", "of another library")).isEqualTo("of another library");
    assertThat(shown("my.address", "https://me@example.com/?q")).contains("https://me@");
    assertThat(shown("twinpool.any", null)).isEqualTo("null");
  }
}
