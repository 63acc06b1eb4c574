package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;
import dev.espalier.api.TrainingTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

public class ExpressionsGoldenTest {

  /** A target that needs a part which no plugin has. */
  public record Needy(@Setting(value = "absent()", help = "not there") TrainingTarget other)
      implements TrainingTarget {
    @Override
    public void write(Batch batch, double[] out) {
      other.write(batch, out);
    }
  }

  /** A target whose default holds itself. */
  public record Snake(@Setting(value = "snake()", help = "itself") TrainingTarget tail)
      implements TrainingTarget {
    @Override
    public void write(Batch batch, double[] out) {
      tail.write(batch, out);
    }
  }

  private static final Plugin ODD =
      () ->
          List.<Provider<?>>of(
              Provider.of(TrainingTarget.class, "needy", Needy.class, "Needs more."));

  private static final String LONG =
      "many(1, others=[moments, moments, moments, moments, moments, moments, moments, moment,"
          + " moments, moments, moments, moments, moments, moments, moments])";

  @Test
  void everyMistakeIsExplainedAtItsPlace() {
    Expressions expressions = new Expressions(Fakes.catalogue().with(List.of(ODD)));
    StringBuilder all = new StringBuilder();
    for (String text :
        List.of(
            "",
            "   ",
            "momets",
            "Moments",
            "nothinglikeit(3)",
            "direct(3)",
            "moments(extra=2",
            "moments(extra=2]",
            "moments(extra=2))",
            "moments(extra=2) moments",
            "moments extra=2",
            "moments(extra=)",
            "moments(extra 2)",
            "moments(,)",
            "moments(extra=2,)",
            "moments(extr=2)",
            "moments(1, 2)",
            "moments(extra=1, extra=2)",
            "moments(extra=two)",
            "moments(extra=\"2\")",
            "moments(extra=[2])",
            "moments(extra=1e999)",
            "moments(extra=0x10)",
            "moments(extra=-1)",
            "[moments]",
            "\"moments\"",
            "'moments",
            "mom{ents",
            "moments(\u0007)",
            "plain",
            "plain(rank=3)",
            "plain(rank=3, inner=direct)",
            "plain(inner=moments, 3)",
            "plain(rank=3..1, inner=moments)",
            "plain(rank=some, inner=moments)",
            "plain(rank=moments(1), inner=moments)",
            "many",
            "many(whole=2.5)",
            "many(whole=3000000000)",
            "many(1, wide=10000000000000000000)",
            "many(1, truth=yes)",
            "many(1, words=a(b))",
            "many(1, words=\"a\\qb\")",
            "many(1, words=\"a\\u12g4\")",
            "many(1, shape=ful)",
            "many(1, shape=FULL)",
            "many(1, reals=1)",
            "many(1, reals=[1; 2])",
            "many(1, reals=[1, x])",
            "many(1, target=denoise)",
            "many(1, target=moments)",
            "many(1, target=needy)",
            "many(1, other=\n  plain(2, inner=\n    momnts))",
            LONG,
            "[".repeat(100),
            "plain(inner=".repeat(100))) {
      all.append(failure(expressions, ScoreEstimator.class, text));
    }
    all.append(failure(expressions, Structure.class, "moments"));
    all.append(failure(expressions, Structure.class, "plain(3, inner=moments)"));
    all.append(failure(expressions, Sampler.class, "dirct"));
    all.append(failure(expressions, Pipeline.class, "moments"));
    all.append(failure(expressions, Pipeline.class, "pipeline(sampler=direct)"));
    all.append(failure(expressions, Pipeline.class, "pipeline(estimator=moments, seed=now)"));
    all.append(failure(new Expressions(Catalogue.of(List.of())), Sampler.class, "direct"));
    Golden.check("expression-errors.txt", all.toString());
  }

  @Test
  void aDefaultThatHoldsItselfIsRefused() {
    Plugin plugin =
        () ->
            List.<Provider<?>>of(
                Provider.of(TrainingTarget.class, "snake", Snake.class, "Bites itself."));
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Catalogue.of(List.of(plugin)));
    Golden.check(
        "default-in-itself.txt",
        failure.getMessage().replaceAll("^\\S+ from \\S+:", "PLUGIN:") + "\n");
  }

  private static String failure(Expressions expressions, Class<?> role, String text) {
    ExpressionException failure =
        assertThrows(ExpressionException.class, () -> expressions.parse(role, text), text);
    return failure.getMessage() + "\n\n";
  }
}
