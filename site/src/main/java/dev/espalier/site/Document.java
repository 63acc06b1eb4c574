package dev.espalier.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** One Markdown document: its title, what can be linked to in it, and what it links to. */
final class Document {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final String path;
  private final Node root;
  private final Map<Node, String> anchors = new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private String title;

  /**
   * Reads a document.
   *
   * @param path from the root of the project, with {@code /}
   */
  Document(String path, String markdown) {
    this.path = path;
    title = path;
    root = PARSER.parse(markdown);
    Map<String, Integer> used = new HashMap<>();
    root.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String words = words(heading);
            if (title.equals(path)) {
              title = words;
            }
            String name = anchor(words);
            int before = used.merge(name, 1, Integer::sum) - 1;
            anchors.put(heading, before == 0 ? name : name + "-" + before);
            names.add(anchors.get(heading));
            visitChildren(heading);
          }

          @Override
          public void visit(Link link) {
            links.add(link);
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            images.add(image);
          }
        });
  }

  /** What hosting pages make of a heading: lower case, words joined by hyphens, no punctuation. */
  static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }

  String path() {
    return path;
  }

  /** The first heading. */
  String title() {
    return title;
  }

  boolean hasAnchor(String name) {
    return names.contains(name);
  }

  List<Link> links() {
    return links;
  }

  List<Image> images() {
    return images;
  }

  /** The words of a part, without marks and addresses. */
  static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak line) {
            words.append(' ');
          }
        });
    return words.toString().strip();
  }

  /** The HTML of the text, without a head. */
  String html() {
    return HtmlRenderer.builder()
        .extensions(List.of(TablesExtension.create()))
        .attributeProviderFactory(
            context ->
                (node, tag, attributes) -> {
                  if (anchors.containsKey(node)) {
                    attributes.put("id", anchors.get(node));
                  }
                })
        .build()
        .render(root);
  }
}
