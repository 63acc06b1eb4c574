package dev.espalier.runtime;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to learn a law from rows and to draw from it: an estimator, a sampler and a seed.
 *
 * <p>Immutable. A pipeline prints as an expression, {@code pipeline(estimator=..., sampler=...,
 * seed=7)}, which {@link #parse} reads; it knows the names from the catalogue that it was made
 * with, or else from the plugins found when it is printed; one that was sent to another machine
 * knows those found there. Pipelines of equal parts are equal.
 */
public final class Pipeline implements Serializable {
  private static final long serialVersionUID = 1;

  /** The expression of the sampler of pipelines that name none. */
  static final String DEFAULT_SAMPLER = "direct()";

  private final Parts parts;
  private final transient @Nullable Catalogue catalogue;

  /**
   * What a pipeline consists of, as settings.
   *
   * @param estimator learns the score
   * @param sampler draws from it
   * @param seed of everything random in the fit, and in draws that name no other
   */
  public record Parts(
      @Setting(help = "learns the score of the law from rows") ScoreEstimator estimator,
      @Setting(value = DEFAULT_SAMPLER, help = "draws rows from the score") Sampler sampler,
      @Setting(value = "0", help = "of everything random in the fit") long seed)
      implements Serializable {}

  /** A pipeline of these parts. */
  public Pipeline(ScoreEstimator estimator, Sampler sampler, long seed) {
    this(new Parts(estimator, sampler, seed), null);
  }

  Pipeline(Parts parts, @Nullable Catalogue catalogue) {
    this.parts = parts;
    this.catalogue = catalogue;
  }

  /** A builder of a pipeline, with seed 0 and the default sampler. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads {@code pipeline(estimator=..., sampler=..., seed=...)}.
   *
   * @throws ExpressionException if the text has an error, with its place
   */
  public static Pipeline parse(String text, Catalogue catalogue) {
    return new Expressions(catalogue).parse(Pipeline.class, text);
  }

  /** What learns the score. */
  public ScoreEstimator estimator() {
    return parts.estimator();
  }

  /** What draws from the score. */
  public Sampler sampler() {
    return parts.sampler();
  }

  /** The seed of everything random in the fit, and in draws that name no other. */
  public long seed() {
    return parts.seed();
  }

  /** This pipeline with another sampler. */
  public Pipeline with(Sampler sampler) {
    return new Pipeline(new Parts(estimator(), sampler, seed()), catalogue);
  }

  /** This pipeline with another estimator. */
  Pipeline withEstimator(ScoreEstimator estimator) {
    return new Pipeline(new Parts(estimator, sampler(), seed()), catalogue);
  }

  /** The parts as one value. */
  public Parts parts() {
    return parts;
  }

  /**
   * Fits the rows on all processors, silently.
   *
   * <p>An estimator that is {@link Auto} chooses first; the fitted pipeline has its choice.
   */
  public Fitted fit(Samples rows) {
    return fit(rows, Progress.silent());
  }

  /** Fits the rows on all processors. */
  public Fitted fit(Samples rows, Progress progress) {
    return fit(FitRequest.of(rows).withTasks(Fitted.everywhere()).withProgress(progress));
  }

  /**
   * Fits what the request says, with this pipeline's seed in place of the request's.
   *
   * @throws dev.espalier.api.InvalidDataException if the estimator cannot fit these rows
   * @throws dev.espalier.api.NotConvergedException if the fit did not reach what it must
   * @throws dev.espalier.api.CancelledException if the request's progress was cancelled
   */
  public Fitted fit(FitRequest request) {
    return Fitted.fit(this, request.withSeed(seed()));
  }

  /**
   * The text of this pipeline, which {@link #parse} reads.
   *
   * @throws IllegalArgumentException if a part is from no provider of the catalogue
   */
  public String expression() {
    return expressions().print(this);
  }

  Expressions expressions() {
    return new Expressions(catalogue == null ? Catalogue.discover() : catalogue);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pipeline that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** The text of {@link #expression}, where parts from no provider print as they please. */
  @Override
  public String toString() {
    return expressions().print(this, true);
  }

  /** Collects the parts of a pipeline. */
  public static final class Builder {
    private @Nullable ScoreEstimator estimator;
    private @Nullable Sampler sampler;
    private @Nullable Catalogue catalogue;
    private long seed;

    private Builder() {}

    /** What learns the score; must be given. */
    public Builder estimator(ScoreEstimator estimator) {
      this.estimator = estimator;
      return this;
    }

    /**
     * What draws from the score. Left out, it is what the catalogue provides by the name {@code
     * direct}: exact draws where the score has them, a good sampler elsewhere.
     */
    public Builder sampler(Sampler sampler) {
      this.sampler = sampler;
      return this;
    }

    /** The seed; 0 unless given. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** The catalogue for the default sampler and for printing; discovered unless given. */
    public Builder catalogue(Catalogue catalogue) {
      this.catalogue = catalogue;
      return this;
    }

    /**
     * The pipeline.
     *
     * @throws IllegalStateException if a part is missing; the message names all that are
     */
    public Pipeline build() {
      List<String> problems = new ArrayList<>();
      if (estimator == null) {
        problems.add("a pipeline needs an estimator, got none; call estimator(...)");
      }
      Sampler chosen = sampler == null ? defaultSampler(problems) : sampler;
      if (estimator == null || chosen == null) {
        throw new IllegalStateException(String.join("\n", problems));
      }
      return new Pipeline(new Parts(estimator, chosen, seed), catalogue);
    }

    private @Nullable Sampler defaultSampler(List<String> problems) {
      try {
        Catalogue names = catalogue == null ? Catalogue.discover() : catalogue;
        return new Expressions(names).parse(Sampler.class, DEFAULT_SAMPLER);
      } catch (ExpressionException e) {
        problems.add(
            "a pipeline needs a sampler, got none, and the default "
                + DEFAULT_SAMPLER
                + " is not there; call sampler(...) or add the samplers to the class path: "
                + e.problem());
        return null;
      }
    }
  }
}
