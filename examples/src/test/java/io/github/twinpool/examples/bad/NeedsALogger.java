package io.github.twinpool.examples.bad;

import org.slf4j.Logger;

/** Core, with a dependency. */
public interface NeedsALogger {
  Logger logger();
}
