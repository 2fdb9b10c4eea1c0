package io.github.twinpool.operations;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Every call that the AWS SDK really makes, named as its IAM action; and the death of the process
 * before or after one of those that change something.
 */
final class RecordedCalls implements ExecutionInterceptor {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "cognitoidentityprovider",
          "cognito-idp",
          "kms",
          "kms",
          "route53",
          "route53",
          "wafv2",
          "wafv2");
  private static final Set<String> CHANGES =
      Set.of("Create", "Replicate", "Put", "Update", "Change");

  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final int last;
  private final boolean answered;

  /** As if the process had been killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String message) {
      super(message);
    }
  }

  RecordedCalls() {
    this(Integer.MAX_VALUE, false);
  }

  /**
   * Kills.
   *
   * @param last the number of the last change, from 1
   * @param answered whether it is made before, or not even sent
   */
  RecordedCalls(int last, boolean answered) {
    this.last = last;
    this.answered = answered;
  }

  Set<String> actions() {
    return actions.stream().collect(Collectors.toSet());
  }

  long calls(String action) {
    return actions.stream().filter(action::equals).count();
  }

  int changes() {
    return changes.get();
  }

  private static String action(ExecutionAttributes attributes) {
    String service =
        String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
            .replace(" ", "")
            .toLowerCase(Locale.ROOT);
    String prefix =
        Objects.requireNonNull(PREFIXES.get(service), () -> "a service unknown here: " + service);
    return prefix + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static boolean isChange(String action) {
    return CHANGES.stream().anyMatch(verb -> action.contains(":" + verb));
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String action = action(attributes);
    if (isChange(action) && changes.incrementAndGet() >= last && !answered) {
      throw new Killed("before " + action);
    }
    actions.add(action);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    String action = action(attributes);
    if (isChange(action) && changes.get() >= last && answered) {
      throw new Killed("after " + action);
    }
  }
}
