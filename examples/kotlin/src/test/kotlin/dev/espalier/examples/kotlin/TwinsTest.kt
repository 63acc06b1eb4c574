package dev.espalier.examples.kotlin

import java.io.ByteArrayOutputStream
import java.io.PrintStream
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** An example in Kotlin prints the same bytes as its twin in Java. */
class TwinsTest {

  private fun printed(main: () -> Unit): ByteArray {
    val before = System.out
    val bytes = ByteArrayOutputStream()
    System.setOut(PrintStream(bytes, true, Charsets.UTF_8))
    try {
      main()
    } finally {
      System.setOut(before)
    }
    assertTrue(bytes.size() > 0)
    return bytes.toByteArray()
  }

  @Test
  fun `the given columns print alike`() {
    assertArrayEquals(
      printed { dev.espalier.examples.GivenSomeColumns.main() },
      printed { GivenSomeColumns.main() },
    )
  }

  @Test
  fun `the curved laws print alike`() {
    assertArrayEquals(
      printed { dev.espalier.examples.LearnACurvedLaw.main() },
      printed { LearnACurvedLaw.main() },
    )
  }

  @Test
  fun `the Tribuo models print alike`() {
    val file = "../data/penguins.csv"
    assertArrayEquals(
      printed { dev.espalier.examples.TribuoOnDrawnRows.main(file) },
      printed { TribuoOnDrawnRows.main(file) },
    )
  }

  @Test
  fun `the synthetic penguins print alike`() {
    val file = "../data/penguins.csv"
    assertArrayEquals(
      printed { dev.espalier.examples.SyntheticPenguins.main(file) },
      printed { SyntheticPenguins.main(file) },
    )
  }

  @Test
  fun `the stressed factors print alike`() {
    assertArrayEquals(
      printed { dev.espalier.examples.StressOneFactor.main() },
      printed { StressOneFactor.main() },
    )
  }

  @Test
  fun `the ensembles of fields print alike`() {
    val file = "../data/landsat7_nir_patches_8x8.csv"
    assertArrayEquals(
      printed { dev.espalier.examples.EnsembleOfAField.main(file) },
      printed { EnsembleOfAField.main(file) },
    )
  }

  @Test
  fun `the filled blanks print alike`() {
    val file = "../data/penguins.csv"
    assertArrayEquals(
      printed { dev.espalier.examples.FillTheBlanks.main(file) },
      printed { FillTheBlanks.main(file) },
    )
  }

  @Test
  fun `the streams print alike`() {
    assertArrayEquals(
      printed { dev.espalier.examples.StreamALargeDraw.main() },
      printed { StreamALargeDraw.main() },
    )
  }
}
