package io.github.twinpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.failover.FailoverMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("replaces System.out")
class LiveViewTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, UTF_8);

  @Test
  void plain_lines_are_one_line_a_look_without_control_signs() {
    new PlainLines(out).show(progress(6));

    assertThat(written.toString(UTF_8))
        .isEqualToIgnoringNewLines(
            "  6 s  primary hangs | plain AWS SDK: 100 ok,   0 failed,  20 waiting"
                + " | Twinpool: 120 ok,   0 failed,   0 waiting, mode PRIMARY");
  }

  @Test
  void the_table_is_drawn_over_itself() {
    try (ForeignLines foreign = ForeignLines.hold()) {
      LiveTable table = new LiveTable(out, foreign);

      table.show(progress(6));
      int first = written.size();
      long lines = written.toString(UTF_8).lines().count();
      table.show(progress(6));

      assertThat(written.toString(UTF_8).substring(first))
          .startsWith("\u001b[" + lines + "A\r\u001b[J");
    }
  }

  @Test
  void no_line_of_the_table_is_wider_than_the_narrowest_terminal() {
    try (ForeignLines foreign = ForeignLines.hold()) {
      new LiveTable(out, foreign).show(progress(200));
    }

    assertThat(written.toString(UTF_8).replaceAll("\u001b\\[[0-9;]*[a-zA-Z]", "").lines())
        .anyMatch(line -> line.length() > 70)
        .allMatch(line -> line.length() < 80);
  }

  @Test
  void what_others_print_meanwhile_stands_above_the_table_and_none_is_lost() {
    PrintStream before = System.out;
    LiveTable table = new LiveTable(out, ForeignLines.hold());
    table.show(progress(6));

    System.out.println("a log line");
    table.show(progress(6));
    System.out.println("a late line");
    table.close();

    assertThat(written.toString(UTF_8)).contains("\u001b[Ja log line\n").endsWith("a late line\n");
    assertThat(System.out).isSameAs(before);
  }

  @Test
  void there_is_no_redrawing_without_a_terminal() {
    assertThat(Terminal.view(null, "xterm-256color", out)).isInstanceOf(PlainLines.class);
  }

  /** The primary has been hanging for a second. */
  private static Progress progress(int seconds) {
    CallLog log = new CallLog();
    for (long due = SECOND / 20; due < seconds * SECOND; due += SECOND / 10) {
      for (String contender : List.of(SyntheticRun.PLAIN, SyntheticRun.TWINPOOL)) {
        for (Operation operation : Operation.values()) {
          Phase phase = due < 5 * SECOND ? Phase.HEALTHY : Phase.OUTAGE;
          CallLog.Call call = log.begin(contender, operation, phase, due);
          if (phase == Phase.HEALTHY || contender.equals(SyntheticRun.TWINPOOL)) {
            log.end(call, due + SECOND / 100, Outcome.OK, "");
          }
        }
      }
    }
    return Progress.of(
        seconds * SECOND,
        Phase.OUTAGE,
        FailoverMode.PRIMARY,
        List.of(SyntheticRun.PLAIN, SyntheticRun.TWINPOOL),
        log);
  }
}
