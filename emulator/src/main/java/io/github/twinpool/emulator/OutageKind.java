package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.OutageKind.Parameter.DURATION;
import static io.github.twinpool.emulator.OutageKind.Parameter.SEED;
import static io.github.twinpool.emulator.OutageKind.Parameter.SHARE;
import static io.github.twinpool.emulator.OutageKind.Parameter.STATUS;

import io.github.twinpool.emulator.NetworkGate.Mode;
import io.github.twinpool.emulator.internal.dns.NameServer;
import io.github.twinpool.emulator.internal.tls.ServerCertificates.Shown;
import java.util.List;
import java.util.Locale;

/** The kinds of outages, as programs and people name them, and what is known of each. */
@SuppressWarnings("ImmutableEnumChecker") // The list is a copy.
enum OutageKind {
  NONE(Mode.OPEN, "The right answer", "yes"),
  REFUSED(Mode.REFUSED, "Connection refused; open connections are reset", "no"),
  BLACKHOLE(Mode.BLACKHOLE, "Connect time-out; a read time-out on open connections", "no"),
  HANG(Mode.HANG, "Connect succeeds, then a read time-out", "no"),
  RESET(Mode.RESET, "Connect succeeds, then a reset in place of the answer", "no"),
  ANSWER_RESET(Mode.OPEN, "A reset in place of the answer", "yes"),
  ANSWER_LOST(Mode.HOLDING, "A read time-out", "yes"),
  SIGN_IN_PLANE_HANG(
      Mode.HOLDING, "API calls: a read time-out. Key set and discovery: the right answer", "no"),
  LATENCY(Mode.OPEN, "The right answer, later by the duration", "yes, at once", DURATION),
  REQUEST_LATENCY(
      Mode.OPEN,
      "The right answer, later by the duration",
      "yes, later, also if the client gave up",
      DURATION),
  PACKET_LOSS(
      Mode.OPEN,
      "The right answer, often after waits of 0.2 s, 0.6 s, 1 s and more",
      "yes",
      SHARE,
      SEED),
  DRIPPING_BODY(
      Mode.OPEN,
      "Status and header at once, then one byte of the body per duration",
      "yes",
      DURATION),
  INTERNAL_ERRORS(Mode.OPEN, "Status 500, `InternalErrorException`", "no"),
  ERROR_RATE(
      Mode.OPEN,
      "For a share of the requests what `internal-errors` gives",
      "the others",
      SHARE,
      SEED),
  THROTTLING(Mode.OPEN, "Status 400, `TooManyRequestsException`; at the domain status 429", "no"),
  SERVICE_UNAVAILABLE(Mode.OPEN, "Status 503 with HTML of a load balancer", "no"),
  PROXY_PAGE(
      Mode.OPEN, "The status (502, 504, 403, 302, 200 …) with HTML of a proxy", "no", STATUS),
  WRONG_CERTIFICATE_NAME(Mode.OPEN, "TLS: the certificate is for another name", "no"),
  UNTRUSTED_CERTIFICATE(Mode.OPEN, "TLS: the certificate's issuer is unknown", "no"),
  DNS_SILENT(Mode.OPEN, "DNS does not answer; open connections go on", "no"),
  DNS_UNKNOWN_NAME(
      Mode.OPEN, "DNS: there is no such name (NXDOMAIN); open connections go on", "no"),
  DNS_SERVER_FAILURE(Mode.OPEN, "DNS fails (SERVFAIL); open connections go on", "no");

  /** What an outage may have to be told. */
  enum Parameter {
    /** In the form of ISO 8601, such as PT2S. */
    DURATION,
    /** From 0 to 1. */
    SHARE,
    /** An integer; 1 if it is left out. */
    SEED,
    /** Of HTTP. */
    STATUS;

    /** In lower case. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Mode gateMode;
  private final String seen;
  private final String processed;
  private final List<Parameter> parameters;

  OutageKind(Mode gateMode, String seen, String processed, Parameter... parameters) {
    this.gateMode = gateMode;
    this.seen = seen;
    this.processed = processed;
    this.parameters = List.of(parameters);
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static OutageKind named(String label) {
    for (OutageKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("outage: there is no '" + label + "'");
  }

  /** In lower case and with hyphens, such as {@code sign-in-plane-hang}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Mode gateMode() {
    return gateMode;
  }

  /** What a client sees. */
  String seen() {
    return seen;
  }

  /** Whether requests are processed. */
  String processed() {
    return processed;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Shown certificate() {
    return switch (this) {
      case WRONG_CERTIFICATE_NAME -> Shown.WRONG_NAME;
      case UNTRUSTED_CERTIFICATE -> Shown.UNTRUSTED;
      default -> Shown.GOOD;
    };
  }

  NameServer.Answer dns() {
    return switch (this) {
      case DNS_SILENT -> NameServer.Answer.NONE;
      case DNS_UNKNOWN_NAME -> NameServer.Answer.NO_SUCH_NAME;
      case DNS_SERVER_FAILURE -> NameServer.Answer.SERVER_FAILURE;
      default -> NameServer.Answer.LOOPBACK;
    };
  }

  /** Whether it is one of names and certificates, which the emulator has by HTTPS only. */
  boolean needsHttps() {
    return certificate() != Shown.GOOD || dns() != NameServer.Answer.LOOPBACK;
  }
}
