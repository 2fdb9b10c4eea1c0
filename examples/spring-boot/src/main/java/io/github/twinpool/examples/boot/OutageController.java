package io.github.twinpool.examples.boot;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets one Region of the emulator hang, and recover. */
@RestController
@Profile("emulator")
class OutageController {
  private final CognitoEmulator emulator;

  OutageController(CognitoEmulator emulator) {
    this.emulator = emulator;
  }

  @PutMapping("/outage/{role}")
  void begin(@PathVariable RegionRole role) {
    emulator.region(role).outage(Outage.hang());
  }

  @DeleteMapping("/outage/{role}")
  void end(@PathVariable RegionRole role) {
    emulator.region(role).recover();
  }
}
