package io.github.twinpool.houserules.bad.failover.internal.machine;

import io.github.twinpool.houserules.bad.failover.NeedsNimbus;
import java.net.Socket;

/** Bad: a machine with I/O and a thread. */
public interface Impure {
  NeedsNimbus door();

  default Socket socket() {
    Socket socket = null;
    if (property() != null) {
      socket = new Socket();
    }
    return socket;
  }

  default String property() {
    return System.getProperty("a");
  }

  default Thread thread() {
    return Thread.currentThread();
  }
}
