package io.github.twinpool.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Listeners cost one thread at most, and a bounded memory. */
class EventQueueTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final EventQueue queue = new EventQueue(threads::add);
  private final List<Integer> heard = new ArrayList<>();

  private void add(int event) {
    queue.add(() -> heard.add(event));
  }

  @Test
  void events_are_heard_in_order_by_one_thread_at_a_time() {
    for (int i = 0; i < 10; i++) {
      add(i);
    }
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(heard).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    add(10);
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(heard).hasSize(11);
  }

  @Test
  void what_comes_while_a_thousand_wait_is_lost_and_the_next_is_not() {
    for (int i = 0; i < 1_500; i++) {
      add(i);
    }
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(heard).hasSize(1_000).endsWith(999);
    add(2_000);
    threads.remove().run();
    assertThat(heard).hasSize(1_001).endsWith(2_000);
  }

  @Test
  void an_event_that_dies_of_an_error_does_not_end_the_queue() {
    queue.add(
        () -> {
          throw new AssertionError("a broken listener");
        });
    assertThatThrownBy(threads.remove()::run).isInstanceOf(AssertionError.class);
    add(1);
    threads.remove().run();
    assertThat(heard).containsExactly(1);
  }

  /** Strangers may have taken all threads of the machine, for a while. */
  @Test
  void a_machine_without_a_thread_to_spare_does_not_end_the_queue() {
    boolean[] exhausted = {true};
    EventQueue starved =
        new EventQueue(
            task -> {
              if (exhausted[0]) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    starved.add(() -> heard.add(1));
    exhausted[0] = false;
    starved.add(() -> heard.add(2));
    assertThat(heard).containsExactly(1, 2);
  }

  @Test
  void an_executor_that_is_shut_down_hurts_nobody() {
    boolean[] closed = {true};
    EventQueue refused =
        new EventQueue(
            task -> {
              if (closed[0]) {
                throw new RejectedExecutionException();
              }
              task.run();
            });
    refused.add(() -> heard.add(1));
    closed[0] = false;
    refused.add(() -> heard.add(2));
    assertThat(heard).containsExactly(1, 2);
  }
}
