package io.github.twinpool.emulator;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;

/**
 * The host of the UPDATED issuers, {@code issuer-cognito-idp.{primary}.amazonaws.com}. It answers
 * 403 for a pool that has not switched to UPDATED (seen: aws-jwt-verify issue 279).
 */
final class IssuerService implements EmulatorHttpServer.Handler {
  private final EmulatedCognito cognito;

  IssuerService(EmulatedCognito cognito) {
    this.cognito = cognito;
  }

  @Override
  public Reply forOrigin(ReceivedRequest request, Reply reply) {
    return Cors.ofRegion(request, reply);
  }

  @Override
  public Reply handle(ReceivedRequest request) {
    String requestId = cognito.names().uuid();
    if (Cors.isPreflight(request)) {
      return WireReply.with(requestId, Cors.preflight(request));
    }
    try {
      if (!request.method().equals("GET")) {
        throw WireError.forbidden("Forbidden");
      }
      WellKnown.Document document = WellKnown.Document.at(request.path());
      Pool pool =
          cognito
              .pool(document.poolId())
              .filter(
                  found -> found.settings(RegionRole.PRIMARY).issuerType() == IssuerType.UPDATED)
              .orElseThrow(() -> WireError.forbidden("Forbidden"));
      return WireReply.document(
          requestId,
          WellKnown.answer(document, pool, pool.issuer(RegionRole.PRIMARY), cognito.domain(pool)));
    } catch (WireError error) {
      return WireReply.error(requestId, error);
    }
  }

  /**
   * Whether a Region that suffers this still serves keys. The UPDATED issuer's host answers as long
   * as one Region does.
   */
  static boolean keysAreServed(Outage outage) {
    return switch (outage.kind()) {
      case NONE, LATENCY, REQUEST_LATENCY, PACKET_LOSS, SIGN_IN_PLANE_HANG -> true;
      default -> false;
    };
  }
}
