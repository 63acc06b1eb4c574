package dev.espalier.report;

import dev.espalier.plots.Plot;
import java.util.List;

/**
 * A part of a page.
 *
 * @param heading what it is about
 * @param paragraphs plain text, one a paragraph
 * @param grids tables
 * @param plots pictures
 */
public record Section(String heading, List<String> paragraphs, List<Grid> grids, List<Plot> plots) {

  /** What ends the cell of a number that another one beats beyond doubt. */
  static final String BEATEN = " ▾";

  /** Copies. */
  public Section {
    paragraphs = List.copyOf(paragraphs);
    grids = List.copyOf(grids);
    plots = List.copyOf(plots);
  }

  /** A part of text alone. */
  public static Section of(String heading, String... paragraphs) {
    return new Section(heading, List.of(paragraphs), List.of(), List.of());
  }

  /** The same with these tables. */
  public Section withGrids(List<Grid> tables) {
    return new Section(heading, paragraphs, tables, plots);
  }

  /** The same with these pictures. */
  public Section withPlots(List<Plot> pictures) {
    return new Section(heading, paragraphs, grids, pictures);
  }

  /**
   * A table: its first column names the rows.
   *
   * @param caption what it shows
   * @param headings of the columns
   * @param rows as many cells each as there are headings
   */
  public record Grid(String caption, List<String> headings, List<List<String>> rows) {

    /** Copies and checks. */
    public Grid {
      headings = List.copyOf(headings);
      rows = rows.stream().map(List::copyOf).toList();
      int width = headings.size();
      if (rows.stream().anyMatch(row -> row.size() != width)) {
        throw new IllegalArgumentException("need rows of " + width + " cells in '" + caption + "'");
      }
    }
  }
}
