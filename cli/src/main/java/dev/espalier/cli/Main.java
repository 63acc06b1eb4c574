package dev.espalier.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code espalier} command: reads the arguments, runs one command, exits with its code. */
@Command(
    name = "espalier",
    description = "Score-based generative models, trained along the structure of the data.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 fine, 2 usage, 3 bad input, 4 not converged, 130 cancelled, 1 a fault of ours.",
      "'espalier COMMAND --help' explains one command."
    })
public final class Main implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          SynthesizeCommand.class,
          DiscoverCommand.class,
          FitCommand.class,
          SampleCommand.class,
          CompleteCommand.class,
          EvaluateCommand.class,
          DensityCommand.class,
          InspectCommand.class,
          PluginsCommand.class,
          ExperimentCommand.class,
          CertifyCommand.class,
          RegenerateCommand.class);

  /** The version, as in the parent pom. */
  static final String VERSION = "0.1.0";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @CommandLine.Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  /** Runs the command and exits. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(arguments, out, err);
    if (out.checkError() && code == 0) {
      err.println("espalier: " + StandardOutput.LOST);
      code = Failures.BAD_INPUT;
    }
    System.exit(code);
  }

  /**
   * Runs the command in this process and returns its exit code.
   *
   * @param out takes results
   * @param err takes progress, notes and errors
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine line = line(arguments);
    line.setOut(out);
    line.setErr(err);
    line.registerConverter(long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE));
    line.registerConverter(
        int.class, text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    line.registerConverter(
        Integer.class, text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getCommandSpec().version("espalier " + VERSION);
    Failures failures = new Failures();
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    try {
      return line.execute(arguments);
    } catch (Error failure) {
      // such as no memory left, or a plugin made for another version
      return failures.handleError(failure, line, List.of(arguments));
    } finally {
      out.flush();
    }
  }

  /**
   * The command with all commands within it, or the first argument alone where it is one of them.
   */
  static CommandLine line(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(each -> each.getAnnotation(Command.class).name().equals(first))
            .toList();
    CommandLine line = new CommandLine(new Main());
    // Reading the options of a dozen commands would slow the start.
    for (Class<?> each : named.isEmpty() ? COMMANDS : named) {
      line.addSubcommand(each);
    }
    return line;
  }

  private static long whole(String text, long least, long greatest) {
    String need = "need a whole number from " + least + " to " + greatest + ", got '" + text + "'";
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException(need);
    }
    if (value < least || value > greatest) {
      throw new CommandLine.TypeConversionException(need);
    }
    return value;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "need a command; 'espalier --help' lists them");
  }
}
