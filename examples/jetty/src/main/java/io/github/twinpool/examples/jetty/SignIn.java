package io.github.twinpool.examples.jetty;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Gets an access token from one Region of the emulator. An application would use {@code
 * twinpool-failover}, and would not have to say which Region.
 */
final class SignIn {
  private SignIn() {}

  static String at(CognitoEmulator emulator, RegionRole role, String user, String password)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> request =
        Map.of(
            "AuthFlow", "USER_PASSWORD_AUTH",
            "ClientId", emulator.clientId(),
            "AuthParameters", Map.of("USERNAME", user, "PASSWORD", password));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(emulator.region(role).endpoint())
                    .header("Content-Type", "application/x-amz-json-1.1")
                    .header("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(request)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("sign-in at " + role + " answered " + answer.statusCode());
    }
    return json.readTree(answer.body()).at("/AuthenticationResult/AccessToken").asText();
  }
}
