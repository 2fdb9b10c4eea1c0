package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.operations.MissingPermissionException;
import io.github.twinpool.operations.OperationRefusedException;
import io.github.twinpool.operations.ServiceUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The operators' command line. Exit codes: 0 all is well, 1 something is not, 2 wrong arguments, 3
 * AWS could not be asked. Credentials come from where the AWS SDK finds them, never from arguments.
 */
@Command(
    name = "twinpool",
    mixinStandardHelpOptions = true,
    versionProvider = TwinpoolVersion.class,
    description = "Sets up, examines and rehearses multi-Region Amazon Cognito user pools.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StatusCommand.class,
      DoctorCommand.class,
      SetupCommand.class,
      DrillCommand.class,
      LagCommand.class,
      CostCommand.class,
      RegionsCommand.class,
      EmulatorCommand.class,
      GenerateCompletion.class
    },
    footer = {
      "",
      "Exit codes: 0 all is well, 1 something is not, 2 wrong arguments,",
      "3 AWS could not be asked. Credentials come from where the AWS SDK finds",
      "them: environment, profile, role."
    })
public final class TwinpoolCommand {
  static final int PROBLEM = 1;
  static final int USAGE = 2;
  static final int UNASKED = 3;

  /** Of fields that have other names here. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("id", "--pool"),
          Map.entry("primaryRegion", "--pool"),
          Map.entry("secondaryRegion", "--secondary"),
          Map.entry("updatedIssuerEndpoint", "--issuer-endpoint"),
          Map.entry("primaryKmsEndpoint", "--primary-kms"),
          Map.entry("secondaryKmsEndpoint", "--secondary-kms"),
          Map.entry("primaryWafEndpoint", "--primary-waf"),
          Map.entry("secondaryWafEndpoint", "--secondary-waf"),
          Map.entry("healthCheckId", "--health-check"),
          Map.entry("machineTokensSaved", "--saved"),
          Map.entry("firstPort", "--port"));

  private TwinpoolCommand() {}

  /** Runs a command and ends the process. */
  public static void main(String[] args) {
    // Picocli sorts and compares in the default locale: in Turkish, --issuer comes after
    // --secondary.
    Locale.setDefault(Locale.ROOT);
    try {
      SurroundingProxy.apply(System.getenv(), System.getProperties());
    } catch (IllegalArgumentException e) {
      CommandLine line = commandLine();
      System.exit(failed(line, isJson(List.of(args)), USAGE, e, "twinpool: " + first(e)));
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new TwinpoolCommand());
    for (CommandLine command : line.getSubcommands().values()) {
      // Picocli has one for completion, and lets wrong arguments of such a one pass.
      command.getCommandSpec().helpCommand(false).usageMessage().abbreviateSynopsis(true);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Times::parse)
        .setExecutionStrategy(TwinpoolCommand::executed)
        .setParameterExceptionHandler(TwinpoolCommand::oneLine)
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                failed(
                    command, isJson(parsed.originalArgs()), UNASKED, e, "twinpool: " + first(e)));
  }

  /** Without a command, help says which there are. */
  private static int executed(ParseResult parsed) {
    boolean asked = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
    if (parsed.hasSubcommand() || asked) {
      return new RunLast().execute(parsed);
    }
    CommandLine line = parsed.commandSpec().commandLine();
    line.usage(line.getOut());
    return USAGE;
  }

  private static boolean isJson(List<String> arguments) {
    return arguments.contains("--json");
  }

  /**
   * Says in one line on stderr what is wrong, and with {@code --json} on stdout, too: a program
   * that reads JSON gets JSON whatever happens.
   */
  static int failed(CommandLine command, boolean json, int code, Exception e, String line) {
    command.getErr().println(line);
    if (json) {
      ObjectNode error =
          new ObjectMapper()
              .createObjectNode()
              .put("error", e.getClass().getSimpleName().replaceFirst("Exception$", ""))
              .put("message", first(e))
              .put("exitCode", code);
      if (e instanceof MissingPermissionException denied) {
        error.put("action", denied.action()).put("region", denied.region());
      } else if (e instanceof ServiceUnreachableException down) {
        error.put("action", down.action()).put("region", down.region());
      } else if (e instanceof OperationRefusedException refused) {
        error.put("action", refused.action()).put("code", refused.code());
      }
      command.getOut().println(error);
    }
    return code;
  }

  /** A builder's complaint, which begins with the field, in the words of the options. */
  static ParameterException wrong(CommandSpec spec, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String field = message.split("[ :]", 2)[0];
    String option =
        OPTIONS.getOrDefault(
            field, "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    return new ParameterException(
        spec.commandLine(),
        (spec.findOption(option) == null ? message : option + message.substring(field.length()))
            .replace("allowUnlistedRegions(true)", "--allow-unlisted-regions"),
        e);
  }

  private static int oneLine(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    List<String> meant =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return failed(
        command,
        isJson(List.of(args)),
        USAGE,
        e,
        first(e)
            + (meant.isEmpty() ? "" : ", did you mean " + meant.get(0) + "?")
            + " ("
            + command.getCommandSpec().qualifiedName()
            + " --help tells more)");
  }

  static String first(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse("");
  }
}
