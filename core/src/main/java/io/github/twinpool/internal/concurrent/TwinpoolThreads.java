package io.github.twinpool.internal.concurrent;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the threads of all modules. A thread of ours serves many callers, and the call that happens
 * to start it must leave nothing in it for the next one. So a new thread inherits nothing of the
 * thread that starts it: no inheritable thread-locals (a tenant, a security context), no subject
 * (JAAS), no context class loader (which would keep a redeployed web application in memory), no
 * priority and no thread group. It is a daemon, has a name, and logs what it does not catch.
 * Thread-safe.
 */
public final class TwinpoolThreads {
  private static final Logger LOG = LoggerFactory.getLogger(TwinpoolThreads.class);

  private TwinpoolThreads() {}

  /**
   * Makes threads with the names {@code name-1}, {@code name-2}, and so on.
   *
   * @param name begins with {@code twinpool-} and says what the threads do
   */
  public static ThreadFactory factory(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> thread(name + "-" + count.incrementAndGet(), task);
  }

  /** One thread with exactly this name, not started yet. */
  @SuppressWarnings("ThreadPriorityCheck") // Not to be faster: so that none is inherited.
  public static Thread thread(String name, Runnable task) {
    Thread thread = withoutSubject(() -> new Thread(topGroup(), task, name, 0, false));
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(TwinpoolThreads.class.getClassLoader());
    thread.setUncaughtExceptionHandler(
        (it, error) -> LOG.error("The thread {} ended with an error", it.getName(), error));
    return thread;
  }

  /**
   * Before JDK 24 a new thread keeps the access control context of the one that makes it, and with
   * it the caller's {@code javax.security.auth.Subject}. A privileged action has none.
   */
  @SuppressWarnings("removal") // There is no other way on JDK 17.
  private static Thread withoutSubject(PrivilegedAction<Thread> making) {
    return AccessController.doPrivileged(making);
  }

  /** A container may destroy the group of the caller, and its threads cannot be more urgent. */
  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
