package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryWriterTest {

  /** A unit normal law around a centre, with another law of its kind as an unused part. */
  record Point(double centre, Optional<Score> other) implements Score, Stored {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      Law.gaussian(new double[] {centre}, new double[][] {{1}}).posteriorMean(level, x, out);
    }

    @Override
    public String provider() {
      return "point";
    }

    @Override
    public void write(Writer out) {
      out.number("centre", centre);
      out.text("words", "a point");
      other.ifPresent(part -> out.part("other", part));
    }
  }

  /** Reads points, off by some error. */
  record Points(double error) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Point(request.rows().get(0, 0), Optional.empty());
    }

    Score read(Reader in) {
      Optional<Score> other = in.has("other") ? Optional.of(in.part("other")) : Optional.empty();
      return new Point(in.number("centre") + error, other);
    }

    Plugin plugin() {
      return () ->
          List.of(Provider.of(ScoreEstimator.class, "point", Points.class, "points", this::read));
    }
  }

  private static final Point NESTED = new Point(2, Optional.of(new Point(3, Optional.empty())));

  @Test
  void partsComeBackAsTheyWere() {
    MemoryReader reader = MemoryWriter.of(NESTED).reader(List.of(new Points(0).plugin()));
    assertEquals(NESTED, reader.score());
    assertEquals("a point", reader.text("words"));
    assertArrayEquals(new long[0], reader.shape("centre"));
    assertTrue(reader.has("other"));
    assertFalse(reader.has("another"));
  }

  @Test
  void whatIsNotThereOrOfAnotherShapeIsNamed() {
    MemoryReader reader = MemoryWriter.of(NESTED).reader(List.of());
    assertThrows(InvalidDataException.class, reader::score);
    assertThrows(InvalidDataException.class, () -> reader.text("centre"));
    assertThrows(InvalidDataException.class, () -> reader.tensor("centre", 1));
    assertThrows(InvalidDataException.class, () -> reader.part("words"));
  }

  @Test
  void badNamesShapesAndValuesAreRefused() {
    MemoryWriter writer = MemoryWriter.of(NESTED);
    for (String name : List.of("centre", "Centre", "a b", "")) {
      assertThrows(IllegalArgumentException.class, () -> writer.number(name, 1), name);
    }
    assertThrows(IllegalArgumentException.class, () -> writer.tensor("x", new double[3], 2));
    assertThrows(IllegalArgumentException.class, () -> writer.number("x", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> writer.part("x", Law.standardNormal(1)));
  }

  private static ScoreContract contract(List<Plugin> plugins) {
    return new ScoreContract() {
      @Override
      protected List<Score> scores() {
        return List.of(NESTED);
      }

      @Override
      protected List<Plugin> plugins() {
        return plugins;
      }
    };
  }

  @Test
  void theScoreContractComparesWhatWasReadBack() {
    contract(List.of(new Points(0).plugin())).storedScoresAnswerAlike();
    assertThrows(
        AssertionError.class,
        () -> contract(List.of(new Points(1e-15).plugin())).storedScoresAnswerAlike());
    assertThrows(AssertionError.class, () -> contract(List.of()).storedScoresAnswerAlike());
  }
}
