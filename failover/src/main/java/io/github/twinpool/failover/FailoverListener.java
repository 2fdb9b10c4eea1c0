package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is told what the failover does. Each method takes one event object, which may gain fields.
 *
 * <p>Changes of state come from one thread of Twinpool's, in order, and never from a thread that
 * serves a request. A listener that falls behind by more than 4,096 of them misses some, which is
 * logged. Only {@link #onCall} is told where the call ends. An exception is logged and ignored.
 */
public interface FailoverListener {
  /** The mode has changed. */
  default void onTransition(Transition transition) {}

  /** The health of a Region has changed. */
  default void onHealthChange(HealthChange change) {}

  /**
   * A call has ended. Told on the thread on which it ends, and before its caller learns of it: a
   * listener that takes over 10 ms here holds up that call, which is logged once. After an attempt
   * with the state UNKNOWN, a sign-in that went on in the other Region may have run triggers, sent
   * a code or counted towards lockout twice.
   */
  default void onCall(CallReport report) {}

  /** A probe has ended. */
  default void onProbe(ProbeReport report) {}

  /**
   * A revocation could not be brought to the Region that had not answered it: there, the session
   * lives on.
   */
  default void onRevocationLost(LostRevocation lost) {}

  /** The health of a Region has changed. Immutable. */
  final class HealthChange {
    private final RegionRole role;
    private final RegionHealth from;
    private final RegionHealth to;
    private final String reason;

    /** Made by the routed client, and by applications in their tests. */
    public HealthChange(RegionRole role, RegionHealth from, RegionHealth to, String reason) {
      this.role = role;
      this.from = from;
      this.to = to;
      this.reason = reason;
    }

    /** The role of the Region. */
    public RegionRole role() {
      return role;
    }

    /** The health before. */
    public RegionHealth from() {
      return from;
    }

    /** The health now. */
    public RegionHealth to() {
      return to;
    }

    /** Why, in a few words, without secrets. */
    public String reason() {
      return reason;
    }

    @Override
    public String toString() {
      return role + " " + from + " -> " + to + ": " + reason;
    }
  }

  /** A probe has ended. Immutable. */
  final class ProbeReport {
    private final RegionRole role;
    private final String probe;
    private final boolean alive;

    /** Made by the routed client, and by applications in their tests. */
    public ProbeReport(RegionRole role, String probe, boolean alive) {
      this.role = role;
      this.probe = probe;
      this.alive = alive;
    }

    /** The role of the Region. */
    public RegionRole role() {
      return role;
    }

    /** What was asked: {@code JWKS} or {@code SIGN_IN_PLANE}. */
    public String probe() {
      return probe;
    }

    /** Whether the Region answered. */
    public boolean alive() {
      return alive;
    }

    @Override
    public String toString() {
      return role + " " + probe + (alive ? " alive" : " failed");
    }
  }

  /** A revocation that did not reach a Region. Immutable. */
  final class LostRevocation {
    private final @Nullable String originJti;

    /** Made by the routed client, and by applications in their tests. */
    public LostRevocation(@Nullable String originJti) {
      this.originJti = originJti;
    }

    /** The session, if it is known. */
    public Optional<String> originJti() {
      return Optional.ofNullable(originJti);
    }

    @Override
    public String toString() {
      return "LostRevocation[" + originJti().orElse("unknown session") + "]";
    }
  }
}
