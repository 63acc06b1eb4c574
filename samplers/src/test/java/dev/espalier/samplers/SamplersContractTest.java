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
  class DpmSdeTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.dpmSde(32);
    }

    @Override
    protected double bias() {
      return 0.03;
    }
  }

  @Nested
  class Dpm2Test extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.dpm2(32);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class LmsTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.lms(32, 3);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class UniPcTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.uniPc(20);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class MidpointTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.midpoint(32);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class EdmHeunTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.edmHeun(32, 5);
    }

    @Override
    protected double bias() {
      return 0.01;
    }
  }

  @Nested
  class PcTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.pc(64);
    }

    @Override
    protected double bias() {
      return 0.1;
    }
  }

  @Nested
  class LangevinTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.langevin(64);
    }

    @Override
    protected double bias() {
      return 0.15;
    }
  }

  @Nested
  class AdaptiveTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
      return Samplers.adaptive(1e-4);
    }

    @Override
    protected double bias() {
      return 0.001;
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
