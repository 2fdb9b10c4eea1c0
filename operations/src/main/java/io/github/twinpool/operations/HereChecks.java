package io.github.twinpool.operations;

import static io.github.twinpool.operations.DoctorCheck.critical;
import static io.github.twinpool.operations.DoctorCheck.warning;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.Finding.Check;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/** What the doctor looks at here: this process, its network and its identity. */
final class HereChecks {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SKEW_NOTICED = Duration.ofMinutes(1);

  /** AWS refuses requests that are signed more than five minutes off. */
  private static final Duration SKEW_FATAL = Duration.ofMinutes(4);

  private static final int ADDRESSES_AT_MOST = 60;
  private static final String NOBODY = "twinpool-doctor-nobody";

  private final InstantSource clock;
  private final Function<String, @Nullable String> securityProperties;
  private final HttpClient http;

  HereChecks(
      InstantSource clock, Function<String, @Nullable String> securityProperties, HttpClient http) {
    this.clock = clock;
    this.securityProperties = securityProperties;
    this.http = http;
  }

  /**
   * Asks both Regions for what applications ask for, about a user and an app client that do not
   * exist: IAM answers first. An ARN of the replica names its own Region, which policies forget.
   */
  static List<Finding> identity(SetupContext context) {
    List<Finding> findings = new ArrayList<>();
    if (context.replicaStatus().isEmpty()) {
      return findings;
    }
    for (String operation : List.of("DescribeUserPool", "AdminGetUser", "AdminInitiateAuth")) {
      if (!denied(context, RegionRole.PRIMARY, operation)
          && denied(context, RegionRole.SECONDARY, operation)) {
        findings.add(
            critical(
                Check.IDENTITY,
                "cognito-idp:"
                    + operation
                    + " is allowed in the primary and denied in the"
                    + " secondary",
                "allow it on " + context.poolArns().get(1) + ", too"));
      }
    }
    return findings;
  }

  private static boolean denied(SetupContext context, RegionRole role, String operation) {
    try {
      context
          .calls()
          .cognito(
              role,
              operation,
              it ->
                  switch (operation) {
                    case "AdminGetUser" ->
                        it.adminGetUser(r -> r.userPoolId(context.pool().id()).username(NOBODY));
                    case "AdminInitiateAuth" ->
                        it.adminInitiateAuth(
                            r ->
                                r.userPoolId(context.pool().id())
                                    .clientId("nobody")
                                    .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                                    .authParameters(Map.of("USERNAME", NOBODY, "PASSWORD", "-")));
                    default -> it.describeUserPool(r -> r.userPoolId(context.pool().id()));
                  });
      return false;
    } catch (MissingPermissionException e) {
      return true;
    } catch (OperationRefusedException e) {
      return false; // IAM let it pass.
    }
  }

  /** Each host that publishes keys. The updated one's 403 is an answer: the pool has not moved. */
  List<Finding> jwks(SetupContext context) {
    Map<String, URI> hosts = new LinkedHashMap<>();
    hosts.put("the original issuer's host", context.pool().jwksUri(RegionRole.PRIMARY));
    hosts.put("the updated issuer's host", context.pool().jwksUri(IssuerType.UPDATED));
    hosts.put("the secondary's host", context.pool().jwksUri(RegionRole.SECONDARY));
    List<Finding> findings = new ArrayList<>();
    hosts.forEach(
        (name, uri) -> {
          Optional<HttpResponse<Void>> answer = answer(uri);
          boolean good =
              answer
                  .map(HttpResponse::statusCode)
                  .filter(status -> status == 200 || status == 403 || status == 404)
                  .isPresent();
          if (!good) {
            findings.add(
                warning(
                    Check.JWKS,
                    name
                        + " ("
                        + uri.getHost()
                        + ") "
                        + answer
                            .map(it -> "answers with status " + it.statusCode())
                            .orElse("cannot be reached from here"),
                    "let this network reach it: validators fetch keys from whichever answers"));
          }
        });
    return findings.size() < hosts.size()
        ? findings
        : List.of(
            critical(
                Check.JWKS,
                "no host that publishes the pool's keys can be reached from here",
                "let this network reach them"));
  }

  private Optional<HttpResponse<Void>> answer(URI uri) {
    try {
      return Optional.of(
          http.send(
              HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.discarding()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted");
    }
  }

  List<Finding> clock(SetupContext context) {
    Optional<Duration> skew =
        answer(context.pool().jwksUri(RegionRole.PRIMARY))
            .or(() -> answer(context.pool().jwksUri(RegionRole.SECONDARY)))
            .flatMap(answer -> answer.headers().firstValue("Date"))
            .flatMap(HereChecks::time)
            .map(theirs -> Duration.between(theirs, clock.instant()).abs());
    if (skew.filter(it -> it.compareTo(SKEW_NOTICED) > 0).isEmpty()) {
      return List.of();
    }
    String evidence = "the clock here is " + skew.get().toSeconds() + " s off";
    String remedy =
        "synchronise it: AWS refuses what is signed 5 minutes off, and tokens expire by it";
    return List.of(
        skew.get().compareTo(SKEW_FATAL) > 0
            ? critical(Check.CLOCK, evidence, remedy)
            : warning(Check.CLOCK, evidence, remedy));
  }

  private static Optional<Instant> time(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** (Source: Java networking properties: 30 s by default, -1 for ever.) */
  List<Finding> dnsCache(SetupContext unused) {
    String ttl = securityProperties.apply("networkaddress.cache.ttl");
    boolean number = ttl != null && ttl.trim().matches("-?\\d{1,9}");
    int seconds = number ? Integer.parseInt(ttl.trim()) : 0;
    if (!number || (seconds >= 0 && seconds <= ADDRESSES_AT_MOST)) {
      return List.of();
    }
    return List.of(
        warning(
            Check.DNS_CACHE,
            "networkaddress.cache.ttl is "
                + seconds
                + (seconds < 0 ? ": this JVM keeps addresses for ever" : " s"),
            "set it to 30 or less: a domain that failed over has another address"));
  }
}
