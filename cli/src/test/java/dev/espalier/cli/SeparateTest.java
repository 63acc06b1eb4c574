package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.ExpressionException;
import dev.espalier.runtime.Expressions;
import org.junit.jupiter.api.Test;

class SeparateTest {

  /** The command brings no Tribuo along, and says how to get it. */
  @Test
  void saysHowToGetTribuo() {
    Expressions expressions = new Expressions(Catalogue.discover());
    ExpressionException absent =
        assertThrows(
            ExpressionException.class, () -> expressions.parse(ScoreEstimator.class, "tribuo()"));
    String told = Separate.explained(absent.getMessage());
    assertTrue(told.contains("add --plugins estimators/tribuo/target/plugin"), told);
    ExpressionException other =
        assertThrows(
            ExpressionException.class, () -> expressions.parse(ScoreEstimator.class, "gaussain()"));
    assertEquals(other.getMessage(), Separate.explained(other.getMessage()));
  }
}
