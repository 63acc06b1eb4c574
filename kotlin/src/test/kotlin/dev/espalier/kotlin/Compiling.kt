package dev.espalier.kotlin

import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler

/** What the Kotlin compiler says to a source file, with the classes of this test beside it. */
internal class Compiling(source: Path) {

  /** Where the classes went. */
  val classes: Path = source.resolveSibling("classes")

  private val said = ByteArrayOutputStream()

  /** How it ended. */
  val code: ExitCode =
    K2JVMCompiler()
      .exec(
        PrintStream(said, true, Charsets.UTF_8),
        "-no-stdlib",
        "-no-reflect",
        "-jvm-target",
        "17",
        "-classpath",
        System.getProperty("java.class.path"),
        "-d",
        classes.toString(),
        source.toString(),
      )

  /** Everything it said. */
  val text: String = said.toString(Charsets.UTF_8)

  /** The lines with errors, rising. */
  fun linesWithErrors(): List<Int> =
    Regex("\\.kt:(\\d+):\\d+: error")
      .findAll(text)
      .map { it.groupValues[1].toInt() }
      .distinct()
      .sorted()
      .toList()
}
