package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.internal.versions.RequiredLibrary;
import java.util.List;

/**
 * What this module uses of its libraries that older versions lack (tried: AWS SDK 2.29.52 fails at
 * the first call, 2.31.78 works; resilience4j before 2.3.0 fails). Names classes as text: a class
 * that is missing must not keep this one from being loaded.
 */
public final class RequiredLibraries {
  private static final String SDK = "software.amazon.awssdk.";
  private static final String COGNITO = SDK + "services.cognitoidentityprovider.";
  private static final String RESILIENCE = "io.github.resilience4j.";

  private RequiredLibraries() {}

  /**
   * Checks what the class path holds.
   *
   * @throws io.github.twinpool.IncompatibleLibraryException if a library is missing or too old
   */
  public static void check(ClassLoader loader) {
    new RequiredLibrary(
            "software.amazon.awssdk:cognitoidentityprovider",
            "2.31.78",
            List.of(
                COGNITO + "model.GetTokensFromRefreshTokenRequest",
                COGNITO + "CognitoIdentityProviderClient#getTokensFromRefreshToken",
                COGNITO + "model.AdminInitiateAuthRequest#session"))
        .check(loader, COGNITO + "CognitoIdentityProviderClient");
    new RequiredLibrary(
            "software.amazon.awssdk:apache5-client",
            "2.31.78",
            List.of(SDK + "http.apache5.Apache5HttpClient"))
        .check(loader, SDK + "http.apache5.Apache5HttpClient");
    new RequiredLibrary(
            "io.github.resilience4j:resilience4j-circuitbreaker",
            "2.3.0",
            List.of(RESILIENCE + "circuitbreaker.CircuitBreakerConfig$Builder#clock"))
        .check(loader, RESILIENCE + "circuitbreaker.CircuitBreaker");
    new RequiredLibrary(
            "io.github.resilience4j:resilience4j-retry",
            "2.3.0",
            List.of(RESILIENCE + "retry.Retry#decorateCompletionStage"))
        .check(loader, RESILIENCE + "retry.Retry");
  }
}
