package dev.espalier.cli;

import dev.espalier.api.CancelledException;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NotConvergedException;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.ExpressionException;
import java.io.PrintWriter;
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
    String message = failure.getMessage();
    if (code == FAULT) {
      message =
          "a fault of espalier itself: " + failure + ". Please report it with what --debug shows";
    }
    err.println("espalier: " + message);
    if (debug(arguments)) {
      failure.printStackTrace(err);
    }
    return code;
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
