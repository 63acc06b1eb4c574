/**
 * Scores learned by the regression trainers of Tribuo (Oracle Labs, Apache-2.0).
 *
 * <p>Start with {@link dev.espalier.estimators.tribuo.TribuoRegression}, which learns one regressor
 * a noise level, and {@link dev.espalier.estimators.tribuo.XgBoost}, its usual trainer. Every
 * trainer behind {@link dev.espalier.estimators.tribuo.RegressionTrainer} takes part, those of a
 * configuration file by {@link dev.espalier.estimators.tribuo.Olcut}.
 */
@NullMarked
package dev.espalier.estimators.tribuo;

import org.jspecify.annotations.NullMarked;
