package dev.espalier.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test whose body runs through {@link Trials#run}, so that it can be repeated with fresh seeds.
 *
 * <p>It carries the tag {@code statistical}, which the soak profile of the build selects.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@Tag("statistical")
public @interface Statistical {}
