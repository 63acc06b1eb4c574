/**
 * Pictures of numbers as SVG text: {@link dev.espalier.plots.LinePlot}, {@link
 * dev.espalier.plots.Histogram}, {@link dev.espalier.plots.Bars}, {@link
 * dev.espalier.plots.Scatter} and {@link dev.espalier.plots.HeatMap}.
 *
 * <p>A picture is a record. Equal records give equal bytes on every machine; they depend on nothing
 * but the JDK. Colours are CSS variables with values for light and for dark surroundings, and no
 * two things are told apart by colour alone. Every picture has a title and a description for people
 * who do not see it. Values that are not finite are left out.
 */
@NullMarked
package dev.espalier.plots;

import org.jspecify.annotations.NullMarked;
