package dev.espalier.samplers;

import dev.espalier.api.Sampler;
import dev.espalier.testkit.SamplerContract;
import org.junit.jupiter.api.Nested;

class SamplersContractTest {

  @Nested
  class DdpmTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.ddpm(64);
    }

    @Override
    protected double bias() {
      return 0.1;
    }
  }

  @Nested
  class AncestralTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.ancestral(64);
    }

    @Override
    protected double bias() {
      return 0.1;
    }
  }

  @Nested
  class PosteriorTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.posterior(6).withLast(Last.STEP);
    }

    @Override
    protected double bias() {
      return 0.001;
    }
  }

  @Nested
  class DdimTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.ddim(64, 0.5);
    }

    @Override
    protected double bias() {
      return 0.1;
    }
  }

  @Nested
  class HeunTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.heun(32);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class DpmTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.dpm(32);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class DirectTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.direct();
    }

    @Override
    protected double bias() {
      return 0;
    }
  }
}
