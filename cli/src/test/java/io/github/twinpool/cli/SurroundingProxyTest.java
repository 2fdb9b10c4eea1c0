package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingProxyTest {
  private final Properties properties = new Properties();

  private Map<Object, Object> applied(Map<String, String> environment) {
    SurroundingProxy.apply(environment, properties);
    return new HashMap<>(properties);
  }

  @Test
  void without_a_proxy_nothing_is_set() {
    assertThat(applied(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "a.example"))).isEmpty();
  }

  @Test
  void a_variable_is_told_to_the_aws_sdk_and_to_the_jdk() {
    assertThat(
            applied(
                Map.of(
                    "HTTPS_PROXY",
                    "http://me:p%40ss+1@proxy.example:3128",
                    "NO_PROXY",
                    ".corp.example, 10.0.0.1:8080")))
        .containsOnly(
            Map.entry("http.proxyHost", "proxy.example"),
            Map.entry("http.proxyPort", "3128"),
            Map.entry("https.proxyHost", "proxy.example"),
            Map.entry("https.proxyPort", "3128"),
            Map.entry("http.proxyUser", "me"),
            Map.entry("http.proxyPassword", "p@ss+1"),
            Map.entry(
                "http.nonProxyHosts",
                "localhost|127.*|[::1]|corp.example|*.corp.example|10.0.0.1|*.10.0.0.1"));
  }

  @Test
  void what_the_jvm_was_told_stays_and_is_told_to_both() {
    properties.setProperty("https.proxyHost", "jvm.example");
    properties.setProperty("https.proxyPort", "1");
    properties.setProperty("http.nonProxyHosts", "mine");
    assertThat(applied(Map.of("https_proxy", "http://env.example:2")))
        .containsOnly(
            Map.entry("http.proxyHost", "jvm.example"),
            Map.entry("http.proxyPort", "1"),
            Map.entry("https.proxyHost", "jvm.example"),
            Map.entry("https.proxyPort", "1"),
            Map.entry("http.nonProxyHosts", "mine"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:secret@", "socks5://me:secret@a", "http://me:secret@a b"})
  void a_variable_that_names_no_proxy_is_refused_without_its_password(String value) {
    assertThatThrownBy(() -> applied(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("HTTPS_PROXY: must be")
        .hasMessageNotContaining("secret");
  }
}
