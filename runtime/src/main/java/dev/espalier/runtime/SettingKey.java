package dev.espalier.runtime;

import java.util.Optional;

/** One key that a provider's expression takes. */
public final class SettingKey {
  private final String name;
  private final String kind;
  private final Optional<String> initial;
  private final String help;

  SettingKey(String name, String kind, Optional<String> initial, String help) {
    this.name = name;
    this.kind = kind;
    this.initial = initial;
    this.help = help;
  }

  /** The key. */
  public String name() {
    return name;
  }

  /** What to write, such as {@code a whole number} or {@code one of [full, diagonal]}. */
  public String kind() {
    return kind;
  }

  /** The text used where the key is not given; empty if it must be given. */
  public Optional<String> initial() {
    return initial;
  }

  /** One line on what the setting does. */
  public String help() {
    return help;
  }

  @Override
  public String toString() {
    return name + initial.map(text -> "=" + text).orElse("");
  }
}
