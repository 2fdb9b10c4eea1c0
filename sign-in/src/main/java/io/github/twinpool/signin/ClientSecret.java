package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The app client's secret, asked for with each request, so that it can rotate. */
final class ClientSecret {
  private final String clientId;
  private final @Nullable Supplier<String> supplier;

  ClientSecret(String clientId, @Nullable Supplier<String> supplier) {
    this.clientId = clientId;
    this.supplier = supplier;
  }

  /** The secret itself; empty for a public client. */
  Optional<String> value() {
    if (supplier == null) {
      return Optional.empty();
    }
    String secret = supplied(supplier);
    if (secret == null || secret.isEmpty()) {
      throw new ClientSecretUnavailableException("clientSecret: the supplier gave none", null);
    }
    return Optional.of(secret);
  }

  /**
   * What the application's supplier gives.
   *
   * @throws ClientSecretUnavailableException for all that it throws, so that it cannot be taken for
   *     an answer of Cognito's or a failure of a Region
   */
  static <T> T supplied(Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (Throwable e) {
      throw new ClientSecretUnavailableException("clientSecret: the supplier failed", e);
    }
  }

  /** SECRET_HASH: Base64(HMAC-SHA256(secret, username + client ID)). */
  Optional<String> hash(String username) {
    return value().map(secret -> hash(secret, username));
  }

  private String hash(String secret, String username) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((username + clientId).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "ClientSecret[…]";
  }
}
