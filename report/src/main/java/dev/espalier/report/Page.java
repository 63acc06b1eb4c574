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
      html{color-scheme:light dark;-webkit-text-size-adjust:100%}
      body{margin:0;background:var(--plot-ground);color:var(--plot-ink);\
      font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
      a{color:var(--plot-1);text-decoration-thickness:1px;text-underline-offset:3px}
      .skip{position:absolute;left:-999px}
      .skip:focus{left:8px;top:8px;background:var(--plot-ground);padding:6px 10px;z-index:1}
      header,main,footer{max-width:1000px;margin:0 auto;padding:0 24px}
      header{padding-top:52px}
      .eyebrow{margin:0;font-size:.75rem;letter-spacing:.12em;text-transform:uppercase;\
      color:var(--plot-6)}
      h1{font-size:2rem;line-height:1.2;letter-spacing:-.015em;margin:.15em 0 .9em;font-weight:600;\
      overflow-wrap:anywhere}
      h2{font-size:1.35rem;line-height:1.3;letter-spacing:-.01em;font-weight:600;\
      margin:2.8em 0 .5em}
      p{margin:.6em 0;max-width:68ch;overflow-wrap:anywhere}
      .verdict{border-left:3px solid var(--mark);padding:2px 0 2px 22px}
      .verdict p{margin:.35em 0;max-width:62ch}
      .verdict .likeness{font-size:1.2rem;line-height:1.5}
      .verdict .kind{font-weight:600;color:var(--mark);font-size:.95rem}
      .verdict .kind::first-letter{text-transform:uppercase}
      .good{--mark:var(--plot-3)}.fair{--mark:var(--plot-4)}.bad{--mark:var(--plot-2)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:24px;\
      margin:36px 0 0;padding:0;list-style:none}
      .tiles li{border-top:1px solid var(--plot-faint);padding-top:10px}
      .tiles b{display:block;font-size:1.9rem;line-height:1.3;font-weight:500;\
      letter-spacing:-.02em;font-variant-numeric:tabular-nums}
      .tiles span{font-size:.85rem}
      .tiles small{display:block;font-size:.8rem;color:var(--plot-6)}
      nav ul{display:flex;flex-wrap:wrap;gap:2px 20px;padding:14px 0 0;margin:32px 0 0;\
      list-style:none;font-size:.88rem;border-top:1px solid var(--plot-faint)}
      nav a{text-decoration:none;color:var(--plot-6)}
      nav a:hover,nav a:focus{text-decoration:underline;color:var(--plot-1)}
      .scroll{overflow-x:auto;margin:1.4em 0}
      table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.45;\
      font-variant-numeric:tabular-nums}
      caption{text-align:left;font-size:.85rem;font-weight:600;padding-bottom:6px}
      caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 32px)}
      th,td{padding:5px 0 5px 18px;text-align:right;border-bottom:1px solid var(--plot-faint);\
      white-space:nowrap;vertical-align:top;font-weight:400}
      th:first-child,td:first-child{text-align:left;padding-left:0}
      thead th{color:var(--plot-6);border-bottom-color:var(--plot-6)}
      .even{table-layout:fixed;min-width:780px}.even th:first-child{width:27%;white-space:normal}
      .left td,.left thead th{text-align:left}
      .even th:first-child{position:sticky;left:0;background:var(--plot-ground)}
      th.words{text-align:left}
      td.words,.left td{white-space:normal;overflow-wrap:anywhere;text-align:left;min-width:12em}
      .pm{color:var(--plot-6);font-size:.92em}
      .beaten{color:var(--plot-6)}
      .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));\
      gap:34px 40px;margin:26px 0}
      .plots figure{margin:0;min-width:0}
      .plots svg{width:100%;display:block}
      pre{overflow-x:auto;padding:14px 16px;border:1px solid var(--plot-faint);border-radius:6px;\
      font:.82rem/1.55 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
      :focus-visible{outline:2px solid var(--plot-1);outline-offset:3px}
      footer{margin-top:72px;padding-bottom:48px;font-size:.8rem;color:var(--plot-6)}
      @media (max-width:600px){header,main,footer{padding-left:16px;padding-right:16px}\
      header{padding-top:28px}h1{font-size:1.5rem}h2{margin-top:2.2em}\
      .verdict{padding-left:14px}.verdict .likeness{font-size:1.08rem}\
      .tiles{grid-template-columns:1fr 1fr;gap:18px}.tiles b{font-size:1.5rem}}
      @media print{@page{margin:16mm 15mm}body{font-size:9.5pt}nav,.skip{display:none}\
      header,main,footer{max-width:none;padding:0}h1{font-size:17pt}h2{font-size:12.5pt;\
      margin-top:1.8em;break-after:avoid}.verdict .likeness{font-size:11pt}\
      .tiles b{font-size:15pt}.tiles{grid-template-columns:repeat(4,1fr);margin-top:18px}\
      table{font-size:8pt}th,td{padding:2.5px 0 2.5px 10px}pre{white-space:pre-wrap;\
      overflow-wrap:anywhere}figure,tr,.verdict,.tiles,.scroll{break-inside:avoid}\
      section>p{break-after:avoid}.scroll{overflow:visible}.plots{grid-template-columns:1fr 1fr;gap:16px 24px}\
      .even{min-width:0}}
      """;

  /** Tables of more columns than this have columns of one width, so that they line up. */
  private static final int FEW = 4;

  /** Cells of more characters than this are words, not numbers. */
  private static final int LONG = 24;

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
        .append("</p>\n<p class=\"likeness\">")
        .append(prose(verdict.likeness()))
        .append("</p>\n<p>")
        .append(prose(verdict.privacy()))
        .append("</p>\n</div>\n");
    if (!tiles.isEmpty()) {
      out.append("<ul class=\"tiles\">\n");
      for (Tile tile : tiles) {
        out.append("<li><span>")
            .append(safe(tile.name))
            .append("</span><b>")
            .append(prose(tile.value))
            .append("</b><small>")
            .append(prose(tile.words))
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
      out.append("<p>").append(prose(paragraph)).append("</p>\n");
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
        .append("\">\n<table")
        .append(
            grid.headings().size() == 2
                ? " class=\"left\""
                : grid.headings().size() > FEW ? " class=\"even\"" : "")
        .append(">\n<caption><span>")
        .append(safe(grid.caption()))
        .append("</span></caption>\n<thead><tr>");
    for (int j = 0; j < grid.headings().size(); j++) {
      int at = j;
      boolean words = grid.rows().stream().anyMatch(row -> row.get(at).length() > LONG);
      out.append(words ? "<th scope=\"col\" class=\"words\">" : "<th scope=\"col\">")
          .append(safe(grid.headings().get(j)))
          .append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : grid.rows()) {
      List<String> cells = new ArrayList<>();
      for (int j = 0; j < row.size(); j++) {
        cells.add(
            j == 0
                ? "<th scope=\"row\">" + safe(row.get(j)) + "</th>"
                : "<td" + look(row.get(j)) + ">" + margin(safe(row.get(j))) + "</td>");
      }
      out.append("<tr>").append(String.join("", cells)).append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n</div>\n");
  }

  private static String look(String cell) {
    return cell.endsWith(Section.BEATEN)
        ? " class=\"beaten\""
        : cell.length() > LONG ? " class=\"words\"" : "";
  }

  /** Half an interval steps back behind its number. */
  private static String margin(String cell) {
    int at = cell.indexOf(" ± ");
    return at < 0
        ? cell
        : cell.substring(0, at) + "<span class=\"pm\">" + cell.substring(at) + "</span>";
  }

  /** Words for HTML, with a number and its percent sign on one line. */
  private static String prose(String text) {
    return safe(text.replace(" %", "\u00A0%"));
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
