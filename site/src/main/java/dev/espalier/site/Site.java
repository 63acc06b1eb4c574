package dev.espalier.site;

import dev.espalier.plots.Plot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/**
 * The documents of a project as pages: those at its root, in {@code docs} and in {@code examples}.
 *
 * <p>Every page has the documents beside it, in the order in which {@code docs/README.md} links to
 * them; those that it does not know come last, so that a new file is on the site when it is there.
 * Links between documents become links between pages, and files that are linked to are copied.
 */
public final class Site {

  private static final String CONTENTS = "docs/README.md";
  private static final List<String> FOLDERS = List.of("docs", "examples");

  private static final String STYLE =
      """
      *{box-sizing:border-box}
      html{color-scheme:light dark}
      body{margin:0;background:var(--plot-ground);color:var(--plot-ink);\
      font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
      display:grid;grid-template-columns:15rem minmax(0,1fr);gap:0 2.5rem;max-width:1180px;\
      margin:0 auto;padding:0 20px}
      a{color:var(--plot-1)}
      .skip{position:absolute;left:-999px}
      .skip:focus{left:8px;top:8px;background:var(--plot-ground);padding:6px 10px;z-index:1}
      nav{font-size:.9rem;padding:32px 0}
      nav ul{list-style:none;margin:0;padding:0}
      nav a{display:block;padding:2px 0;text-decoration:none}
      nav a[aria-current]{font-weight:650;color:var(--plot-ink)}
      main{padding:24px 0 64px;min-width:0}
      h1{font-size:1.65rem;line-height:1.25;font-weight:650}
      h2{font-size:1.2rem;margin:2.2em 0 .6em;padding-top:.6em;border-top:1px solid var(--plot-faint)}
      p,li{max-width:72ch}
      table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;\
      display:block;overflow-x:auto}
      th,td{padding:5px 14px 5px 0;text-align:left;border-bottom:1px solid var(--plot-faint);\
      vertical-align:top}
      thead th{font-weight:600;border-bottom:2px solid var(--plot-faint)}
      pre{overflow-x:auto;padding:12px 14px;border:1px solid var(--plot-faint);border-radius:6px;\
      font-size:.85rem;line-height:1.45}
      code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.92em}
      img{max-width:100%;height:auto}
      :focus-visible{outline:3px solid var(--plot-1);outline-offset:2px}
      @media (max-width:760px){body{display:block}nav{padding:16px 0}nav li{display:inline-block;\
      margin-right:14px}}
      @media print{nav,.skip{display:none}body{display:block}}
      """;

  private final Path root;
  private final SortedMap<String, Document> documents;
  private final Map<String, String> contents = new LinkedHashMap<>();
  private final SortedSet<String> files = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();
  private int links;

  private Site(Path root, SortedMap<String, Document> documents) {
    this.root = root;
    this.documents = documents;
  }

