package io.github.twinpool.cli;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.DrillListener;
import io.github.twinpool.operations.SetupListener;
import io.github.twinpool.operations.SetupStep;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Tells people on stderr, in 80 columns, what takes long. Not thread-safe. */
final class Progress {
  private static final int COLUMNS = 80;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private int column;
  private long lastLine;

  Progress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    lastLine = nanoTime.getAsLong();
  }

  /** A line, or several if it is long. */
  void line(String text) {
    TextTable table =
        TextTable.forColumns(
            Help.defaultColorScheme(Ansi.OFF), new Column(COLUMNS, 0, Column.Overflow.WRAP));
    table.addRowValues(text);
    err.print(table);
    err.flush();
    lastLine = nanoTime.getAsLong();
  }

  /** A line, unless there was one a moment ago. */
  void nowAndThen(String text) {
    if (since(PATIENCE)) {
      line(text);
    }
  }

  private boolean since(Duration time) {
    return nanoTime.getAsLong() - lastLine >= time.toNanos();
  }

  /** One word of many in a row. */
  void word(String word) {
    if (column + 1 + word.length() > COLUMNS) {
      endWords();
    }
    err.print(column == 0 ? "  " + word : " " + word);
    err.flush();
    column += word.length() + (column == 0 ? 2 : 1);
  }

  /** The row of words is complete. */
  void endWords() {
    if (column > 0) {
      err.println();
      err.flush();
      column = 0;
    }
  }

  /** Of setting up: each step, and what AWS says while it takes long. */
  SetupListener setup() {
    return new SetupListener() {
      @Override
      public void begins(SetupStep step) {
        line(step.kind() + ": " + step.change());
      }

      @Override
      public void waits(SetupStep step, String status, Duration elapsed) {
        if (elapsed.compareTo(PATIENCE) >= 0) {
          line("  " + elapsed.toSeconds() + " s: " + status);
        }
      }

      @Override
      public void done(SetupStep step) {
        line("  done");
      }
    };
  }

  /** Of a drill: when the Region that serves changes, and every ten seconds. */
  DrillListener drill() {
    return new DrillListener() {
      private @Nullable RegionRole before;
      private int calls;
      private int failed;

      @Override
      public void outageBegins() {
        line("The outage begins.");
      }

      @Override
      public void sampled(Duration at, RegionRole serving, boolean failure) {
        calls++;
        failed += failure ? 1 : 0;
        if (serving != before || since(SIGN_OF_LIFE)) {
          line(
              String.format(
                  Locale.ROOT,
                  "  %d s: the %s serves; calls: %d, failed: %d",
                  at.toSeconds(),
                  serving.name().toLowerCase(Locale.ROOT),
                  calls,
                  failed));
          before = serving;
        }
      }

      @Override
      public void outageEnds(boolean aborted) {
        line(aborted ? "Too many calls fail: the outage ends early." : "The outage ends.");
      }
    };
  }

  /** Of measuring the lag: how many markers of all, now and then. */
  Consumer<Optional<Duration>> lag(int all) {
    return new Consumer<>() {
      private int done;

      @Override
      public void accept(Optional<Duration> lag) {
        done++;
        nowAndThen(
            "  "
                + done
                + " of "
                + all
                + ", the last "
                + lag.map(it -> it.toMillis() + " ms").orElse("was lost"));
      }
    };
  }
}
