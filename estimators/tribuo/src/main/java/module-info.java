/** Regressions by Tribuo, boosted trees above all, as estimators of scores. */
module dev.espalier.estimators.tribuo {
  requires transitive dev.espalier.api;
  requires transitive dev.espalier.evaluation;
  requires transitive org.tribuo.core;
  requires transitive org.tribuo.regression.core;
  requires com.google.protobuf;
  requires com.oracle.labs.mlrg.olcut;
  requires java.logging;
  requires org.tribuo.classification.core;
  requires org.tribuo.classification.dtree;
  requires org.tribuo.classification.xgboost;
  requires org.tribuo.common.sgd;
  requires org.tribuo.common.tree;
  requires org.tribuo.common.xgboost;
  requires org.tribuo.math;
  requires org.tribuo.regression.rtree;
  requires org.tribuo.regression.sgd;
  requires org.tribuo.regression.xgboost;
  requires static org.jspecify;

  exports dev.espalier.estimators.tribuo;

  provides dev.espalier.api.Plugin with
      dev.espalier.estimators.tribuo.TribuoPlugin;
}