  /**
   * Reads all documents of a project and looks where their links lead.
   *
   * @param root the folder with {@code README.md} and {@code docs}
   */
  public static Site read(Path root) {
    SortedMap<String, Document> found = new TreeMap<>();
    try {
      List<Path> sources = new ArrayList<>(markdown(root, 1));
      for (String folder : FOLDERS) {
        if (Files.isDirectory(root.resolve(folder))) {
          sources.addAll(markdown(root.resolve(folder), Integer.MAX_VALUE));
        }
      }
      for (Path source : sources) {
        String path = slashes(root.relativize(source));
        found.put(path, new Document(path, Files.readString(source)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Site site = new Site(root, found);
    site.list();
    found.values().forEach(site::resolve);
    return site;
  }

  private static List<Path> markdown(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !slashes(folder.relativize(file)).matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  /** What is wrong with links, a line each: where they stand and where they should lead. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** How many links stay inside the project, all of which were looked at. */
  public int links() {
    return links;
  }

  /** The documents in the order in which pages list them, by their paths, with their names. */
  public Map<String, String> contents() {
    return Collections.unmodifiableMap(contents);
  }

  /** Reads the order from the links of the list, before these are turned. */
  private void list() {
    contents.put("README.md", "Espalier");
    Document list = documents.get(CONTENTS);
    if (list != null) {
      for (Link link : list.links()) {
        String target = target(list, link.getDestination());
        if (documents.containsKey(target)) {
          contents.putIfAbsent(target, Document.words(link));
        }
      }
    }
    documents.forEach((path, document) -> contents.putIfAbsent(path, document.title()));
  }

  /**
   * The path that a link leads to, without its anchor; that of a folder's own page for a folder.
   */
  private String target(Document from, String destination) {
    String file = destination.replaceFirst("#.*", "");
    if (file.isEmpty()) {
      return from.path();
    }
    Path path = root.resolve(from.path()).resolveSibling(file).normalize();
    Path inside = root.normalize().relativize(path);
    String found = slashes(inside);
    return documents.containsKey(found + "/README.md") ? found + "/README.md" : found;
  }

  private static boolean leavesTheProject(String destination) {
    return destination.matches("[a-z]+:.*");
  }

  /** Checks the links of a document and turns them to where its page will find things. */
  private void resolve(Document document) {
    for (Link link : document.links()) {
      String destination = link.getDestination();
      if (!leavesTheProject(destination)) {
        check(document, destination);
        link.setDestination(onPage(document, destination));
      }
    }
    for (Image image : document.images()) {
      if (leavesTheProject(image.getDestination())) {
        problems.add(
            document.path() + " shows a picture from elsewhere, " + image.getDestination());
      } else {
        check(document, image.getDestination());
      }
    }
  }

  private void check(Document document, String destination) {
    links++;
    String target = target(document, destination);
    int hash = destination.indexOf('#');
    Document other = documents.get(target);
    if (other == null && !Files.isRegularFile(root.resolve(target))) {
      String what = Files.isDirectory(root.resolve(target)) ? "a folder without a README.md" : "";
      problems.add(
          document.path()
              + " links to '"
              + destination
              + "', which is "
              + (what.isEmpty() ? "not there" : what));
    } else if (hash >= 0 && other != null && !other.hasAnchor(destination.substring(hash + 1))) {
      problems.add(
          document.path() + " links to '" + destination + "', but there is no such heading");
    } else if (other == null) {
      files.add(target);
    }
  }

  private String onPage(Document document, String destination) {
    int hash = destination.indexOf('#');
    String anchor = hash < 0 ? "" : destination.substring(hash);
    String file = destination.replaceFirst("#.*", "");
    return file.isEmpty() ? anchor : path(document.path(), target(document, destination)) + anchor;
  }

  /** The way from the page of one document to that of another, or to a file. */
  private String path(String from, String to) {
    Path folder = Path.of(page(from)).getParent();
    Path target = Path.of(documents.containsKey(to) ? page(to) : to);
    return slashes(folder == null ? target : folder.relativize(target));
  }

  private static String page(String document) {
    return document.equals("README.md") ? "index.html" : document.replaceFirst("\\.md$", ".html");
  }

  /** Writes all pages and the files that they link to. */
  public void write(Path folder) {
    try {
      for (Document document : documents.values()) {
        Path page = folder.resolve(page(document.path()));
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, html(document), StandardCharsets.UTF_8);
      }
      for (String file : files) {
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.copy(root.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String html(Document document) {
    String entries =
        contents.entrySet().stream()
            .map(
                entry ->
                    "<li><a href=\""
                        + path(document.path(), entry.getKey())
                        + "\""
                        + (entry.getKey().equals(document.path()) ? " aria-current=\"page\"" : "")
                        + ">"
                        + escaped(entry.getValue())
                        + "</a></li>\n")
            .collect(Collectors.joining());
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + escaped(document.title())
        + "</title>\n<style>\n"
        + Plot.style()
        + STYLE
        + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#text\">To the text</a>\n"
        + "<nav aria-label=\"Documents\">\n<ul>\n"
        + entries
        + "</ul>\n</nav>\n<main id=\"text\">\n"
        + document.html()
        + "</main>\n</body>\n</html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
