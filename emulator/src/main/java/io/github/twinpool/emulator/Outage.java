package io.github.twinpool.emulator;

import io.github.twinpool.emulator.NetworkGate.Mode;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a Region of the emulator. An outage is switched on and off while clients talk
 * to the Region, and hits API calls (every {@code POST}) and fetches of the keys and of the
 * discovery document (everything else) alike, unless it says otherwise. Immutable.
 *
 * <table>
 * <caption>What a client sees</caption>
 * <tr><th>outage</th><th>new connections</th><th>open connections, and calls in flight</th></tr>
 * <tr><td>{@link #none()}</td><td>answers</td><td>answers</td></tr>
 * <tr><td>{@link #refused()}</td><td>"connection refused" at once</td><td>reset at once</td></tr>
 * <tr><td>{@link #blackhole()}</td><td>connect time-out</td><td>read time-out</td></tr>
 * <tr><td>{@link #hang()}</td><td>connect, then read time-out</td><td>read time-out</td></tr>
 * <tr><td>{@link #reset()}</td><td>connect, then a reset for the request</td>
 *   <td>reset with the next request; in flight, at once</td></tr>
 * <tr><td>{@link #internalErrors()}</td><td colspan="2">status 500, InternalErrorException, at
 *   once</td></tr>
 * <tr><td>{@link #serviceUnavailable()}</td><td colspan="2">status 503 with the HTML page of a load
 *   balancer, no error code</td></tr>
 * <tr><td>{@link #throttling()}</td><td colspan="2">status 400, TooManyRequestsException "Rate
 *   exceeded"</td></tr>
 * <tr><td>{@link #latency(Duration)}</td><td colspan="2">the right answer, later</td></tr>
 * <tr><td>{@link #errorRate(double, long)}</td><td colspan="2">the right answer, or, for a share of
 *   the requests, what internalErrors() gives</td></tr>
 * <tr><td>{@link #drippingBody(Duration)}</td><td colspan="2">status and header at once, then the
 *   body byte by byte: no read time-out, only a limit for the whole call ends it</td></tr>
 * <tr><td>{@link #signInPlaneHang()}</td><td colspan="2">API calls: read time-out, not processed;
 *   keys and discovery: the right answer</td></tr>
 * <tr><td>{@link #answerLost()}</td><td colspan="2">read time-out, although the request was
 *   processed</td></tr>
 * <tr><td>{@link #answerReset()}</td><td colspan="2">a reset in place of the answer, although the
 *   request was processed</td></tr>
 * </table>
 *
 * <p>A request that was swallowed gets no late answer: when the outage ends, its connection is
 * reset. Connections that were idle all the while work again.
 */
public final class Outage {
  enum Kind {
    NONE(Mode.OPEN),
    REFUSED(Mode.REFUSED),
    BLACKHOLE(Mode.BLACKHOLE),
    HANG(Mode.HANG),
    RESET(Mode.RESET),
    INTERNAL_ERRORS(Mode.OPEN),
    SERVICE_UNAVAILABLE(Mode.OPEN),
    THROTTLING(Mode.OPEN),
    LATENCY(Mode.OPEN),
    ERROR_RATE(Mode.OPEN),
    DRIPPING_BODY(Mode.OPEN),
    SIGN_IN_PLANE_HANG(Mode.HOLDING),
    ANSWER_LOST(Mode.HOLDING),
    ANSWER_RESET(Mode.OPEN);

    private final Mode gateMode;

    Kind(Mode gateMode) {
      this.gateMode = gateMode;
    }
  }

  private static final Duration LONGEST = Duration.ofHours(1);

  private final Kind kind;
  private final Duration duration;
  private final double share;
  private final long seed;

  private Outage(Kind kind, Duration duration, double share, long seed) {
    this.kind = kind;
    this.duration = duration;
    this.share = share;
    this.seed = seed;
  }

  private Outage(Kind kind) {
    this(kind, Duration.ZERO, 0, 0);
  }

  /** The Region is well. */
  public static Outage none() {
    return new Outage(Kind.NONE);
  }

  /**
   * Nobody listens: connects are refused at once, open connections are reset. A client fails fast,
   * and no request was sent.
   */
  public static Outage refused() {
    return new Outage(Kind.REFUSED);
  }

  /**
   * Packets get lost: a connect is never answered and ends with the client's connect time-out, a
   * request on an open connection with its read time-out. On systems other than Linux this may be
   * the same as {@link #hang()}.
   */
  public static Outage blackhole() {
    return new Outage(Kind.BLACKHOLE);
  }

  /**
   * The service is stuck: connects succeed, requests are swallowed without being processed, and a
   * client waits for its read time-out.
   */
  public static Outage hang() {
    return new Outage(Kind.HANG);
  }

  /** Connects succeed, and the first byte of a request is answered with a reset, unprocessed. */
  public static Outage reset() {
    return new Outage(Kind.RESET);
  }

  /**
   * Each request is answered at once with status 500 and InternalErrorException, unprocessed. So
   * the outage of us-east-1 in October 2025 showed itself.
   */
  public static Outage internalErrors() {
    return new Outage(Kind.INTERNAL_ERRORS);
  }

  /**
   * A load balancer answers each request with status 503 and a page of HTML. The AWS SDK makes a
   * service exception without an error code of it.
   */
  public static Outage serviceUnavailable() {
    return new Outage(Kind.SERVICE_UNAVAILABLE);
  }

  /**
   * Each request gets status 400, TooManyRequestsException: the Region is alive and says no. At a
   * domain it is status 429.
   */
  public static Outage throttling() {
    return new Outage(Kind.THROTTLING);
  }

  /**
   * Each answer takes longer by this much.
   *
   * @param added from zero to one hour
   */
  public static Outage latency(Duration added) {
    return new Outage(Kind.LATENCY, checked("added", added), 0, 0);
  }

  /**
   * A share of the requests is answered as with {@link #internalErrors()}, the others are
   * processed.
   *
   * @param share from 0 for none to 1 for all
   * @param seed the same seed chooses the same requests, by the order in which they come, each time
   *     that the outage is switched on
   */
  public static Outage errorRate(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " is not from 0 to 1");
    }
    return new Outage(Kind.ERROR_RATE, Duration.ZERO, share, seed);
  }

  /**
   * Requests are processed, and each answer's status and header come at once, but its body byte by
   * byte. When the outage ends, the rest follows at once.
   *
   * @param pause between two bytes, over zero, to one hour
   */
  public static Outage drippingBody(Duration pause) {
    if (pause.isZero()) {
      throw new IllegalArgumentException("pause: " + pause + " is not over 0");
    }
    return new Outage(Kind.DRIPPING_BODY, checked("pause", pause), 0, 0);
  }

  /**
   * API calls hang without being processed, but keys and discovery document are served: a health
   * check that looks at the keys sees nothing.
   */
  public static Outage signInPlaneHang() {
    return new Outage(Kind.SIGN_IN_PLANE_HANG);
  }

  /**
   * Requests are processed, and their answers get lost: a client waits for its read time-out and
   * cannot know whether its request took effect. It did.
   */
  public static Outage answerLost() {
    return new Outage(Kind.ANSWER_LOST);
  }

  /**
   * Requests are processed, and each connection is reset in place of the answer: a client knows at
   * once that there is no answer, and cannot know whether its request took effect. It did. With
   * {@link #reset()} it did not.
   */
  public static Outage answerReset() {
    return new Outage(Kind.ANSWER_RESET);
  }

  private static Duration checked(String field, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is not from 0 to " + LONGEST);
    }
    return value;
  }

  Kind kind() {
    return kind;
  }

  Mode gateMode() {
    return kind.gateMode;
  }

  Duration addedLatency() {
    return kind == Kind.LATENCY ? duration : Duration.ZERO;
  }

  Duration bytePause() {
    return kind == Kind.DRIPPING_BODY ? duration : Duration.ZERO;
  }

  double share() {
    return share;
  }

  long seed() {
    return seed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Outage that
        && kind == that.kind
        && duration.equals(that.duration)
        && Double.compare(share, that.share) == 0
        && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, duration, share, seed);
  }

  /** Its name and its numbers, as in {@code latency PT4S}. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (kind) {
      case LATENCY, DRIPPING_BODY -> name + " " + duration;
      case ERROR_RATE -> name + " " + share + " with seed " + seed;
      default -> name;
    };
  }
}
