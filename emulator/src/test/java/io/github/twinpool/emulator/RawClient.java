package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Sends what an AWS SDK never would. */
final class RawClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;

  RawClient() {
    http = HttpClient.newHttpClient();
  }

  /** Trusts what this context does. */
  RawClient(SSLContext tls) {
    http = HttpClient.newBuilder().sslContext(tls).build();
  }

  /** An answer with its parts at hand. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String type() {
      return json().path("__type").asText();
    }

    String message() {
      return json().path("message").asText();
    }
  }

  Answer call(URI endpoint, String operation, String body) {
    return send(request(endpoint, operation, body).build());
  }

  Answer signedCall(URI endpoint, String region, String operation, String body) {
    return send(
        request(endpoint, operation, body).header("Authorization", signature(region)).build());
  }

  Answer get(URI uri) {
    return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build());
  }

  static HttpRequest.Builder request(URI endpoint, String operation, String body) {
    return HttpRequest.newBuilder(endpoint.resolve("/"))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/x-amz-json-1.1")
        .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
        .POST(BodyPublishers.ofString(body));
  }

  static String signature(String region) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/"
        + region
        + "/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef";
  }

  Answer send(HttpRequest request) {
    try {
      return new Answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
