package dev.espalier.plots;

/** A picture. */
public interface Plot {

  /** What it shows, in a few words; its heading. */
  String title();

  /**
   * An {@code <svg>} element for a page that has the {@link #style()}. It has no identifiers, so
   * that any number of them fit in one page.
   */
  String svg();

  /** A whole SVG file, with its style inside: for a document that shows it as an image. */
  default String file() {
    String svg = svg();
    int end = svg.indexOf('>') + 1;
    return svg.substring(0, end) + "<style>" + style() + "</style>" + svg.substring(end) + "\n";
  }

  /**
   * The style sheet of all pictures.
   *
   * <p>A page may set the variables that it begins with: {@code --plot-ink} of words, {@code
   * --plot-faint} of lines behind the data, {@code --plot-ground}, and {@code --plot-1} to {@code
   * --plot-6} of the data.
   */
  static String style() {
    return Svg.STYLE;
  }
}
