package dev.espalier.testkit;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Sound parts pass the contracts. */
class ContractsAcceptTest {

  /** The mean of the complete cells of every column, with unit deviations. */
  record UnitNormal() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      request.progress().check();
      Samples rows = request.rows();
      double[] mean = new double[rows.columns()];
      double[][] covariance = Matrices.identity(mean.length);
      for (int j = 0; j < mean.length; j++) {
        double weight = 0;
        for (int i = 0; i < rows.count(); i++) {
          if (!Double.isNaN(rows.get(i, j))) {
            mean[j] += request.weight(i) * rows.get(i, j);
            weight += request.weight(i);
          }
        }
        if (!(weight > 0)) {
          throw new InvalidDataException("need a value in every column, got none in " + j);
        }
        mean[j] /= weight;
      }
      return Law.gaussian(mean, covariance);
    }
  }

  /** Draws with the score's own direct sampler. */
  record Directly() implements Sampler {
    @Override
    public Samples draw(DrawRequest request) {
      DirectSampler direct = request.score().ability(DirectSampler.class).orElseThrow();
      int d = request.score().columns();
      DrawRequest.Rows asked = request.rows();
      Streams streams = new Streams(request.seed());
      List<double[]> rows =
          request
              .tasks()
              .map(
                  asked.count(),
                  (i, progress) -> {
                    double[] row = new double[d];
                    direct.draw(streams.stream("direct", asked.index(i)), row);
                    return row;
                  },
                  request.progress());
      return rows.isEmpty()
          ? Samples.of(d, new double[0])
          : Samples.of(rows.toArray(new double[0][]));
    }
  }

  /** No reduction at all. */
  record Whole() implements Structure {
    @Override
    public Score fit(FitRequest request, ScoreEstimator inner) {
      return inner.fit(request);
    }
  }

  @Nested
  class Estimators extends EstimatorContract {
    @Override
    protected ScoreEstimator estimator() {
      return new UnitNormal();
    }

    @Override
    protected Set<Claim> claims() {
      return EnumSet.allOf(Claim.class);
    }
  }

  @Nested
  class Samplers extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return new Directly();
    }

    @Override
    protected double bias() {
      return 0;
    }
  }

  @Nested
  class Structures extends StructureContract {
    @Override
    protected Structure structure() {
      return new Whole();
    }

    @Override
    protected Samples rows() {
      return Law.threeInThePlane().rows(50, 2);
    }
  }
}
