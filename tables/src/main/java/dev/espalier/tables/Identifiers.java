package dev.espalier.tables;

/** What becomes of columns that are found to be identifiers and of which a schema says nothing. */
public enum Identifiers {
  /** Models leave them out. */
  LEFT_OUT,
  /**
   * Models write fresh ones of the form that most of the values have; a column without one is left
   * out.
   */
  REGENERATED
}
