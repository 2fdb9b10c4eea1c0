package io.github.twinpool.signin;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps all that is logged in this JVM, each line once. */
public final class KeptLog extends AppenderBase<ILoggingEvent> {
  private static final Set<String> LINES = ConcurrentHashMap.newKeySet();

  @Override
  protected void append(ILoggingEvent event) {
    LINES.add(event.getLoggerName() + " " + event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      LINES.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  static Set<String> lines() {
    return Set.copyOf(LINES);
  }

  /** The lines that show one of the secrets. */
  static List<String> showing(Collection<String> secrets) {
    return lines().stream().filter(line -> secrets.stream().anyMatch(line::contains)).toList();
  }
}
