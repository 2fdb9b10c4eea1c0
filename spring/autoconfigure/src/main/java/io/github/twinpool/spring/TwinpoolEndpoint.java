package io.github.twinpool.spring;

import io.github.twinpool.RegionRole;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The actuator endpoint: what the failover knows, and an override for a while. An override wants
 * both {@code twinpool.failover.override-endpoint=true} and access to write, which properties for
 * all endpoints may give, too. It holds in this process only.
 */
@Endpoint(id = "twinpool", defaultAccess = Access.READ_ONLY)
final class TwinpoolEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(TwinpoolEndpoint.class);

  private final @Nullable FailoverView failover;
  private final @Nullable TokenView tokens;
  private final ApplicationEventPublisher publisher;

  TwinpoolEndpoint(
      @Nullable FailoverView failover,
      @Nullable TokenView tokens,
      ApplicationEventPublisher publisher) {
    this.failover = failover;
    this.tokens = tokens;
    this.publisher = publisher;
  }

  /** What is known now. */
  @ReadOperation
  Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    if (failover != null) {
      status.put("failover", failover.details());
      status.put("capabilities", failover.capabilities());
    }
    if (tokens != null) {
      status.put("tokens", tokens.details());
    }
    return status;
  }

  /**
   * Sends calls to one Region until the duration is over.
   *
   * @param strict whether calls stay there even when it fails them; false if left out
   */
  @WriteOperation
  Map<String, Object> override(
      RegionRole role, Duration duration, @Nullable Boolean strict, SecurityContext caller) {
    boolean stay = Boolean.TRUE.equals(strict);
    change(failover -> failover.override(role, duration, stay));
    audit(
        caller,
        "TWINPOOL_OVERRIDE",
        Map.of("role", role.name(), "duration", duration.toString(), "strict", stay));
    return status();
  }

  /** Ends an override before its time. */
  @DeleteOperation
  Map<String, Object> endOverride(SecurityContext caller) {
    change(FailoverView::endOverride);
    audit(caller, "TWINPOOL_OVERRIDE_END", Map.of());
    return status();
  }

  private void change(Consumer<FailoverView> change) {
    if (failover == null) {
      throw new InvalidEndpointRequestException(
          "There is nothing to override", "This application has no failover client");
    }
    try {
      change.accept(failover);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidEndpointRequestException(
          "The override was refused", String.valueOf(e.getMessage()), e);
    }
  }

  private void audit(SecurityContext caller, String type, Map<String, Object> data) {
    Principal principal = caller.getPrincipal();
    String name = principal == null ? "anonymous" : principal.getName();
    // A name may be what a stranger chose: it must not begin a line of its own.
    LOG.warn("{} by {}: {}", type, name.replaceAll("\\p{Cntrl}", "?"), data);
    publisher.publishEvent(new AuditApplicationEvent(name, type, data));
  }
}
