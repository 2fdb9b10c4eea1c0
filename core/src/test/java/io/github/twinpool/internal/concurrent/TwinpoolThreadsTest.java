package io.github.twinpool.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What starts a thread of ours leaves nothing in it. */
class TwinpoolThreadsTest {
  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  /** What a thread has that a caller with a tenant, a loader, a group and a priority starts. */
  @SuppressWarnings("ThreadPriorityCheck") // to show that it is not inherited
  private static Thread startedByACaller(ThreadFactory factory, Runnable task) throws Exception {
    AtomicReference<Thread> started = new AtomicReference<>();
    Thread caller =
        new Thread(
            new ThreadGroup("of an application"),
            () -> {
              TENANT.set("A");
              Thread thread = factory.newThread(task);
              thread.start();
              started.set(thread);
            },
            "caller");
    caller.setContextClassLoader(new URLClassLoader(new URL[0]));
    caller.setPriority(Thread.MIN_PRIORITY);
    caller.setDaemon(false);
    caller.start();
    caller.join();
    return started.get();
  }

  @Test
  void a_thread_inherits_nothing_of_the_caller_that_starts_it() throws Exception {
    CompletableFuture<List<Object>> seen = new CompletableFuture<>();
    Thread thread =
        startedByACaller(
            TwinpoolThreads.factory("twinpool-test"),
            () -> {
              Thread it = Thread.currentThread();
              seen.complete(
                  List.of(
                      String.valueOf(TENANT.get()),
                      it.getContextClassLoader(),
                      it.getPriority(),
                      it.isDaemon(),
                      String.valueOf(it.getThreadGroup().getParent())));
            });
    thread.join();
    assertThat(seen.get())
        .containsExactly(
            "null", TwinpoolThreads.class.getClassLoader(), Thread.NORM_PRIORITY, true, "null");
  }

  /** Before JDK 24 a new thread has the subject of the thread that makes it (JAAS, Kerberos). */
  @Test
  @SuppressWarnings("removal") // the only way to bind a subject that JDK 17 has
  void a_thread_has_no_subject_of_the_caller_that_starts_it() throws Exception {
    Subject tenant = new Subject();
    tenant.getPrincipals().add(new X500Principal("CN=tenant A"));
    ThreadFactory factory = TwinpoolThreads.factory("twinpool-test");
    CompletableFuture<Optional<Subject>> seen = new CompletableFuture<>();
    Subject.doAs(
            tenant,
            (PrivilegedAction<Thread>)
                () ->
                    factory.newThread(
                        () ->
                            seen.complete(
                                Optional.ofNullable(
                                    Subject.getSubject(AccessController.getContext())))))
        .start();
    assertThat(seen.get()).isEmpty();
  }

  @Test
  void threads_are_numbered_and_a_single_one_has_its_name_alone() {
    ThreadFactory factory = TwinpoolThreads.factory("twinpool-test");
    assertThat(Stream.of(factory, factory).map(it -> it.newThread(() -> {}).getName()))
        .containsExactly("twinpool-test-1", "twinpool-test-2");
    assertThat(TwinpoolThreads.thread("twinpool-one", () -> {}).getName())
        .isEqualTo("twinpool-one");
  }

  @Test
  void what_a_thread_does_not_catch_is_logged_and_not_printed() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(TwinpoolThreads.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      Thread thread =
          TwinpoolThreads.thread(
              "twinpool-test",
              () -> {
                throw new IllegalStateException("not today");
              });
      thread.start();
      thread.join();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage()).contains("twinpool-test");
    assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("not today");
  }
}
