package dev.espalier.report;

import dev.espalier.plots.Plot;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTML page that loads nothing and runs nothing: for screens, phones and print, light and dark,
 * by keyboard and by screen reader. Equal pages give equal bytes.
 *
 * @param title of the page
 * @param verdict its headline
 * @param tiles a few numbers in front, each with a name and a word of explanation
 * @param sections in order
 * @param command what makes the page again; empty if nothing does
 */
public record Page(
    String title, Verdict verdict, List<Tile> tiles, List<Section> sections, String command) {

  private static final String STYLE =
      """
      *{box-sizing:border-box}
      html{color-scheme:light dark}
      body{margin:0;background:var(--plot-ground);color:var(--plot-ink);line-height:1.55;\
      font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
      a{color:var(--plot-1)}
      .skip{position:absolute;left:-999px}
      .skip:focus{left:8px;top:8px;background:var(--plot-ground);padding:6px 10px;z-index:1}
      header,main,footer{max-width:980px;margin:0 auto;padding:0 20px}
      header{padding-top:36px}
      .eyebrow{margin:0;font-size:.85rem;letter-spacing:.06em;color:var(--plot-6)}
      h1{font-size:1.65rem;line-height:1.25;margin:.2em 0 .7em;font-weight:650}
      h2{font-size:1.2rem;margin:2.4em 0 .6em;padding-top:.6em;border-top:1px solid var(--plot-faint)}
      p{margin:.5em 0;max-width:70ch}
      .verdict{border-left:6px solid var(--mark);padding:14px 18px;border-radius:4px;\
      background:color-mix(in srgb,var(--mark) 9%,var(--plot-ground))}
      .verdict p{margin:.3em 0;font-size:1.08rem}
      .verdict .kind{font-weight:700;color:var(--mark);text-transform:capitalize;font-size:1rem}
      .good{--mark:var(--plot-3)}.fair{--mark:var(--plot-4)}.bad{--mark:var(--plot-2)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;\
      margin:18px 0 0;padding:0;list-style:none}
      .tiles li{border:1px solid var(--plot-faint);border-radius:8px;padding:10px 14px}
      .tiles b{display:block;font-size:1.45rem;font-weight:650;font-variant-numeric:tabular-nums}
      .tiles span{font-size:.85rem}
      .tiles small{display:block;font-size:.78rem;color:var(--plot-6)}
      nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:20px 0 0;list-style:none;\
      font-size:.92rem}
      .scroll{overflow-x:auto;margin:.8em 0}
      table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
      caption{text-align:left;font-size:.85rem;color:var(--plot-6);padding-bottom:4px}
      th,td{padding:5px 12px 5px 0;text-align:right;border-bottom:1px solid var(--plot-faint);\
      white-space:nowrap;vertical-align:top}
      th:first-child,td:first-child{text-align:left;font-weight:500}
      thead th{font-weight:600;border-bottom:2px solid var(--plot-faint)}
      td.words{text-align:left;white-space:normal;min-width:16em}
      .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));\
      gap:22px;margin:14px 0}
      .plots figure{margin:0;min-width:0}
      .plots svg{width:100%}
      pre{overflow-x:auto;padding:12px 14px;border:1px solid var(--plot-faint);border-radius:6px;\
      font-size:.85rem}
      :focus-visible{outline:3px solid var(--plot-1);outline-offset:2px}
      footer{padding-bottom:48px;font-size:.85rem;color:var(--plot-6)}
      @media (max-width:560px){header,main,footer{padding-left:14px;padding-right:14px}\
      h1{font-size:1.35rem}.tiles{grid-template-columns:1fr 1fr}}
      @media print{body{font-size:10.5pt}nav,.skip{display:none}h2{break-after:avoid}\
      figure,tr,.verdict{break-inside:avoid}.scroll{overflow:visible}\
      .plots{grid-template-columns:1fr 1fr}header{padding-top:0}}
      """;

  /**
   * A number in front.
   *
   * @param name what it is
   * @param value as text
   * @param words what would be good
   */
  public record Tile(String name, String value, String words) {}

  /** Copies. */
  public Page {
    tiles = List.copyOf(tiles);
    sections = List.copyOf(sections);
  }

  /** The whole file. */
  public String html() {
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
        .append("<meta name=\"generator\" content=\"Espalier\">\n<title>")
        .append(safe(title))
        .append("</title>\n<style>\n")
        .append(Plot.style())
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n")
        .append("<a class=\"skip\" href=\"#report\">Skip to the report</a>\n");
    header(out);
    out.append("<main id=\"report\">\n");
    for (int k = 0; k < sections.size(); k++) {
      section(out, sections.get(k), k);
    }
    if (!command.isEmpty()) {
      out.append(
              "<section aria-labelledby=\"again\">\n<h2 id=\"again\">Make this page again</h2>\n")
          .append("<pre tabindex=\"0\"><code>")
          .append(safe(command))
          .append("</code></pre>\n</section>\n");
    }
    out.append("</main>\n<footer>\n<p>Made by Espalier. The page loads nothing and runs nothing.")
        .append("</p>\n</footer>\n</body>\n</html>\n");
    return out.toString();
  }

  private void header(StringBuilder out) {
    String mark =
        switch (verdict.kind()) {
          case INDISTINGUISHABLE -> "good";
          case DISTINGUISHABLE -> "fair";
          case BROKEN_PAIRS, MEMORISED -> "bad";
        };
    out.append("<header>\n<p class=\"eyebrow\">Synthetic data report</p>\n<h1>")
        .append(safe(title))
        .append("</h1>\n<div class=\"verdict ")
        .append(mark)
        .append("\" role=\"region\" aria-label=\"Verdict\">\n<p class=\"kind\">")
        .append(safe(verdict.kind().words()))
        .append("</p>\n<p>")
        .append(safe(verdict.likeness()))
        .append("</p>\n<p>")
        .append(safe(verdict.privacy()))
        .append("</p>\n</div>\n");
    if (!tiles.isEmpty()) {
      out.append("<ul class=\"tiles\">\n");
      for (Tile tile : tiles) {
        out.append("<li><span>")
            .append(safe(tile.name))
            .append("</span><b>")
            .append(safe(tile.value))
            .append("</b><small>")
            .append(safe(tile.words))
            .append("</small></li>\n");
      }
      out.append("</ul>\n");
    }
    out.append("<nav aria-label=\"Sections\"><ul>\n");
    for (int k = 0; k < sections.size(); k++) {
      out.append("<li><a href=\"#s").append(k).append("\">");
      out.append(safe(sections.get(k).heading())).append("</a></li>\n");
    }
    out.append("</ul></nav>\n</header>\n");
  }

  private static void section(StringBuilder out, Section section, int k) {
    out.append("<section aria-labelledby=\"s").append(k).append("\">\n<h2 id=\"s");
    out.append(k).append("\">").append(safe(section.heading())).append("</h2>\n");
    for (String paragraph : section.paragraphs()) {
      out.append("<p>").append(safe(paragraph)).append("</p>\n");
    }
    for (Section.Grid grid : section.grids()) {
      grid(out, grid);
    }
    if (!section.plots().isEmpty()) {
      out.append("<div class=\"plots\">\n");
      for (Plot plot : section.plots()) {
        out.append("<figure>").append(plot.svg()).append("</figure>\n");
      }
      out.append("</div>\n");
    }
    out.append("</section>\n");
  }

  private static void grid(StringBuilder out, Section.Grid grid) {
    out.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(safe(grid.caption()))
        .append("\">\n<table>\n<caption>")
        .append(safe(grid.caption()))
        .append("</caption>\n<thead><tr>");
    for (String heading : grid.headings()) {
      out.append("<th scope=\"col\">").append(safe(heading)).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : grid.rows()) {
      List<String> cells = new ArrayList<>();
      for (int j = 0; j < row.size(); j++) {
        String words = row.get(j).length() > 24 ? " class=\"words\"" : "";
        cells.add(
            j == 0
                ? "<th scope=\"row\">" + safe(row.get(j)) + "</th>"
                : "<td" + words + ">" + safe(row.get(j)) + "</td>");
      }
      out.append("<tr>").append(String.join("", cells)).append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n</div>\n");
  }

  private static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default ->
                    safe.appendCodePoint(Character.isISOControl(c) && c != '\n' ? 0xFFFD : c);
              }
            });
    return safe.toString();
  }
}
