package io.github.twinpool.examples.bad.servlet;

import io.github.twinpool.examples.bad.emulator.Programs;

public interface NeedsTheEmulator {
  Programs emulator();
}
