package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that a pool has sent; nobody delivers them, a test reads them here. Of the codes
 * that confirm an account or an address, each user has one at a time. Thread-safe.
 */
final class Outbox {
  private static final int USERS = 100_000;
  private static final int MESSAGES = 100;
  private static final int ATTEMPTS = 5;
  private static final Duration VALIDITY = Duration.ofHours(1);

  private record Sent(String code, String attribute, Instant at, int wrongAttempts) {}

  private final SecureRandom random;
  private final Map<String, Sent> byUser = new BoundedMap<>(USERS);
  private final Map<String, Deque<SentMessage>> messages = new BoundedMap<>(USERS);

  Outbox(SecureRandom random) {
    this.random = random;
  }

  /** Sends a six-digit code; it replaces the one before. */
  synchronized void send(UserRecord user, CodeDelivery delivery, RegionRole by, Instant now) {
    String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
    byUser.put(user.username(), new Sent(code, delivery.attribute(), now, 0));
    String address = user.attribute(delivery.attribute());
    deliver(user.username(), new SentMessage(by, delivery.medium(), address, code, now));
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

  /** What was sent to a user last and has not been used. */
  synchronized Optional<String> last(String user) {
    return Optional.ofNullable(byUser.get(user)).map(Sent::code);
  }

  /**
   * Uses a code up.
   *
   * @throws WireError if it is wrong, too old, never sent, or wrong too often
   */
  synchronized void use(String user, String code, Instant now) {
    check(user, code, now);
    byUser.remove(user);
  }

  /**
   * Refuses what is not a user's code. A right one stays usable.
   *
   * @return the attribute that the code was sent to
   * @throws WireError if it is wrong, too old, never sent, or wrong too often
   */
  synchronized String check(String user, String code, Instant now) {
    Sent sent = byUser.get(user);
    if (sent == null || !now.isBefore(sent.at().plus(VALIDITY))) {
      throw WireError.of(
          "ExpiredCodeException", "Invalid code provided, please request a code again.");
    }
    if (sent.wrongAttempts() >= ATTEMPTS) {
      throw WireError.limitExceeded("Attempt limit exceeded, please try after some time.");
    }
    if (!sent.code().equals(code)) {
      byUser.put(
          user, new Sent(sent.code(), sent.attribute(), sent.at(), sent.wrongAttempts() + 1));
      throw mismatch();
    }
    return sent.attribute();
  }

  static WireError mismatch() {
    return WireError.of(
        "CodeMismatchException", "Invalid verification code provided, please try again.");
  }
}
