package io.github.twinpool.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
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
  void tasks_that_die_of_an_error_cost_no_place() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(100);
    for (int i = 0; i < 200; i++) {
      boolean dies = i % 2 == 0;
      executor.execute(
          () -> {
            if (dies) {
              throw new StackOverflowError("not today");
            }
            done.countDown();
          });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(((ThreadPoolExecutor) executor).getLargestPoolSize()).isLessThanOrEqualTo(3);
  }

  @Test
  void many_threads_that_hand_over_tasks_at_once_start_no_more_and_lose_none()
      throws InterruptedException {
    int senders = 16;
    int each = 500;
    CountDownLatch done = new CountDownLatch(senders * each);
    ExecutorService many = Executors.newFixedThreadPool(senders);
    try {
      for (int i = 0; i < senders; i++) {
        many.execute(
            () -> {
              for (int j = 0; j < each; j++) {
                executor.execute(done::countDown);
              }
            });
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      many.shutdownNow();
    }
    assertThat(((ThreadPoolExecutor) executor).getLargestPoolSize()).isLessThanOrEqualTo(3);
  }

  /** With no idle time at all, threads end while tasks are handed over. */
  @Test
  void no_task_is_lost_to_a_thread_that_is_ending() throws InterruptedException {
    ExecutorService shortLived =
        BoundedThreads.executor(1, Duration.ofNanos(1), TwinpoolThreads.factory("twinpool-test"));
    try {
      for (int i = 0; i < 2_000; i++) {
        CountDownLatch done = new CountDownLatch(2);
        shortLived.execute(done::countDown);
        shortLived.execute(done::countDown);
        assertThat(done.await(30, TimeUnit.SECONDS)).as("round %s", i).isTrue();
      }
    } finally {
      shortLived.shutdownNow();
    }
  }

  @Test
  void it_refuses_tasks_once_it_is_shut_down() {
    executor.shutdown();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
