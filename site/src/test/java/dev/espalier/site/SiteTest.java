package dev.espalier.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

  private static final Path PAGES = Path.of("target/site");
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"#]*)(#[^\"]*)?\"");

  @TempDir private Path folder;

  @Test
  void everyLinkOfTheProjectLeadsSomewhere() {
    Site site = Site.read(Path.of(".."));
    assertEquals("", String.join("\n", site.problems()));
    assertTrue(site.links() > 100, "links: " + site.links());
  }

  @Test
  void everyDocumentIsAPageThatAllPagesList() throws IOException {
    Site site = Site.read(Path.of(".."));
    site.write(PAGES);
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".html")).toList()) {
        String html = Files.readString(page);
        Matcher address = ADDRESS.matcher(html);
        while (address.find()) {
          String to = address.group(1);
          if (!to.matches("[a-z]+:.*") && !Files.exists(page.resolveSibling(to))) {
            broken.add(page + " to " + to);
          }
        }
        assertTrue(html.contains("<nav"), page + " has no contents");
      }
    }
    assertEquals(List.of(), broken);
    List<String> listed = new ArrayList<>(site.contents().keySet());
    try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
      List<String> documents =
          files
              .map(file -> Path.of("..").relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(".md"))
              .filter(file -> !listed.contains(file))
              .toList();
      assertEquals(List.of(), documents);
    }
    assertEquals("docs/getting-started.md", listed.get(1));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    write("README.md", "# Top\n\n[a](docs/a.md#one-more) [b](docs/b.md) [c](docs/a.md#two)\n");
    write("docs/a.md", "# One\n\n## One, *more*\n\n![p](p.svg) [up](../README.md#top) [x](x)\n");
    write("docs/x/y.txt", "no page");
    assertEquals(
        List.of(
            "README.md links to 'docs/b.md', which is not there",
            "README.md links to 'docs/a.md#two', but there is no such heading",
            "docs/a.md links to 'x', which is a folder without a README.md",
            "docs/a.md links to 'p.svg', which is not there"),
        Site.read(folder).problems());
  }

  @Test
  void anUnlistedDocumentComesLast() throws IOException {
    write("README.md", "# Top\n");
    write("docs/README.md", "# Documents\n\n[The second](b.md)\n");
    write("docs/a.md", "# First\n\n[b](b.md#b)\n");
    write("docs/b.md", "# B\n");
    Site site = Site.read(folder);
    assertEquals(List.of(), site.problems());
    assertEquals(
        "{README.md=Espalier, docs/b.md=The second, docs/README.md=Documents, docs/a.md=First}",
        site.contents().toString());
    site.write(folder.resolve("out"));
    String page = Files.readString(folder.resolve("out/docs/a.html"));
    assertTrue(page.contains("<a href=\"b.html#b\">b</a>"), page);
    assertTrue(page.contains("<a href=\"../index.html\">Espalier</a>"), page);
    assertTrue(page.contains("<h1 id=\"first\">First</h1>"), page);
  }

  @Test
  void anchorsAreThoseOfHostingPages() {
    assertEquals("what-is-measured", Document.anchor("What is measured"));
    assertEquals("1-the-thing-itself-a-record", Document.anchor("1. The thing itself, a record"));
    assertEquals("a--b", Document.anchor("`a` → b"));
  }
}
