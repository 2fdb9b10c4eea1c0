package io.github.twinpool.emulator;

/**
 * What AWS has not published and the emulator had to assume, each switchable.
 *
 * @param secondaryRevocationsReachPrimary default false
 * @param rotationStateShared default false: each Region knows its own uses of rotating tokens
 * @param pageTokensPortable default false: a page token is good in the Region that issued it
 */
record Assumptions(
    boolean secondaryRevocationsReachPrimary,
    boolean rotationStateShared,
    boolean pageTokensPortable) {
  static final Assumptions DEFAULT = new Assumptions(false, false, false);

  Assumptions withSecondaryRevocationsReachPrimary(boolean reach) {
    return new Assumptions(reach, rotationStateShared, pageTokensPortable);
  }

  Assumptions withRotationStateShared(boolean shared) {
    return new Assumptions(secondaryRevocationsReachPrimary, shared, pageTokensPortable);
  }

  Assumptions withPageTokensPortable(boolean portable) {
    return new Assumptions(secondaryRevocationsReachPrimary, rotationStateShared, portable);
  }
}
