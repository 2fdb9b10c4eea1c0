package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How identity providers are asked while a browser waits. Its errors are the ones that the
 * developer guide lists for the authorize endpoint. Thread-safe.
 */
final class ProviderHttp {
  /** Ours: what the service waits is not published. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** More is cut off, and so no JSON. */
  private static final int BODY_MAX = 1 << 20;

  private static final int LONGEST_EXPLANATION = 200;

  private @Nullable HttpClient client;

  /** Made when it is first needed, since it has a thread and most emulators never federate. */
  private synchronized HttpClient client() {
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }
    return client;
  }

  /**
   * What a provider answers.
   *
   * @throws OAuthError invalid_request, if it answers no JSON object with status 200
   */
  ObjectNode json(HttpRequest.Builder request, IdentityProvider provider) {
    try {
      HttpResponse<InputStream> response = send(request);
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(BODY_MAX);
        if (response.statusCode() != 200) {
          throw FederationEnd.refused(
              provider.name() + " Error - " + response.statusCode() + " " + explanation(bytes));
        }
        return WireJson.read(bytes);
      }
    } catch (HttpTimeoutException e) {
      throw FederationEnd.refused("Timeout occurred in calling IdP token endpoint");
    } catch (IOException | WireError e) {
      throw FederationEnd.refused("Connection reset");
    }
  }

  /** A provider's own error, which the service passes on, or the service's. */
  private static String explanation(byte[] body) {
    try {
      ObjectNode error = WireJson.read(body);
      String text =
          (error.path("error").asText("") + " " + error.path("error_description").asText(""))
              .strip();
      if (!text.isEmpty()) {
        return text.substring(0, Math.min(text.length(), LONGEST_EXPLANATION));
      }
    } catch (WireError e) {
      return "error getting token";
    }
    return "error getting token";
  }

  /**
   * A document.
   *
   * @throws IOException if it cannot be had
   */
  byte[] document(URI address) throws IOException {
    HttpResponse<InputStream> response = send(HttpRequest.newBuilder(address));
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return body.readNBytes(BODY_MAX);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    try {
      return client().send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw OAuthError.invalidRequest();
    }
  }
}
