package io.github.twinpool.houserules.bad;

import org.slf4j.Logger;

/** Core, with a dependency. */
public interface NeedsALogger {
  Logger logger();
}
