package io.github.twinpool.emulator;

import io.github.twinpool.emulator.NetworkGate.Mode;
import io.github.twinpool.emulator.OutageKind.Parameter;
import io.github.twinpool.emulator.internal.dns.NameServer;
import io.github.twinpool.emulator.internal.tls.ServerCertificates.Shown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * <tr><td>{@link #requestLatency(Duration)}</td><td colspan="2">the right answer, later; the
 *   request is processed later, too</td></tr>
 * <tr><td>{@link #packetLoss(double, long)}</td><td colspan="2">the right answer, often after the
 *   waits of TCP's retransmissions</td></tr>
 * <tr><td>{@link #proxyPage(int)}</td><td colspan="2">the status with the HTML page of a proxy, no
 *   error code</td></tr>
 * <tr><td>{@link #wrongCertificateName()}, {@link #untrustedCertificate()}</td><td>a failed TLS
 *   handshake</td><td>reset at once</td></tr>
 * <tr><td>{@link #dnsSilent()}, {@link #dnsUnknownName()}, {@link #dnsServerFailure()}</td><td>an
 *   unknown host</td><td>answers</td></tr>
 * </table>
 *
 * <p>A request that was swallowed gets no late answer: when the outage ends, its connection is
 * reset. Connections that were idle all the while work again.
 */
public final class Outage {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  private final OutageKind kind;
  private final Duration duration;
  private final double share;
  private final long seed;
  private final int status;

  private Outage(OutageKind kind, Duration duration, double share, long seed, int status) {
    this.kind = kind;
    this.duration = duration;
    this.share = share;
    this.seed = seed;
    this.status = status;
  }

  private Outage(OutageKind kind) {
    this(kind, Duration.ZERO, 0, 0, 0);
  }

  private Outage(OutageKind kind, Duration duration) {
    this(kind, duration, 0, 0, 0);
  }

  /** The Region is well. */
  public static Outage none() {
    return new Outage(OutageKind.NONE);
  }

  /**
   * Nobody listens: connects are refused at once, open connections are reset. A client fails fast,
   * and no request was sent.
   */
  public static Outage refused() {
    return new Outage(OutageKind.REFUSED);
  }

  /**
   * Packets get lost: a connect is never answered and ends with the client's connect time-out, a
   * request on an open connection with its read time-out. On systems other than Linux this may be
   * the same as {@link #hang()}.
   */
  public static Outage blackhole() {
    return new Outage(OutageKind.BLACKHOLE);
  }

  /**
   * The service is stuck: connects succeed, requests are swallowed without being processed, and a
   * client waits for its read time-out.
   */
  public static Outage hang() {
    return new Outage(OutageKind.HANG);
  }

  /** Connects succeed, and the first byte of a request is answered with a reset, unprocessed. */
  public static Outage reset() {
    return new Outage(OutageKind.RESET);
  }

  /**
   * Each request is answered at once with status 500 and InternalErrorException, unprocessed. So
   * the outage of us-east-1 in October 2025 showed itself.
   */
  public static Outage internalErrors() {
    return new Outage(OutageKind.INTERNAL_ERRORS);
  }

  /**
   * A load balancer answers each request with status 503 and a page of HTML. The AWS SDK makes a
   * service exception without an error code of it.
   */
  public static Outage serviceUnavailable() {
    return new Outage(OutageKind.SERVICE_UNAVAILABLE);
  }

  /**
   * Something between the client and the service answers each request, with a page of HTML: a
   * proxy's 502 or 504, a firewall's 403, a captive portal's 302 to its sign-in, or the portal
   * itself with 200. No answer has an error of Cognito's. The AWS SDK makes a service exception
   * without an error code of it, and cannot read a 200.
   *
   * @param status from 200 to 599, and one that has a body
   */
  public static Outage proxyPage(int status) {
    if (status < 200 || status > 599 || WITHOUT_BODY.contains(status)) {
      throw new IllegalArgumentException(
          "status: " + status + " is not from 200 to 599, or has no body");
    }
    return new Outage(OutageKind.PROXY_PAGE, Duration.ZERO, 0, 0, status);
  }

  /**
   * The server shows a certificate of the right issuer for another name; open connections are
   * reset. Only with {@link CognitoEmulator.Builder#https(boolean)}.
   */
  public static Outage wrongCertificateName() {
    return new Outage(OutageKind.WRONG_CERTIFICATE_NAME);
  }

  /**
   * The server shows a certificate for the right name of an issuer that clients don't trust; open
   * connections are reset. Only with {@link CognitoEmulator.Builder#https(boolean)}.
   */
  public static Outage untrustedCertificate() {
    return new Outage(OutageKind.UNTRUSTED_CERTIFICATE);
  }

  /**
   * DNS does not answer questions about this Region's names. Open connections go on, and so do
   * clients that know the addresses. Seen by those who ask {@link CognitoEmulator#dns()}, and only
   * with {@link CognitoEmulator.Builder#https(boolean)}.
   */
  public static Outage dnsSilent() {
    return new Outage(OutageKind.DNS_SILENT);
  }

  /** As {@link #dnsSilent()}, but DNS says at once that there are no such names: NXDOMAIN. */
  public static Outage dnsUnknownName() {
    return new Outage(OutageKind.DNS_UNKNOWN_NAME);
  }

  /** As {@link #dnsSilent()}, but DNS says at once that it failed: SERVFAIL. */
  public static Outage dnsServerFailure() {
    return new Outage(OutageKind.DNS_SERVER_FAILURE);
  }

  /**
   * Each request gets status 400, TooManyRequestsException: the Region is alive and says no. At a
   * domain it is status 429.
   */
  public static Outage throttling() {
    return new Outage(OutageKind.THROTTLING);
  }

  /**
   * Each answer takes longer by this much; its request is processed at once.
   *
   * @param added from zero to one hour
   */
  public static Outage latency(Duration added) {
    return new Outage(OutageKind.LATENCY, checked("added", added));
  }

  /**
   * Each request takes longer by this much until it reaches the service, and its answer comes at
   * once. The request of a client that gives up meanwhile is processed all the same, as on a slow
   * network: the client has its time-out, and the request takes effect later.
   *
   * @param added from zero to one hour
   */
  public static Outage requestLatency(Duration added) {
    return new Outage(OutageKind.REQUEST_LATENCY, checked("added", added));
  }

  /**
   * What a client sees while the network loses packets, in both directions: single requests and
   * answers that wait for 0.2 s, 0.6 s, 1.4 s and more, and connections whose first answer waits
   * for 1 s, 3 s and more. With 30 %, half of all exchanges on an open connection wait.
   *
   * <p>It is emulated above TCP. No packet is lost on loopback, so the emulator keeps bytes back
   * for as long as Linux would take to send them again: 200 ms after the last packet of a flight, 1
   * s after one of the handshake, and twice that after each further loss, up to 120 s. A packet
   * with others behind it is repaired at once. A connect itself cannot be kept back, and never
   * fails: what it would have waited comes before the connection's first answer, so that a client's
   * connect time-out is not met.
   *
   * @param share of all packets, from 0 to 1
   * @param seed the same seed loses the same packets, by the order in which they come, each time
   *     that the outage is switched on
   */
  public static Outage packetLoss(double share, long seed) {
    return new Outage(OutageKind.PACKET_LOSS, Duration.ZERO, checked(share), seed, 0);
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
    return new Outage(OutageKind.ERROR_RATE, Duration.ZERO, checked(share), seed, 0);
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
    return new Outage(OutageKind.DRIPPING_BODY, checked("pause", pause));
  }

  /**
   * API calls hang without being processed, but keys and discovery document are served: a health
   * check that looks at the keys sees nothing.
   */
  public static Outage signInPlaneHang() {
    return new Outage(OutageKind.SIGN_IN_PLANE_HANG);
  }

  /**
   * Requests are processed, and their answers get lost: a client waits for its read time-out and
   * cannot know whether its request took effect. It did.
   */
  public static Outage answerLost() {
    return new Outage(OutageKind.ANSWER_LOST);
  }

  /**
   * Requests are processed, and each connection is reset in place of the answer: a client knows at
   * once that there is no answer, and cannot know whether its request took effect. It did. With
   * {@link #reset()} it did not.
   */
  public static Outage answerReset() {
    return new Outage(OutageKind.ANSWER_RESET);
  }

  /**
   * The outage of this name, as programs in other languages ask for it.
   *
   * @param values of its parameters, by their names
   * @throws IllegalArgumentException if there is no such outage, or a value is missing, malformed,
   *     out of its bounds, or not one of this outage's
   */
  static Outage named(String name, Map<String, String> values) {
    OutageKind kind = OutageKind.named(name);
    List<String> known = kind.parameters().stream().map(Parameter::label).toList();
    for (String given : values.keySet()) {
      if (!known.contains(given)) {
        throw new IllegalArgumentException(given + ": '" + name + "' takes " + known);
      }
    }
    OutageValues given = new OutageValues(name, values);
    return switch (kind) {
      case LATENCY -> latency(given.duration());
      case REQUEST_LATENCY -> requestLatency(given.duration());
      case DRIPPING_BODY -> drippingBody(given.duration());
      case PACKET_LOSS -> packetLoss(given.share(), given.seed());
      case ERROR_RATE -> errorRate(given.share(), given.seed());
      case PROXY_PAGE -> proxyPage(given.status());
      default -> new Outage(kind);
    };
  }

  /** The values of its parameters, by their names: what makes the same outage again. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : kind.parameters()) {
      values.put(
          parameter.label(),
          switch (parameter) {
            case DURATION -> duration.toString();
            case SHARE -> String.valueOf(share);
            case SEED -> String.valueOf(seed);
            case STATUS -> String.valueOf(status);
          });
    }
    return values;
  }

  /**
   * Refuses an outage that a server cannot have.
   *
   * @throws IllegalStateException naming it and what is missing
   */
  void requireFor(boolean https) {
    if (kind.needsHttps() && !https) {
      throw new IllegalStateException(
          "outage '" + this + "': the emulator must be started with https(true)");
    }
    if (kind == OutageKind.DRIPPING_BODY && https) {
      throw new IllegalStateException(
          "outage '" + this + "': where a body begins cannot be seen with https(true)");
    }
  }

  private static double checked(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " is not from 0 to 1");
    }
    return share;
  }

  private static Duration checked(String field, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is not from 0 to " + LONGEST);
    }
    return value;
  }

  OutageKind kind() {
    return kind;
  }

  Mode gateMode() {
    return kind.gateMode();
  }

  Duration addedLatency() {
    return kind == OutageKind.LATENCY ? duration : Duration.ZERO;
  }

  Duration requestLatency() {
    return kind == OutageKind.REQUEST_LATENCY ? duration : Duration.ZERO;
  }

  /** The share of packets that get lost. */
  double packetLoss() {
    return kind == OutageKind.PACKET_LOSS ? share : 0;
  }

  int status() {
    return status;
  }

  Shown certificate() {
    return kind.certificate();
  }

  NameServer.Answer dns() {
    return kind.dns();
  }

  Duration bytePause() {
    return kind == OutageKind.DRIPPING_BODY ? duration : Duration.ZERO;
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
        && seed == that.seed
        && status == that.status;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, duration, share, seed, status);
  }

  /** Its name and its numbers, as in {@code latency PT4S}. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (kind) {
      case LATENCY, REQUEST_LATENCY, DRIPPING_BODY -> name + " " + duration;
      case ERROR_RATE, PACKET_LOSS -> name + " " + share + " with seed " + seed;
      case PROXY_PAGE -> name + " " + status;
      default -> name;
    };
  }
}
