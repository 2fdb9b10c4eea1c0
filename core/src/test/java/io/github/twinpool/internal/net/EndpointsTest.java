package io.github.twinpool.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kms.us-east-1.amazonaws.com",
        "https://10.0.0.1/path?query",
        "https://0.0.0.0",
        "http://localhost",
        "HTTP://LocalHost:4566/path",
        "http://127.0.0.1:1",
        "http://127.255.255.255",
        "http://[::1]:8080/",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void https_anywhere_and_http_to_this_machine_are_safe(String address) {
    assertThat(Endpoints.objection(URI.create(address))).isNull();
    assertThat(Endpoints.isSafe(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://kms.us-east-1.amazonaws.com",
        "http://localhost.evil.example",
        "http://evil.localhost",
        "http://localhost.",
        "http://localhost@evil.example",
        "http://me:secret@localhost",
        "https://me:secret@kms.us-east-1.amazonaws.com",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://128.0.0.1",
        "http://127.1",
        "http://127.0.0.256",
        "http://127.0.0.01",
        "http://0177.0.0.1",
        "http://0x7f.0.0.1",
        "http://2130706433",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]",
        "http://[::127.0.0.1]",
        "http://[::]",
        "http://[::1%25lo]",
        "http://[fe80::1]",
        "ftp://127.0.0.1",
        "ws://localhost",
        "http://localhost%2eevil.example",
        "http://127.0.0.1%2f@evil.example",
        "http://\uff4cocalhost",
        "http://loca\u017fhost",
        "http://\u0661\u0662\u0667.0.0.1",
        "http://127\u30020.0.1",
        "http://ⓛocalhost",
        "http://localhost,evil.example",
        "http://localhost:80:80",
        "http://127.0.0.1.",
        "http://127.0.0.1:80@evil.example",
        "http://@localhost",
        "http://localhost:evil.example",
        "https:///kms",
        "HTTPS:kms.us-east-1.amazonaws.com",
        "jar:https://kms.us-east-1.amazonaws.com!/",
        "file://localhost/etc/passwd",
        "httpx://localhost",
        "//localhost",
        "http:localhost",
        "localhost:80",
        "/path"
      })
  void plain_http_to_anything_else_a_user_and_no_host_are_refused(String address) {
    URI uri = URI.create(address);
    assertThat(Endpoints.isSafe(uri)).isFalse();
    assertThat(Endpoints.objection(uri)).isNotNull().doesNotContain("secret", "localhost@");
    assertThat(Endpoints.objectionToHost(uri)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example/b", "https://a.example?b", "https://a.example/#b"})
  void a_host_has_no_path_query_or_fragment(String address) {
    assertThat(Endpoints.objectionToHost(URI.create(address))).contains("no path");
    assertThat(Endpoints.objectionToHost(URI.create("https://a.example/"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:secret@a.example/p?X-Amz-Signature=secret#f"})
  void what_is_shown_has_no_user_and_no_query(String address) {
    assertThat(Endpoints.shown(URI.create(address))).isEqualTo("http://a.example/p?…#f");
  }
}
