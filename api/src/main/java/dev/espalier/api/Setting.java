package dev.espalier.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a settings record: its default and a line of help.
 *
 * <p>Ranges are checked by the record's constructor, the one place that everyone passes. Languages
 * that cannot annotate a component, such as Kotlin, annotate its parameter of that constructor.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

  /** The value of {@link #value()} for a key without a default, which must be given. */
  String REQUIRED = "\0";

  /** The default in the text form of pipelines, such as {@code auto} or {@code denoising()}. */
  String value() default REQUIRED;

  /** One line: what the setting does, its unit and its range. */
  String help();
}
