package io.github.twinpool.operations;

import io.github.twinpool.operations.Finding.Check;
import io.github.twinpool.operations.Finding.Severity;
import java.util.List;

/** One thing that the doctor looks at. Changes nothing. */
interface DoctorCheck {
  /** What is wrong. */
  List<Finding> look(SetupContext context);

  static Finding critical(Check check, String evidence, String remedy) {
    return new Finding(check, Severity.CRITICAL, evidence, remedy);
  }

  static Finding warning(Check check, String evidence, String remedy) {
    return new Finding(check, Severity.WARNING, evidence, remedy);
  }

  static Finding info(Check check, String evidence, String remedy) {
    return new Finding(check, Severity.INFO, evidence, remedy);
  }
}
