package io.github.twinpool.emulator;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What lost packets cost, above TCP: nothing is lost on loopback, but bytes wait for as long as
 * Linux would take to send them again. The times are Linux's ({@code TCP_RTO_MIN}, {@code
 * TCP_TIMEOUT_INIT} and {@code TCP_RTO_MAX} of its {@code include/net/tcp.h}). Only one thread uses
 * it.
 */
final class PacketLoss {
  /** What an Ethernet packet carries. */
  static final int SEGMENT = 1_460;

  private static final long RETRANSMISSION = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long HANDSHAKE_RETRANSMISSION = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(120);

  /** By then TCP gives the connection up, and its clients have done so long before. */
  private static final int RETRANSMISSIONS = 15;

  private final double share;
  private final RandomGenerator random;

  /**
   * Loses packets.
   *
   * @param share of all packets, from 0 to 1
   */
  PacketLoss(double share, RandomGenerator random) {
    this.share = share;
    this.random = random;
  }

  /** No loss. */
  static PacketLoss none() {
    return new PacketLoss(0, new Random(0));
  }

  /** How many nanoseconds a connect takes longer, for its packet there and the one back. */
  long ofHandshake() {
    return waitAfter(losses(), HANDSHAKE_RETRANSMISSION)
        + waitAfter(losses(), HANDSHAKE_RETRANSMISSION);
  }

  /**
   * How many nanoseconds bytes arrive later that are sent at once. A first loss before the last
   * packet costs nothing, since the packets after it tell the sender at once.
   */
  long of(int bytes) {
    long waited = 0;
    for (int left = bytes; left > 0; left -= SEGMENT) {
      int losses = losses();
      boolean noticed = losses > 0 && left > SEGMENT;
      waited = Math.max(waited, waitAfter(noticed ? losses - 1 : losses, RETRANSMISSION));
    }
    return waited;
  }

  private int losses() {
    int losses = 0;
    while (share > 0 && losses < RETRANSMISSIONS && random.nextDouble() < share) {
      losses++;
    }
    return losses;
  }

  private static long waitAfter(int losses, long first) {
    long waited = 0;
    long next = first;
    for (int i = 0; i < losses; i++) {
      waited += next;
      next = Math.min(2 * next, LONGEST_WAIT);
    }
    return waited;
  }
}
