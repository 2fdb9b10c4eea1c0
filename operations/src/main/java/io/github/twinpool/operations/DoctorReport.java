package io.github.twinpool.operations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.operations.Finding.Check;
import io.github.twinpool.operations.Finding.Severity;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the doctor found. Immutable. */
public final class DoctorReport {
  private final String title;
  private final List<Finding> findings;
  private final Map<Check, String> notExamined;

  DoctorReport(String title, List<Finding> findings, Map<Check, String> notExamined) {
    this.title = title;
    this.findings =
        findings.stream().sorted(Comparator.comparing(Finding::severity).reversed()).toList();
    this.notExamined = Collections.unmodifiableMap(new TreeMap<>(notExamined));
  }

  /** The findings, the worst first. */
  public List<Finding> findings() {
    return findings;
  }

  /** What could not be looked at, and why: a missing permission, a service out of reach. */
  public Map<Check, String> notExamined() {
    return notExamined;
  }

  /**
   * For pipelines: 0 if nothing is worse than {@link Severity#INFO} and everything was looked at; 1
   * if something is; 3 if something could not be looked at and nothing worse was found.
   */
  public int exitCode() {
    if (findings.stream().anyMatch(it -> it.severity() != Severity.INFO)) {
      return 1;
    }
    return notExamined.isEmpty() ? 0 : 3;
  }

  /** As JSON, for programs: {@code findings} and {@code notExamined}. */
  public String toJson() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("check", finding.check().name())
          .put("severity", finding.severity().name())
          .put("evidence", finding.evidence())
          .put("remedy", finding.remedy());
    }
    ObjectNode unseen = json.putObject("notExamined");
    notExamined.forEach((check, reason) -> unseen.put(check.name(), reason));
    return json.put("exitCode", exitCode()).toString();
  }

  /** As text of at most 80 columns, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title).append('\n');
    for (Finding finding : findings) {
      text.append('\n')
          .append(finding.severity())
          .append("  ")
          .append(finding.check().name().replace('_', ' '))
          .append('\n');
      text.append(TextColumns.wrapped(finding.evidence(), "    ", "      "));
      text.append(TextColumns.wrapped("Remedy: " + finding.remedy(), "    ", "      "));
    }
    notExamined.forEach(
        (check, reason) ->
            text.append('\n')
                .append("NOT EXAMINED  ")
                .append(check.name().replace('_', ' '))
                .append('\n')
                .append(TextColumns.wrapped(reason, "    ", "      ")));
    if (findings.isEmpty() && notExamined.isEmpty()) {
      text.append("\nNothing would hurt, of what is looked at.\n");
    }
    return text.toString();
  }
}
