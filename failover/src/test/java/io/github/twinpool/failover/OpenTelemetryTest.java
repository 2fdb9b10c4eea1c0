package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.Outage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The SDK's instrumentation shows each attempt under the caller's span. */
class OpenTelemetryTest {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static ExecutionInterceptor instrumentation() {
    return AwsSdkTelemetry.create(OTEL.getOpenTelemetry()).newExecutionInterceptor();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void one_span_for_each_attempt_each_under_the_callers(boolean async, boolean rescued) {
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .clients(
                    c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(instrumentation())))
                .asyncClients(
                    c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(instrumentation())))
                .build()) {
      if (rescued) {
        regions.primary(Outage.internalErrors());
      }
      Span request = OTEL.getOpenTelemetry().getTracer("test").spanBuilder("request").startSpan();
      Scope scope = request.makeCurrent();
      try {
        if (async) {
          cognito.asyncClient().initiateAuth(regions.signIn()).join();
        } else {
          cognito.client().initiateAuth(regions.signIn());
        }
      } finally {
        scope.close();
        request.end();
      }
      await().until(() -> attempts().size() == (rescued ? 2 : 1));
      assertThat(attempts())
          .extracting(SpanData::getParentSpanId)
          .containsOnly(request.getSpanContext().getSpanId());
      List<Attributes> marks =
          async
              ? ofRequest().getEvents().stream().map(EventData::getAttributes).toList()
              : attempts().stream().map(SpanData::getAttributes).toList();
      assertThat(marks)
          .extracting(it -> it.get(AttributeKey.longKey("twinpool.attempt")))
          .isEqualTo(rescued ? List.of(1L, 2L) : List.of(1L));
      assertThat(marks)
          .extracting(it -> it.get(AttributeKey.stringKey("twinpool.region.role")))
          .isEqualTo(rescued ? List.of("PRIMARY", "SECONDARY") : List.of("PRIMARY"));
    }
  }

  private static SpanData ofRequest() {
    return OTEL.getSpans().stream()
        .filter(it -> it.getName().equals("request"))
        .findFirst()
        .orElseThrow();
  }

  private static List<SpanData> attempts() {
    return OTEL.getSpans().stream()
        .filter(it -> it.getName().contains("InitiateAuth"))
        .sorted(Comparator.comparing(SpanData::getStartEpochNanos))
        .toList();
  }
}
