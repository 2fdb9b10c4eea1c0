package com.amazon.corretto.crypto.provider;

import java.security.Provider;

/**
 * Stands for the provider of this name, as a jar for another machine does: it is here and works
 * not. Counts how often a thread has looked for it.
 */
public final class AmazonCorrettoCryptoProvider extends Provider {
  private static final long serialVersionUID = 1L;
  private static final ThreadLocal<Integer> MADE = ThreadLocal.withInitial(() -> 0);

  public AmazonCorrettoCryptoProvider() {
    super("AmazonCorrettoCryptoProvider", "0", "without any algorithm");
    MADE.set(MADE.get() + 1);
  }

  /** By this thread. */
  public static int made() {
    return MADE.get();
  }
}
