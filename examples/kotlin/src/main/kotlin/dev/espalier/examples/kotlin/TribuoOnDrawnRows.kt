package dev.espalier.examples.kotlin

import dev.espalier.formats.tribuo.TribuoRows
import dev.espalier.kotlin.csv
import dev.espalier.kotlin.fit
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.stratified
import java.util.Locale
import org.tribuo.MutableDataset
import org.tribuo.classification.dtree.CARTClassificationTrainer
import org.tribuo.classification.evaluation.LabelEvaluation
import org.tribuo.classification.evaluation.LabelEvaluator

/** What is a Tribuo model worth on real rows that has only seen drawn ones? */
public object TribuoOnDrawnRows {

  /** Prints how well trees fitted to real and to drawn rows know real ones. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val penguins = csv(arguments.firstOrNull() ?: "examples/data/penguins.csv")
    val (chosen, others) = (0 until penguins.count()).partition { it % 4 == 0 }
    val few = penguins.rows(chosen.toIntArray())
    val rest = penguins.rows(others.toIntArray())
    val pipeline = pipeline {
      estimator(stratified("species") { gmm(components = 1) })
      seed(7)
    }

    // region augment
    val real = TribuoRows.of(few)
    val drawn = TribuoRows.drawn(pipeline.fit(few), 1_000)
    val more = MutableDataset(drawn.classification("species"))
    val model = CARTClassificationTrainer(5).train(more)
    val test = MutableDataset(TribuoRows.of(rest).classification("species"))
    val evaluation = LabelEvaluator().evaluate(model, test)
    // endregion

    val own = MutableDataset(real.classification("species"))
    val first = CARTClassificationTrainer(5).train(own)
    println("a tree fitted to      accuracy  macro F1 on ${test.size()} real rows")
    print("${own.size()} real rows", LabelEvaluator().evaluate(first, test))
    print("${more.size()} drawn rows", evaluation)
    val source = model.provenance.datasetProvenance.sourceProvenance.toString()
    println("its provenance has the model: ${source.contains("stratified(by=species")}")
  }

  private fun print(what: String, evaluation: LabelEvaluation) {
    val row = "%-20s %9.3f %9.3f"
    println(row.format(Locale.ROOT, what, evaluation.accuracy(), evaluation.macroAveragedF1()))
  }
}
