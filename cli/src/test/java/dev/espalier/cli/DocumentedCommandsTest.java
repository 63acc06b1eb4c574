package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Every command that the documents show has a subcommand, options and names that exist. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINE =
      Pattern.compile("^\\s*(?:\\$ )?\\./espalier ((?:\\\\\n|.)+)$", Pattern.MULTILINE);
  private static final Pattern INLINE = Pattern.compile("`\\./espalier ([^`]+)`");
  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

  private final Expressions expressions = new Expressions(Catalogue.discover());

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replace("\\\n", " "));
    while (word.find()) {
      if (word.group(3) != null && word.group(3).matches("[#|>].*")) {
        break;
      }
      words.add(
          word.group(1) != null
              ? word.group(1).replaceAll("\\\\(.)", "$1")
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }

  /** Fails unless the command line parses and the expressions in it do. */
  private void check(String command) {
    CommandLine line = Main.line();
    if (line.getSubcommands().containsKey(command)) {
      return; // a text that names the subcommand
    }
    ParseResult result = line.parseArgs(words(command).toArray(String[]::new));
    for (ParseResult each :
        result.asCommandLineList().stream().map(CommandLine::getParseResult).toList()) {
      if (each.hasMatchedOption("--plugins")) {
        continue; // whose names come from jars that are not here
      }
      for (OptionSpec option : each.matchedOptions()) {
        if (option.longestName().equals("--estimator")) {
          expressions.parse(ScoreEstimator.class, option.getValue().toString());
        } else if (option.longestName().equals("--sampler")) {
          expressions.parse(Sampler.class, option.getValue().toString());
        }
      }
    }
  }

  /** The list of commands shows the first line of each description only. */
  @Test
  void everyCommandIsListedByOneSentence() {
    Main.line()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String listed = command.getCommandSpec().usageMessage().description()[0];
              assertTrue(listed.endsWith("."), () -> name + " is listed as '" + listed + "'");
            });
  }

  @Test
  void everyCommandShownExists() throws IOException {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (Pattern pattern : List.of(LINE, INLINE)) {
        Matcher command = pattern.matcher(text);
        while (command.find()) {
          tried++;
          try {
            check(command.group(1));
          } catch (RuntimeException e) {
            wrong.add(document + ": ./espalier " + command.group(1) + ": " + e.getMessage());
          }
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(tried >= 10, "commands tried: " + tried);
  }

  @Test
  void whatDoesNotExistIsFound() {
    assertThrows(RuntimeException.class, () -> check("syntesize table.csv"));
    assertThrows(RuntimeException.class, () -> check("synthesize table.csv --row 3"));
    assertThrows(RuntimeException.class, () -> check("fit t.csv --estimator \"gmm(part=3)\""));
    check("fit t.csv --estimator \"gmm(components=3)\" --out t.esp  # a comment");
    assertFalse(words("a \"b c\" 'd' # e").contains("e"));
  }
}
