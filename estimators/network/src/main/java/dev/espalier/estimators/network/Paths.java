package dev.espalier.estimators.network;

/** What noise a row has when it is seen again. */
public enum Paths {
  /** New noise every time. */
  FRESH,
  /** One path of noise through all levels, a row and copy each: as much noise as there are rows. */
  FIXED
}
