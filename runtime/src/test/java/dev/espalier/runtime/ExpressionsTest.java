package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Size;
import dev.espalier.api.Structure;
import dev.espalier.api.Structured;
import dev.espalier.api.TrainingTarget;
import dev.espalier.runtime.Fakes.Many;
import dev.espalier.runtime.Fakes.Moments;
import dev.espalier.runtime.Fakes.Plain;
import dev.espalier.runtime.Fakes.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  private final Expressions expressions = new Expressions(Fakes.catalogue());

  @Test
  void keysLeftOutHaveTheirDefaults() {
    Many expected =
        new Many(
            3,
            -9_000_000_000L,
            0.1,
            true,
            "plain",
            Shape.LOW_RANK,
            Size.AUTO,
            TrainingTarget.denoising(),
            new Moments(2),
            List.of(1.0, 2.5),
            List.of());
    assertEquals(expected, expressions.parse(ScoreEstimator.class, "many(whole=3)"));
    assertEquals(expected, expressions.parse(ScoreEstimator.class, "many(3)"));
  }

  @Test
  void printedTextHasEveryKey() {
    assertEquals(
        "many(whole=3, wide=-9000000000, real=0.1, truth=true, words=plain, shape=low_rank,"
            + " size=auto, target=denoising(), other=moments(extra=2), reals=[1, 2.5], others=[])",
        expressions.print(expressions.parse(ScoreEstimator.class, "many(3)")));
  }

  @Test
  void briefTextHasOnlyWhatDiffersFromTheDefaults() {
    for (String text : List.of("many(whole=3)", "plain(rank=1..20, inner=moments())")) {
      ScoreEstimator made = expressions.parse(ScoreEstimator.class, text);
      assertEquals(text, expressions.brief(made));
    }
    assertEquals(
        "many(whole=3, other=moments(extra=5), reals=[1])",
        expressions.brief(
            expressions.parse(
                ScoreEstimator.class, "many(3, reals=[1], truth=true, other=moments(5))")));
  }

  @Test
  void parenthesesWithoutSettingsMayBeLeftOut() {
    assertEquals(
        expressions.parse(ScoreEstimator.class, "moments()"),
        expressions.parse(ScoreEstimator.class, " moments "));
  }

  @Test
  void aStructureGoesAroundItsInnerEstimator() {
    ScoreEstimator made =
        expressions.parse(ScoreEstimator.class, "plain(1..20, inner=plain(3, moments))");
    assertEquals(
        new Plain(Size.between(1, 20)).around(new Plain(Size.of(3)).around(new Moments(0))), made);
    assertInstanceOf(Structured.class, made);
    assertEquals(
        "plain(rank=1..20, inner=plain(rank=3, inner=moments(extra=0)))", expressions.print(made));
  }

  @Test
  void aStructureAloneHasNoInnerEstimator() {
    Structure made = expressions.parse(Structure.class, "plain(rank=2)");
    assertEquals("plain(rank=2)", expressions.print(made));
  }

  @Test
  void partsAreToldFromTheInnermostOn() {
    ScoreEstimator made =
        expressions.parse(ScoreEstimator.class, "plain(3, many(1, others=[moments(4)]))");
    Structured around = assertInstanceOf(Structured.class, made);
    Many many = assertInstanceOf(Many.class, around.inner());
    assertEquals(
        List.of(TrainingTarget.denoising(), new Moments(2), new Moments(4), many, made),
        expressions.parts(made));
  }

  @Test
  void whatIsChangedIsWhatTheTextWithTheChangeMakes() {
    String text = "plain(3, many(1, words=\"moments(extra=4)\", others=[moments(4), moments(5)]))";
    ScoreEstimator made = expressions.parse(ScoreEstimator.class, text);
    assertEquals(
        expressions.parse(
            ScoreEstimator.class,
            "plain(3, many(1, words=\"moments(extra=4)\", others=[moments(9), moments(5)]))"),
        expressions.changed(
            ScoreEstimator.class,
            made,
            part -> part.equals(new Moments(4)) ? new Moments(9) : part));
    assertSame(made, expressions.changed(ScoreEstimator.class, made, part -> part));
    assertEquals(
        new Plain(Size.of(3)).around(new Moments(1)),
        expressions.changed(
            ScoreEstimator.class, made, part -> part instanceof Many ? new Moments(1) : part));
  }

  @Test
  void aPipelineReadsAndPrints() {
    String text = "pipeline(estimator=moments(extra=0), sampler=direct(block=64), seed=7)";
    Pipeline pipeline = Pipeline.parse(text, expressions.catalogue());
    assertEquals(new Pipeline(new Moments(0), new Fakes.Direct(64), 7), pipeline);
    assertEquals(text, pipeline.toString());
    assertEquals(text, expressions.print(pipeline));
    assertEquals(pipeline, Pipeline.parse("pipeline(moments, seed=7)", expressions.catalogue()));
    assertEquals(
        Pipeline.parse("pipeline(moments, direct(8), 7)", expressions.catalogue()),
        pipeline.with(new Fakes.Direct(8)));
  }

  @Test
  void theDefaultSamplerOfBuildersIsFoundByName() {
    Pipeline built =
        Pipeline.builder()
            .estimator(new Moments(1))
            .catalogue(expressions.catalogue())
            .seed(3)
            .build();
    assertEquals(expressions.parse(Sampler.class, "direct"), built.sampler());
  }
}
