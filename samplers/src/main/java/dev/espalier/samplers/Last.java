package dev.espalier.samplers;

/** How rows leave the last noisy level. */
public enum Last {

  /** By their posterior mean; the grid's clean level, if it has one, costs no step of its own. */
  DENOISE,

  /** As they are, with the little noise that the last noisy level has. */
  KEEP,

  /** By the stepper's own step to the grid's clean level; as they are if the grid has none. */
  STEP
}
