package io.github.twinpool.houserules.bad.servlet;

import io.github.twinpool.houserules.bad.emulator.Programs;

public interface NeedsTheEmulator {
  Programs emulator();
}
