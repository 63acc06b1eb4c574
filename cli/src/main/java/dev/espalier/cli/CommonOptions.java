package dev.espalier.cli;

import dev.espalier.api.Tasks;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Catalogue;
import dev.espalier.tables.TableModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The options that every command has, and what follows from them. */
final class CommonOptions {

  /** How many notes of a fit are printed, and how many letters of each. */
  private static final int MOST_NOTES = 6;

  private static final int WIDEST_NOTE = 240;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Also find the plugins in the jars of this directory.")
  private @Nullable Path plugins;

  @Option(names = "--json", description = "Print results as JSON.")
  private boolean json;

  @Option(names = "--debug", description = "Show stack traces.")
  private boolean debug;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to work on; all processors unless given. Never changes a result.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes.")
  private boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private final Set<String> said = new HashSet<>();

  Catalogue catalogue() {
    return plugins == null ? Catalogue.discover() : Catalogue.discover(plugins);
  }

  /** The jars of the directory of plugins. */
  List<Path> pluginJars() {
    return plugins == null ? List.of() : Catalogue.jars(plugins);
  }

  Tasks tasks() {
    return Tasks.threads(threads);
  }

  /** Progress on standard error, if there is someone to read it. */
  Meter meter() {
    return new Meter(!quiet && Boolean.getBoolean("espalier.terminal"));
  }

  /** Prints what a reader should know, on standard error; nothing twice. */
  void notes(List<String> notes) {
    PrintWriter err = spec.commandLine().getErr();
    for (String note : notes) {
      if (!quiet && said.add(note)) {
        err.println("note: " + TextTable.line(note));
      }
    }
  }

  /** Prints what a model says of its table, and the first that it says of its fit, cut short. */
  void notes(TableModel model, Path file) {
    List<String> fit = model.fitted().notes();
    notes(model.notes().stream().filter(note -> !fit.contains(note)).toList());
    boolean cut = fit.size() > MOST_NOTES;
    for (String note : fit.subList(0, Math.min(MOST_NOTES, fit.size()))) {
      int letters = note.codePointCount(0, note.length());
      int end = note.offsetByCodePoints(0, Math.min(letters, WIDEST_NOTE));
      notes(List.of(note.substring(0, end) + (letters > WIDEST_NOTE ? " ..." : "")));
      cut |= letters > WIDEST_NOTE;
    }
    if (cut) {
      notes(List.of("./espalier inspect " + file + " shows all notes of the fit"));
    }
  }

  /** The command as it was given, for people to repeat. */
  String command() {
    StringBuilder line = new StringBuilder("./espalier ").append(spec.name());
    for (String each : spec.commandLine().getParseResult().originalArgs()) {
      boolean plain = each.matches("[-A-Za-z0-9_./=:,+]+");
      line.append(' ').append(plain ? each : "'" + each.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }

  /** Prints the result as text, or as JSON where that was asked for. */
  void print(String text, ObjectNode object) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object)
            : text.stripTrailing());
  }

  static final JsonMapper JSON = JsonMapper.shared();
}
