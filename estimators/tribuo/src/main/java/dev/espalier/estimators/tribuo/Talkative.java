package dev.espalier.estimators.tribuo;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A class of Tribuo that logs a line for every training.
 *
 * <p>Loggers are held weakly, so this one is kept.
 */
record Talkative(Logger logger) {

  static Talkative of(Class<?> type) {
    return new Talkative(Logger.getLogger(type.getName()));
  }

  /** Lets it say warnings alone, unless a level was set. */
  void hush() {
    if (logger.getLevel() == null) {
      logger.setLevel(Level.WARNING);
    }
  }
}
