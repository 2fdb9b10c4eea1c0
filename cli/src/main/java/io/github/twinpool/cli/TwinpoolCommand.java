package io.github.twinpool.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The operators' command line. Exit codes: 0 all is well, 1 something is not, 2 wrong arguments, 3
 * AWS could not be asked. Credentials come from where the AWS SDK finds them, never from arguments.
 */
@Command(
    name = "twinpool",
    mixinStandardHelpOptions = true,
    version = "twinpool 0.1.0-SNAPSHOT",
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
      Map.of(
          "id", "--pool",
          "primaryRegion", "--pool",
          "secondaryRegion", "--secondary",
          "updatedIssuerEndpoint", "--issuer-endpoint",
          "primaryKmsEndpoint", "--primary-kms",
          "secondaryKmsEndpoint", "--secondary-kms",
          "primaryWafEndpoint", "--primary-waf",
          "secondaryWafEndpoint", "--secondary-waf",
          "healthCheckId", "--health-check",
          "machineTokensSaved", "--saved");

  private TwinpoolCommand() {}

  /** Runs a command and ends the process. */
  public static void main(String[] args) {
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
        .setParameterExceptionHandler(TwinpoolCommand::oneLine)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("twinpool: " + first(e));
              return UNASKED;
            });
  }

  /** A builder's complaint, which begins with the field, in the words of the options. */
  static ParameterException wrong(CommandSpec spec, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String field = message.split(" ", 2)[0];
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
    command
        .getErr()
        .println(
            first(e)
                + (meant.isEmpty() ? "" : ", did you mean " + meant.get(0) + "?")
                + " ("
                + command.getCommandSpec().qualifiedName()
                + " --help tells more)");
    return USAGE;
  }

  static String first(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse("");
  }
}
