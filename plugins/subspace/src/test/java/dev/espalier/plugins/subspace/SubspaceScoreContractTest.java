package dev.espalier.plugins.subspace;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Observation;
import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.List;
import java.util.Map;

class SubspaceScoreContractTest extends ScoreContract {

  @Override
  protected List<Plugin> plugins() {
    return List.of(new ClosedFormPlugin(), new SubspacePlugin());
  }

  @Override
  protected List<? extends Score> scores() {
    FitRequest request = FitRequest.of(Planes.rows(80, 4, 2, 0.3, 5));
    Frame frame = Frame.of(new double[] {1, 0, 2, -1}, Planes.directions(4, 2, 8));
    SubspaceScore mixed = SubspaceScore.of(frame, 0.2, Planes.latent(), List.of("a note"));
    return List.of(
        Subspace.rank(0).around(new Gaussian()).fit(request),
        Subspace.rank(2).around(new Gaussian()).fit(request),
        Subspace.rank(4).around(new Gaussian()).fit(request),
        Subspace.rank(2).residual(Subspace.Residual.NORMAL).around(new Gaussian()).fit(request),
        Subspace.rank(0).residual(Subspace.Residual.NORMAL).around(new Gaussian()).fit(request),
        mixed,
        SubspaceScore.of(frame, 0.2, Law.threeInThePlane(), List.of()),
        mixed.given(Observation.columns(Map.of(1, 0.5))).orElseThrow(),
        mixed.given(Observation.range(1, 0.5, Double.POSITIVE_INFINITY)).orElseThrow());
  }
}
