package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The secrets of an app client: none, one, or two while one replaces the other. Immutable. */
record ClientSecrets(List<Secret> active) {
  static final ClientSecrets NONE = new ClientSecrets(List.of());
  private static final int MOST = 2;

  /**
   * One secret.
   *
   * @param id {@code <client-id>--<epoch-create-time>}
   */
  record Secret(String id, String value, Instant created) {
    ObjectNode describe() {
      return WireJson.object()
          .put("ClientSecretId", id)
          .put("ClientSecretCreateDate", WireJson.seconds(created));
    }

    @Override
    public String toString() {
      return "Secret[" + id + "]";
    }
  }

  ClientSecrets {
    active = List.copyOf(active);
  }

  boolean isEmpty() {
    return active.isEmpty();
  }

  Secret last() {
    return active.get(active.size() - 1);
  }

  /** The secret that the client began with, as CreateUserPoolClient shows it. */
  Optional<String> first() {
    return active.stream().findFirst().map(Secret::value);
  }

  /**
   * These and another.
   *
   * @throws WireError a LimitExceededException
   */
  ClientSecrets with(String clientId, String value, Instant now) {
    if (active.size() >= MOST) {
      throw WireError.limitExceeded("An app client can have at most 2 secrets.");
    }
    long time = now.toEpochMilli();
    while (has(id(clientId, time))) {
      time++;
    }
    List<Secret> more = new ArrayList<>(active);
    more.add(new Secret(id(clientId, time), value, now));
    return new ClientSecrets(more);
  }

  private static String id(String clientId, long time) {
    return clientId + "--" + time;
  }

  private boolean has(String id) {
    return active.stream().anyMatch(secret -> secret.id().equals(id));
  }

  /**
   * These but one.
   *
   * @throws WireError a ResourceNotFoundException; an InvalidParameterException for the last one
   */
  ClientSecrets without(String id) {
    if (!has(id)) {
      throw WireError.of("ResourceNotFoundException", "Client secret " + id + " does not exist.");
    }
    if (active.size() == 1) {
      throw WireError.invalidParameter("The last secret of an app client cannot be deleted.");
    }
    return new ClientSecrets(active.stream().filter(secret -> !secret.id().equals(id)).toList());
  }

  /** Whether a client without secrets sent none, or one with secrets one of them. */
  boolean accept(Optional<String> claimed) {
    byte[] sent = bytes(claimed.orElse(""));
    boolean known = active.isEmpty();
    for (Secret secret : active) {
      known |= MessageDigest.isEqual(bytes(secret.value), sent);
    }
    return known;
  }

  /** Whether this is the SECRET_HASH of a user with one of the secrets. */
  boolean acceptHash(String clientId, String username, String claimed) {
    boolean known = false;
    for (Secret secret : active) {
      byte[] hash = Hmac.sha256(bytes(secret.value), bytes(username + clientId));
      known |= MessageDigest.isEqual(Base64.getEncoder().encode(hash), bytes(claimed));
    }
    return known;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
