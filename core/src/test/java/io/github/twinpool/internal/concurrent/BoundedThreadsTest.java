package io.github.twinpool.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedThreadsTest {
  private final AtomicInteger started = new AtomicInteger();
  private final ExecutorService executor =
      BoundedThreads.executor(
          3,
          Duration.ofSeconds(30),
          task -> {
            started.incrementAndGet();
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void a_thousand_tasks_that_block_start_no_more_threads_than_allowed_and_all_run()
      throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1_000);
    for (int i = 0; i < 1_000; i++) {
      executor.execute(
          () -> {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    assertThat(started).hasValue(3);
    gate.countDown();
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(started).hasValue(3);
  }

  @Test
  void tasks_that_block_one_another_each_get_a_thread() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(3);
    CountDownLatch done = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      executor.execute(
          () -> {
            all.countDown();
            try {
              all.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
  }

  /** A task can come just when the last thread ends for want of one. */
  @Test
  void no_task_is_left_behind_by_the_last_thread() throws InterruptedException {
    ExecutorService single =
        BoundedThreads.executor(
            1,
            Duration.ofNanos(1),
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    try {
      for (int i = 0; i < 50_000; i++) {
        CountDownLatch both = new CountDownLatch(2);
        single.execute(both::countDown);
        single.execute(both::countDown);
        assertThat(both.await(30, TimeUnit.SECONDS)).as("task %d", i).isTrue();
      }
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void it_refuses_tasks_once_it_is_shut_down() {
    executor.shutdown();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
