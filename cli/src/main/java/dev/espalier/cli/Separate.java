package dev.espalier.cli;

import java.util.Map;
import java.util.TreeMap;

/** What of this project the command does not bring along, since it is large, and how to get it. */
final class Separate {

  /** The folder of the module that provides a name. */
  private static final Map<String, String> FOLDERS =
      new TreeMap<>(Map.of("tribuo", "estimators/tribuo"));

  private Separate() {}

  /** The error, and how to get the plugin if it says that one of these is not there. */
  static String explained(String message) {
    for (Map.Entry<String, String> each : FOLDERS.entrySet()) {
      String name = "'" + each.getKey() + "'";
      if (message.contains("is named " + name) || message.contains("provides " + name)) {
        return message
            + ". "
            + name
            + " is in a plugin of its own: build it by 'mvn -B -q package -DskipTests -pl "
            + each.getValue()
            + " -am' and add --plugins "
            + each.getValue()
            + "/target/plugin";
      }
    }
    return message;
  }
}
