package dev.espalier.cli;

import dev.espalier.api.CancelledException;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NotConvergedException;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.ExpressionException;
import dev.espalier.runtime.Origin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Turns whatever a command throws into one line that says what to do, and a stable exit code. */
final class Failures
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

  static final int FAULT = 1;
  static final int USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int NOT_CONVERGED = 4;
  static final int CANCELLED = 130;

  @Override
  public int handleParseException(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    String message = failure.getMessage();
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      message =
          "there is no command or option '"
              + unmatched.getUnmatched().get(0)
              + "'"
              + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?");
    }
    String end = message.endsWith("?") || message.endsWith(".") ? " " : "; ";
    err.println(
        "espalier: "
            + TextTable.line(message)
            + end
            + "see '"
            + line.getCommandSpec().qualifiedName()
            + " --help'");
    return USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    PrintWriter err = line.getErr();
    int code = code(failure);
    String message = Separate.explained(String.valueOf(failure.getMessage()));
    if (code == FAULT) {
      message = fault(failure, plugins(arguments));
    }
    err.println("espalier: " + message);
    if (debug(arguments)) {
      failure.printStackTrace(err);
    }
    return code;
  }

  /** What {@link #handleExecutionException} does, for what is no exception. */
  int handleError(Error failure, CommandLine line, List<String> arguments) {
    PrintWriter err = line.getErr();
    boolean full = failure instanceof OutOfMemoryError;
    err.println(
        "espalier: "
            + (full
                ? "need more memory than the "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB that Java may take; allow more with ESPALIER_JAVA_OPTS=-Xmx8g, or take"
                    + " fewer rows or columns"
                : fault(failure, plugins(arguments))));
    if (arguments.contains("--debug")) {
      failure.printStackTrace(err);
    }
    return full ? BAD_INPUT : FAULT;
  }

  /**
   * Says whose fault it is: that of the first plugin of others in whose code it happened, if any.
   */
  private static String fault(Throwable failure, List<Origin> plugins) {
    String report = failure + ". Please report it";
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (StackTraceElement call : each.getStackTrace()) {
        for (Origin plugin : plugins) {
          if (folder(call.getClassName()).equals(folder(plugin.plugin()))) {
            return "a fault of the plugin "
                + plugin.plugin()
                + " from '"
                + plugin.location()
                + "': "
                + report
                + " to its authors with what --debug shows";
          }
        }
      }
    }
    return (plugins.isEmpty()
            ? "a fault of espalier itself: "
            : "a fault of espalier itself or of a plugin of others, "
                + plugins.stream().map(Origin::plugin).toList()
                + ": ")
        + report
        + " with what --debug shows";
  }

  /** The package of a class, by its name. */
  private static String folder(String type) {
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  private static List<Origin> plugins(CommandLine.ParseResult arguments) {
    return plugins(arguments.originalArgs());
  }

  /** The plugins that others have made. */
  private static List<Origin> plugins(List<String> arguments) {
    int option = arguments.indexOf("--plugins") + 1;
    try {
      Catalogue catalogue =
          option == 0 || option == arguments.size()
              ? Catalogue.discover()
              : Catalogue.discover(Path.of(arguments.get(option)));
      return catalogue.providers().stream()
          .map(provider -> catalogue.origin(provider.name()))
          .filter(origin -> !origin.plugin().startsWith("dev.espalier."))
          .distinct()
          .toList();
    } catch (RuntimeException | LinkageError e) {
      return List.of(); // the catalogue itself is what failed
    }
  }

  private static int code(Exception failure) {
    if (failure instanceof CancelledException) {
      return CANCELLED;
    }
    if (failure instanceof NotConvergedException) {
      return NOT_CONVERGED;
    }
    if (failure instanceof InvalidDataException) {
      return BAD_INPUT;
    }
    // options that name what does not exist, and values out of their range
    if (failure instanceof ExpressionException || failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    return FAULT;
  }

  private static boolean debug(CommandLine.ParseResult arguments) {
    for (CommandLine.ParseResult each :
        arguments.asCommandLineList().stream().map(CommandLine::getParseResult).toList()) {
      if (each.hasMatchedOption("--debug")) {
        return true;
      }
    }
    return false;
  }
}
