package dev.espalier.plugins.subspace;

import dev.espalier.api.Samples;
import dev.espalier.api.Structure;
import dev.espalier.testkit.StructureContract;

class SubspaceContractTest extends StructureContract {

  @Override
  protected Structure structure() {
    return Subspace.rank(2);
  }

  @Override
  protected Samples rows() {
    return Planes.rows(120, 5, 2, 0.1, 3);
  }
}
