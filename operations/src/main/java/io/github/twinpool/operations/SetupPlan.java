package io.github.twinpool.operations;

import io.github.twinpool.operations.SetupStep.State;
import java.util.List;

/**
 * What setting replication up would still change, in order. Printing it is what it is for; {@link
 * ReplicationSetup#apply} looks again before each step. Immutable.
 */
public final class SetupPlan {
  private final String title;
  private final List<SetupStep> steps;

  SetupPlan(String title, List<SetupStep> steps) {
    this.title = title;
    this.steps = List.copyOf(steps);
  }

  /** All steps, in their order. */
  public List<SetupStep> steps() {
    return steps;
  }

  /** The steps of a state, in their order. */
  public List<SetupStep> steps(State state) {
    return steps.stream().filter(step -> step.state() == state).toList();
  }

  /** Whether nothing is left to do and nothing blocks. */
  public boolean complete() {
    return steps(State.TO_DO).isEmpty() && steps(State.BLOCKED).isEmpty();
  }

  /** The plan as text of at most 80 columns, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title).append('\n');
    int number = 0;
    for (SetupStep step : steps) {
      number++;
      text.append('\n').append(mark(step.state())).append(' ').append(number).append(". ");
      text.append(step.kind().name().replace('_', ' ')).append('\n');
      line(text, step.change());
      if (step.state() == State.TO_DO) {
        line(text, "Why: " + step.kind().why());
        line(text, "Undo: " + step.kind().undo().orElse("nothing to undo"));
        line(text, "IAM: " + String.join(", ", step.kind().permissions()));
      }
      step.warnings().forEach(warning -> line(text, "Mind: " + warning));
    }
    return text.append('\n').append(summary()).append('\n').toString();
  }

  private String summary() {
    long blocked = steps(State.BLOCKED).size();
    long left = steps(State.TO_DO).size();
    if (blocked > 0) {
      return blocked + (blocked == 1 ? " step is" : " steps are") + " blocked, nothing is applied.";
    }
    return left == 0
        ? "Nothing is left to do."
        : left + (left == 1 ? " step" : " steps") + " to do.";
  }

  private static String mark(State state) {
    return switch (state) {
      case DONE -> "[done]   ";
      case TO_DO -> "[to do]  ";
      case NOT_ASKED -> "[not asked]";
      case BLOCKED -> "[BLOCKED]";
    };
  }

  private static void line(StringBuilder text, String sentence) {
    text.append(TextColumns.wrapped(sentence, "    ", "      "));
  }
}
