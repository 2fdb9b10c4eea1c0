package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.IssuerType;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.ReplicationSetup;
import io.github.twinpool.operations.ReplicationSetupBuilder;
import io.github.twinpool.operations.SetupBlockedException;
import io.github.twinpool.operations.SetupPlan;
import io.github.twinpool.operations.SetupStep;
import io.github.twinpool.operations.SetupStep.State;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/** Sets replication up. */
@Command(
    name = "setup",
    description = {
      "Sets replication up.",
      "'plan' shows what is left and changes nothing, 'apply' does it. It may be"
          + " interrupted and run again."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class SetupCommand extends PoolCommand {
  enum Action {
    PLAN,
    APPLY
  }

  @Parameters(paramLabel = "plan|apply", description = "What to do: ${COMPLETION-CANDIDATES}.")
  Action action;

  @Option(names = "--kms-key", paramLabel = "ARN", description = "A multi-Region key to use.")
  @Nullable String kmsKey;

  @Option(
      names = "--manage-key",
      description = "Makes a key, replicates it and extends its policies, as needed.")
  boolean manageKey;

  @Option(
      names = "--issuer",
      paramLabel = "TYPE",
      description = "Changes the issuer: ${COMPLETION-CANDIDATES}. Read the docs before.")
  @Nullable IssuerType issuer;

  @Option(
      names = "--health-check",
      paramLabel = "ID",
      description = "The Route 53 check that the domains are to follow.")
  @Nullable String healthCheck;

  @Option(
      names = "--create-health-check",
      paramLabel = "URL",
      description = "Makes a check of this https URL for them, every 10 s.")
  @Nullable URI createHealthCheck;

  @Option(names = "--no-activate", description = "Leaves the replica INACTIVE.")
  boolean noActivate;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long a step may take. Default: 1h")
  Duration patience = Duration.ofHours(1);

  @Override
  int run(AwsClients clients) {
    ReplicationSetup setup = setup(clients);
    Progress progress = progress();
    progress.line("Looking at both Regions, KMS and Route 53 ...");
    SetupPlan plan = setup.plan();
    if (action == Action.PLAN) {
      print(plan);
      return plan.steps(State.BLOCKED).isEmpty() ? 0 : TwinpoolCommand.PROBLEM;
    }
    try {
      print(setup.apply(progress.setup()));
      return 0;
    } catch (SetupBlockedException e) {
      print(setup.plan());
      e.steps().forEach(step -> progress.line("twinpool: " + step.kind() + ": " + step.change()));
      return TwinpoolCommand.PROBLEM;
    }
  }

  private ReplicationSetup setup(AwsClients clients) {
    try {
      ReplicationSetupBuilder setup =
          ReplicationSetup.builder(clients)
              .manageKey(manageKey)
              .activate(!noActivate)
              .patience(patience);
      if (kmsKey != null) {
        setup.kmsKey(kmsKey);
      }
      if (issuer != null) {
        setup.issuer(issuer);
      }
      if (healthCheck != null) {
        setup.healthCheck(healthCheck);
      }
      if (createHealthCheck != null) {
        setup.healthCheck(config(createHealthCheck));
      }
      return setup.build();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private static HealthCheckConfig config(URI url) {
    if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("--create-health-check wants an https URL");
    }
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return HealthCheckConfig.builder()
        .type(HealthCheckType.HTTPS)
        .fullyQualifiedDomainName(url.getHost())
        .port(url.getPort() < 0 ? 443 : url.getPort())
        .resourcePath(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .requestInterval(10)
        .failureThreshold(3)
        .enableSNI(true)
        .build();
  }

  private void print(SetupPlan plan) {
    if (!json) {
      out().print(plan);
      return;
    }
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode steps = node.putArray("steps");
    for (SetupStep step : plan.steps()) {
      ObjectNode each =
          steps
              .addObject()
              .put("kind", step.kind().name())
              .put("state", step.state().name())
              .put("change", step.change());
      step.warnings().forEach(each.putArray("warnings")::add);
    }
    out().println(node.put("complete", plan.complete()));
  }
}
