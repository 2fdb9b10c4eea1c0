package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that a pool has sent; nobody delivers them, a test reads them here. Of the codes
 * that a user sends back, each has one at a time for each purpose, and for each address that is to
 * be verified. Thread-safe.
 */
final class Outbox {
  private static final int USERS = 100_000;
  private static final int MESSAGES = 100;
  private static final int ATTEMPTS = 5;

  /**
   * What a code can be used for.
   *
   * @param attribute the address that it verifies, or the empty string
   */
  record Use(Purpose purpose, String attribute) {
    static final Use SIGN_UP = new Use(Purpose.SIGN_UP, "");
    static final Use PASSWORD_RESET = new Use(Purpose.PASSWORD_RESET, "");

    static Use verifying(String attribute) {
      return new Use(Purpose.ATTRIBUTE_VERIFICATION, attribute);
    }

    static Use of(Purpose purpose, CodeDelivery delivery) {
      return purpose == Purpose.ATTRIBUTE_VERIFICATION
          ? verifying(delivery.attribute())
          : new Use(purpose, "");
    }

    /** Source: Cognito developer guide, quotas. */
    Duration validity() {
      return purpose == Purpose.PASSWORD_RESET ? Duration.ofHours(1) : Duration.ofHours(24);
    }
  }

  /** Where a code was sent: email or phone_number, and what that was at the time. */
  record Destination(String attribute, String address) {}

  /** A code that waits to be used. */
  private record Sent(String code, Destination destination, Instant expires, int wrongAttempts) {
    Sent afterWrongAttempt() {
      return new Sent(code, destination, expires, wrongAttempts + 1);
    }
  }

  private final SecureRandom random;

  /** Of each user by what a code is for, the one sent last at the end. */
  private final Map<String, Map<Use, Sent>> codes = new BoundedMap<>(USERS);

  private final Map<String, Deque<SentMessage>> messages = new BoundedMap<>(USERS);

  Outbox(SecureRandom random) {
    this.random = random;
  }

  /** Sends a six-digit code; it replaces the one before that was for the same. */
  void send(Purpose purpose, UserRecord user, CodeDelivery delivery, RegionRole by, Instant now) {
    send(purpose, user, delivery, user.attribute(delivery.attribute()), by, now);
  }

  /** The same, to an address that the user does not have yet. */
  synchronized void send(
      Purpose purpose,
      UserRecord user,
      CodeDelivery delivery,
      String address,
      RegionRole by,
      Instant now) {
    String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
    Map<Use, Sent> ofUser = codes.computeIfAbsent(user.username(), name -> new LinkedHashMap<>());
    Use use = Use.of(purpose, delivery);
    ofUser.remove(use);
    Destination destination = new Destination(delivery.attribute(), address);
    ofUser.put(use, new Sent(code, destination, now.plus(use.validity()), 0));
    deliver(user.username(), new SentMessage(by, purpose, delivery.medium(), address, code, now));
  }

  /** Keeps a message; of each user the last {@value #MESSAGES}. */
  synchronized void deliver(String user, SentMessage message) {
    Deque<SentMessage> kept = messages.computeIfAbsent(user, unused -> new ArrayDeque<>());
    kept.addLast(message);
    if (kept.size() > MESSAGES) {
      kept.removeFirst();
    }
  }

  /** What was sent to a user, the newest last. */
  synchronized List<SentMessage> messages(String user) {
    Deque<SentMessage> kept = messages.get(user);
    return kept == null ? List.of() : List.copyOf(kept);
  }

  /** The code that was sent to a user last and has not been used. */
  synchronized Optional<String> last(String user) {
    return codes.getOrDefault(user, Map.of()).values().stream()
        .reduce((first, second) -> second)
        .map(Sent::code);
  }

  /** Where the code went that could verify an attribute now. */
  synchronized Optional<String> awaited(String user, String attribute, Instant now) {
    return Optional.ofNullable(codes.getOrDefault(user, Map.of()).get(Use.verifying(attribute)))
        .filter(sent -> now.isBefore(sent.expires()))
        .map(sent -> sent.destination().address());
  }

  /**
   * Uses a code up.
   *
   * @throws WireError if it is wrong, too old, never sent, or wrong too often
   */
  synchronized void use(Use use, String user, String code, Instant now) {
    check(use, user, code, now);
    codes.getOrDefault(user, Map.of()).remove(use);
  }

  /**
   * Refuses what is not a user's code. A right one stays usable.
   *
   * @return where it was sent to
   * @throws WireError if it is wrong, too old, never sent, or wrong too often
   */
  synchronized Destination check(Use use, String user, String code, Instant now) {
    Map<Use, Sent> ofUser = codes.getOrDefault(user, Map.of());
    Sent sent = ofUser.get(use);
    if (sent == null || !now.isBefore(sent.expires())) {
      throw expired();
    }
    if (sent.wrongAttempts() >= ATTEMPTS) {
      throw WireError.limitExceeded("Attempt limit exceeded, please try after some time.");
    }
    if (!sent.code().equals(code)) {
      ofUser.put(use, sent.afterWrongAttempt());
      throw mismatch();
    }
    return sent.destination();
  }

  static WireError mismatch() {
    return WireError.of(
        "CodeMismatchException", "Invalid verification code provided, please try again.");
  }

  /** What Cognito says of a code that is too old, was used, or was never sent. */
  static WireError expired() {
    return WireError.of(
        "ExpiredCodeException", "Invalid code provided, please request a code again.");
  }

  /** Forgets the codes and messages of a user who is deleted. */
  synchronized void forget(String user) {
    codes.remove(user);
    messages.remove(user);
  }
}
