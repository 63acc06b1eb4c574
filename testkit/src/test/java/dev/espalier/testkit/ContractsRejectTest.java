package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every check of the contracts rejects something that is broken in the way it looks for. */
class ContractsRejectTest {

  private static void rejects(Executable check) {
    assertThrows(AssertionError.class, check);
  }

  private static ScoreContract of(Score score) {
    return new ScoreContract() {
      @Override
      protected List<Score> scores() {
        return List.of(score);
      }
    };
  }

  /** An exact law, broken where a test overrides it. */
  private static class Broken implements Score, Density, Curvature, DirectSampler {
    private static final long serialVersionUID = 1;
    final Law law = Law.threeInThePlane();

    @Override
    public int columns() {
      return 2;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      law.posteriorMean(level, x, out);
    }

    @Override
    public void score(NoiseLevel level, double[] x, double[] out) {
      law.score(level, x, out);
    }

    @Override
    public void logDensity(NoiseLevel level, double[] x, double[] out) {
      law.logDensity(level, x, out);
    }

    @Override
    public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
      law.jacobianTimes(level, x, v, out);
    }

    @Override
    public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
      law.jacobianTimes(level, x, v, out);
    }

    @Override
    public void draw(RandomGenerator random, double[] row) {
      law.draw(random, row);
    }
  }

  private static final class Means extends Broken {
    private static final long serialVersionUID = 1;
    private final Fault fault;

    Means(Fault fault) {
      this.fault = fault;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      fault.apply(law, level, x, out);
    }
  }

  private interface Fault extends java.io.Serializable {
    void apply(Law law, NoiseLevel level, double[] x, double[] out);
  }

  @Test
  void aRowThatDependsOnTheBatch() {
    rejects(
        of(
                new Means(
                    (law, level, x, out) -> {
                      law.posteriorMean(level, x, out);
                      for (int i = 0; i < out.length; i++) {
                        out[i] = x.length > 2 ? out[i] : Math.nextUp(out[i]);
                      }
                    }))
            ::rowsDoNotDependOnTheirBatch);
  }

  @Test
  void anOutputThatIsRead() {
    rejects(
        of(
                new Means(
                    (law, level, x, out) -> {
                      double before = out[0];
                      law.posteriorMean(level, x, out);
                      out[0] += 1e-300 * before;
                    }))
            ::outputIsOnlyWrittenAndInputOnlyRead);
  }

  @Test
  void anInputThatIsWritten() {
    rejects(
        of(
                new Means(
                    (law, level, x, out) -> {
                      law.posteriorMean(level, x, out);
                      x[0] = Math.nextUp(x[0]);
                    }))
            ::outputIsOnlyWrittenAndInputOnlyRead);
  }

  @Test
  void notANumberFarAway() {
    rejects(
        of(
                new Means(
                    (law, level, x, out) -> {
                      law.posteriorMean(level, x, out);
                      if (x.length > 0 && Math.abs(x[0]) > 1e3) {
                        out[0] = Double.NaN;
                      }
                    }))
            ::answersAreFinite);
  }

  @Test
  void wrongLimits() {
    Fault shifted =
        (law, level, x, out) -> {
          law.posteriorMean(level, x, out);
          for (int i = 0; i < out.length; i++) {
            out[i] += 1e-6 * x[i];
          }
        };
    rejects(of(new Means(shifted))::posteriorMeanHasItsLimits);
    rejects(of(new Means(shifted))::scoreAndPosteriorMeanAgree);
    rejects(of(new Means(shifted))::jacobianIsTheDerivativeOfThePosteriorMean);
  }

  @Test
  void aScoreOffByATenThousandth() {
    Score broken =
        new Broken() {
          private static final long serialVersionUID = 1;

          @Override
          public void score(NoiseLevel level, double[] x, double[] out) {
            law.score(level, x, out);
            for (int i = 0; i < out.length; i++) {
              out[i] *= 1.0001;
            }
          }
        };
    rejects(of(broken)::scoreIsTheGradientOfTheDensity);
    rejects(of(broken)::scoreAndPosteriorMeanAgree);
  }

  @Test
  void aWrongJacobian() {
    Score broken =
        new Broken() {
          private static final long serialVersionUID = 1;

          @Override
          public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
            law.jacobianTimes(level, x, v, out);
            for (int i = 0; i < out.length; i += 2) {
              out[i] += 1e-4 * v[i + 1];
            }
          }
        };
    rejects(of(broken)::jacobianIsTheDerivativeOfThePosteriorMean);
    rejects(of(broken)::productsWithJacobianAndHessianAgree);
    rejects(of(broken)::jacobianHasItsLimits);
  }

  @Test
  void aLevelOutsideTheRangeThatIsAnswered() {
    rejects(
        of(
                new Broken() {
                  private static final long serialVersionUID = 1;

                  @Override
                  public NoiseRange range() {
                    return new NoiseRange(-5, 5);
                  }
                })
            ::levelsOutsideTheRangeAreRefused);
  }

  @Test
  void somethingThatCannotTravel() {
    rejects(
        of(
                new Broken() {
                  private static final long serialVersionUID = 1;
                  private final Object stuck = new Object();

                  @Override
                  public int columns() {
                    return stuck == null ? 0 : 2;
                  }
                })
            ::copiesAnswerAlike);
  }

  @Test
  void stateThatCallsChange() {
    AtomicInteger calls = new AtomicInteger();
    rejects(
        of(
                new Means(
                    (law, level, x, out) -> {
                      law.posteriorMean(level, x, out);
                      out[0] += calls.getAndIncrement();
                    }))
            ::concurrentCallsAnswerAlike);
  }

  @Test
  void anAnswerToAnUnknownAbility() {
    rejects(
        of(
                new Broken() {
                  private static final long serialVersionUID = 1;

                  @Override
                  @SuppressWarnings("unchecked")
                  public <A> Optional<A> ability(Class<A> ability) {
                    return (Optional<A>) Optional.of(this);
                  }
                })
            ::abilitiesAreConsistent);
  }

  @Test
  void aDrawThatLeavesAColumnUnwritten() {
    rejects(
        of(
                new Broken() {
                  private static final long serialVersionUID = 1;

                  @Override
                  public void draw(RandomGenerator random, double[] row) {
                    row[0] = random.nextGaussian();
                  }
                })
            ::directDrawsDependOnTheirStream);
  }

  private record Halves(double weight) implements Score, Strata {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      Law.standardNormal(1).posteriorMean(level, x, out);
    }

    @Override
    public String label() {
      return "half";
    }

    @Override
    public List<String> categories() {
      return List.of("one", "other");
    }

    @Override
    public List<Double> weights() {
      return List.of(weight, 0.5);
    }

    @Override
    public Score stratum(int category) {
      return Law.standardNormal(1);
    }
  }

  @Test
  void weightsOfStrataThatDoNotAddUp() {
    of(new Halves(0.5)).strataAddUp();
    rejects(of(new Halves(0.6))::strataAddUp);
  }

  private static EstimatorContract estimating(ScoreEstimator estimator) {
    return new EstimatorContract() {
      @Override
      protected ScoreEstimator estimator() {
        return estimator;
      }

      @Override
      protected Set<Claim> claims() {
        return EnumSet.allOf(Claim.class);
      }
    };
  }

  private static Score normal(double mean) {
    return Law.gaussian(new double[] {mean, 0}, new double[][] {{1, 0}, {0, 1}});
  }

  @Test
  void anEstimatorWithState() {
    AtomicInteger fits = new AtomicInteger();
    rejects(estimating(request -> normal(fits.incrementAndGet()))::sameRequestGivesTheSameBits);
    rejects(estimating(request -> normal(fits.incrementAndGet()))::threadsChangeNoBit);
  }

  @Test
  void anEstimatorWhosePiecesCannotTravel() {
    ScoreEstimator capturing =
        request ->
            normal(
                request
                    .tasks()
                    .map(1, (i, share) -> request.rows().get(i, 0), request.progress())
                    .get(0));
    rejects(estimating(capturing)::threadsChangeNoBit);
  }

  @Test
  void anEstimatorThatNeitherTravelsNorStopsNorWeighs() {
    AtomicInteger captured = new AtomicInteger();
    EstimatorContract contract = estimating((FitRequest request) -> normal(captured.get()));
    rejects(contract::copiesFitAlike);
    rejects(contract::cancellationStops);
    rejects(contract::weightsMoveTheFitIfClaimed);
  }

  @Test
  void anEstimatorThatComputesWithMissingCells() {
    EstimatorContract contract =
        estimating(request -> normal(request.rows().get(0, 0) / (request.rows().count() - 1)));
    rejects(contract::missingCellsAreFittedOrRefused);
    rejects(contract::degenerateRowsAreFittedOrRefused);
  }

  private static SamplerContract sampling(Sampler sampler) {
    return new SamplerContract() {
      @Override
      protected Sampler sampler() {
        return sampler;
      }

      @Override
      protected double bias() {
        return 0;
      }
    };
  }

  private static Samples draw(DrawRequest request, int block) {
    double[] values = new double[2 * request.rows().count()];
    double[] row = new double[2];
    for (int i = 0; i < request.rows().count(); i++) {
      long index = block > 0 ? i / block : request.rows().index(i);
      ((DirectSampler) request.score()).draw(new Streams(request.seed()).stream("x", index), row);
      System.arraycopy(row, 0, values, 2 * i, 2);
    }
    return Samples.of(2, values);
  }

  @Test
  void aSamplerThatNamesRowsByPlace() {
    SamplerContract contract = sampling((DrawRequest request) -> draw(request, 1));
    rejects(contract::rowsDependOnTheirIndexAlone);
    rejects(contract::cancellationStops);
    rejects(sampling((DrawRequest request) -> draw(request, 2))::seedsAndRowsDiffer);
  }

  @Test
  void aSamplerWithState() {
    AtomicInteger draws = new AtomicInteger();
    SamplerContract contract =
        sampling((DrawRequest request) -> draw(request.withSeed(draws.incrementAndGet()), 0));
    rejects(contract::drawsArePrefixes);
    rejects(contract::threadsChangeNoBit);
    rejects(contract::copiesDrawAlike);
  }

  @Test
  void aSamplerTenPerCentTooWide() {
    Trials.named("dev.espalier.testkit.ContractsRejectTest.aSamplerTenPerCentTooWide")
        .mustReject(
            sampling(
                    (DrawRequest request) -> {
                      double[] values = draw(request, 0).toArray();
                      for (int i = 0; i < values.length; i++) {
                        values[i] *= 1.1;
                      }
                      return Samples.of(2, values);
                    })
                ::moments);
  }

  private static StructureContract structuring(Structure structure) {
    return new StructureContract() {
      @Override
      protected Structure structure() {
        return structure;
      }

      @Override
      protected Samples rows() {
        return Law.threeInThePlane().rows(30, 1);
      }
    };
  }

  @Test
  void aStructureThatOffersWhatItsInnerPartLacks() {
    rejects(structuring((request, inner) -> new Broken())::abilitiesNeedThoseOfTheInnerPart);
    rejects(structuring((request, inner) -> new Broken())::cancellationStops);
  }

  @Test
  void aStructureWithStateThatIsNoValue() {
    AtomicInteger fits = new AtomicInteger();
    StructureContract contract = structuring((request, inner) -> normal(fits.incrementAndGet()));
    rejects(contract::sameRequestGivesTheSameBitsForAnyThreads);
    rejects(contract::structuresAreValues);
  }
}
