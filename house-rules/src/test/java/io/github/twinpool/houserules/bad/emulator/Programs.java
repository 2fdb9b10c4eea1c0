package io.github.twinpool.houserules.bad.emulator;

/** Good: a program is where real time comes in. */
public final class Programs {
  private Programs() {}

  public static void main(String[] args) {
    System.out.println(System.nanoTime() + Clock.now());
  }

  static final class Clock {
    private Clock() {}

    static long now() {
      return System.currentTimeMillis();
    }
  }
}
