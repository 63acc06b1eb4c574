@file:JvmName("SamplersOf")

package dev.espalier.kotlin

import dev.espalier.api.Sampler
import dev.espalier.api.TimeGrid
import dev.espalier.samplers.Adaptive
import dev.espalier.samplers.Churned
import dev.espalier.samplers.Direct
import dev.espalier.samplers.Lms
import dev.espalier.samplers.Samplers
import dev.espalier.samplers.Walk

/** The probability-flow ODE by Heun's method: two evaluations a step. */
public fun heun(steps: Int = Walk.Settings.STEPS): Walk = Samplers.heun(steps)

/** The probability-flow ODE by DPM-Solver++(2M): one evaluation a step. */
public fun dpm(steps: Int = Walk.Settings.STEPS): Walk = Samplers.dpm(steps)

/** The probability-flow ODE by UniPC of third order: one evaluation a step. */
public fun unipc(steps: Int = Walk.Settings.STEPS): Walk = Samplers.uniPc(steps)

/** The probability-flow ODE by exponential Adams–Bashforth steps of [order] 1 to 4. */
public fun lms(steps: Int = Walk.Settings.STEPS, order: Int = Lms.ORDER): Walk =
  Samplers.lms(steps, order)

/** [dpm] with the noise of [ancestral]. */
public fun dpmSde(steps: Int = Walk.Settings.STEPS): Walk = Samplers.dpmSde(steps)

/** The probability-flow ODE by midpoints: two evaluations a step. */
public fun dpm2(steps: Int = Walk.Settings.STEPS): Walk = Samplers.dpm2(steps)

/** The probability-flow ODE at random midpoints. */
public fun midpoint(steps: Int = Walk.Settings.STEPS): Walk = Samplers.midpoint(steps)

/** [heun] with noise added before each step. */
public fun edmHeun(steps: Int = Walk.Settings.STEPS, churn: Double = Churned.CHURN): Walk =
  Samplers.edmHeun(steps, churn)

/** [ancestral] with Langevin corrections. */
public fun pc(steps: Int = Walk.Settings.STEPS): Walk = Samplers.pc(steps)

/** Annealed Langevin dynamics. */
public fun langevin(steps: Int = Walk.Settings.STEPS): Walk = Samplers.langevin(steps)

/** The probability-flow ODE within a tolerance, with steps of its own for every row. */
public fun adaptive(tolerance: Double = Adaptive.TOLERANCE): Adaptive = Samplers.adaptive(tolerance)

/** The probability-flow ODE by Euler's method. */
public fun euler(steps: Int = Walk.Settings.STEPS): Walk = Samplers.euler(steps)

/** DDIM with noise share [eta]: 0 follows the ODE, 1 is ancestral. */
public fun ddim(steps: Int = Walk.Settings.STEPS, eta: Double = 0.0): Walk =
  Samplers.ddim(steps, eta)

/** The denoising diffusion sampler of Li, Cai and Wei (2025), Eq. 9. */
public fun ddpm(steps: Int = Walk.Settings.STEPS): Walk = Samplers.ddpm(steps)

/** The ancestral sampler, with the variance of the posterior. */
public fun ancestral(steps: Int = Walk.Settings.STEPS): Walk = Samplers.ancestral(steps)

/** The sampler whose steps have the posterior covariance; needs curvature. */
public fun posterior(steps: Int = Walk.Settings.STEPS): Walk = Samplers.posterior(steps)

/** Exact draws where the score has them, those of another sampler elsewhere. */
public fun direct(otherwise: Sampler = Direct.standard().otherwise()): Direct = Direct(otherwise)

/** This sampler along another grid: `heun(32) along karras()`. */
public infix fun Walk.along(grid: TimeGrid): Walk = withGrid(grid)
