package io.github.twinpool.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what works with an older Spring Boot. Loads with Boot 3, too. */
final class UnsupportedBootFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsupportedBootException> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, UnsupportedBootException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()) + ".",
        "Use Spring Boot 4, or replace the starter by the libraries that need no Spring, and declare"
            + " their beans yourself: twinpool-failover, twinpool-token-validation,"
            + " twinpool-sign-in, twinpool-servlet-filter.",
        failure);
  }
}
