package dev.espalier.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotsTest {

  private static final double[] X = {1, 2, 3, 4};

  private static List<Plot> every() {
    Line line = Line.of("a & b", X, new double[] {1, 4, Double.NaN, 2});
    return List.of(
        new LinePlot(
            "Lines <of> \"all\" kinds",
            Axis.log("steps"),
            Axis.linear("error"),
            List.of(
                line.withBand(new double[] {0, 3, 0, 1}, new double[] {2, 5, 0, 3}),
                Line.of("second", X, X))),
        Histogram.of("Spread", Axis.linear("mm"), List.of(Group.of("real", X), Group.of("drawn"))),
        new Bars("Shares", "share", List.of("x", "y"), List.of(Group.of("real", 0.2, -1))),
        new Scatter("Points", Axis.linear(""), Axis.linear(""), List.of(Cloud.of("real", X, X))),
        HeatMap.square("Matrix", List.of("p", "q"), new double[][] {{1, -0.5}, {0, Double.NaN}}, 1),
        HeatMap.field("Field", 2, X),
        HeatMap.field("Large", 40, IntStream.range(-800, 800).asDoubleStream().toArray()),
        new Mosaic("Fields", 2, 4, List.of(Group.of("real", X), Group.of("drawn", X))));
  }

  private static Element parsed(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  @Test
  void aMosaicNeedsWholeFields() {
    List<Group> part = List.of(Group.of("real", 1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> new Mosaic("t", 2, 4, part));
    assertThrows(IllegalArgumentException.class, () -> new Mosaic("t", 3, 4, part));
    assertThrows(
        IllegalArgumentException.class, () -> new Mosaic("t", 1, 1, List.of(Group.of("real"))));
  }

  @Test
  void everyPictureIsXmlWithTitleAndDescription() throws Exception {
    for (Plot plot : every()) {
      for (String text : List.of(plot.svg(), plot.file())) {
        Element svg = parsed(text);
        assertEquals("svg", svg.getTagName());
        assertEquals("img", svg.getAttribute("role"));
        assertEquals(plot.title(), svg.getElementsByTagName("title").item(0).getTextContent());
        String description = svg.getElementsByTagName("desc").item(0).getTextContent();
        assertEquals(plot.title() + ". " + description, svg.getAttribute("aria-label"));
        assertFalse(text.contains("NaN"), text);
        assertFalse(text.contains("Infinity"), text);
      }
    }
  }

  @Test
  void equalPicturesAreEqualBytes() {
    List<Plot> again = every();
    for (int k = 0; k < again.size(); k++) {
      assertEquals(every().get(k).svg(), again.get(k).svg());
    }
  }

  @Test
  void marksAreRoundNumbers() {
    assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), marks(Axis.linear(""), 0, 1));
    assertEquals(List.of("-50", "0", "50", "100"), marks(Axis.linear(""), -70, 130));
    assertEquals(List.of("0.0001", "0.01", "1"), marks(Axis.log(""), 1e-4, 99));
    assertEquals(List.of("1", "10", "100"), marks(Axis.log(""), 1, 100));
    assertEquals(List.of("2", "3", "4", "5", "6", "7"), marks(Axis.log(""), 2, 7));
    assertEquals(List.of("2e8", "4e8", "6e8"), marks(Axis.linear(""), 1e8, 7e8));
    Axis own = Axis.linear("").withTicks(List.of(new Axis.Tick(1, "one"), new Axis.Tick(9, "-")));
    assertEquals(List.of("one"), marks(own, 0, 2));
  }

  private static List<String> marks(Axis axis, double low, double high) {
    return new Span(axis, low, high).ticks(5).stream().map(Axis.Tick::text).toList();
  }

  @Test
  void placesFollowTheScale() {
    assertEquals(0.25, new Span(Axis.linear(""), 2, 6).place(3), 1e-15);
    assertEquals(0.5, new Span(Axis.log(""), 1, 100).place(10), 1e-15);
    double huge = Double.MAX_VALUE;
    assertEquals(0.5, new Span(Axis.linear(""), -huge, huge).place(0), 1e-15);
    assertEquals(new Span(Axis.log(""), 0.1, 3), Span.of(Axis.log(""), List.of(-1.0, 0.1, 3.0)));
  }

  @Test
  void sharesAreCountedBinByBin() {
    Histogram histogram =
        new Histogram(
            "", Axis.linear(""), List.of(Group.of("a", 0, 0.5, 1, 2), Group.of("b", 1.99)), 2);
    assertArrayEquals(new double[] {0.5, 0.5}, histogram.shares().get(0));
    assertArrayEquals(new double[] {0, 1}, histogram.shares().get(1));
  }

  @Test
  void wholeNumbersHaveABinEach() {
    Histogram histogram =
        Histogram.of("", Axis.linear(""), List.of(Group.of("a", 3, 4, 4, 7), Group.of("b", 5)));
    assertArrayEquals(new double[] {0.25, 0.5, 0, 0, 0.25}, histogram.shares().get(0));
  }

  @Test
  void aLineStopsWhereAValueIsMissing() {
    String svg =
        new LinePlot(
                "",
                Axis.linear(""),
                Axis.linear(""),
                List.of(Line.of("", X, new double[] {1, 1, Double.NaN, 2})))
            .svg();
    String path = svg.replaceAll("(?s).*class=\"line s1\"[^>]* d=\"([^\"]*)\".*", "$1");
    assertTrue(path.matches("M[\\d. ]+L[\\d. ]+M[\\d. ]+"), path);
  }

  @Test
  void wordsCannotLeaveTheirPlace() {
    assertEquals("&lt;b a=&quot;&amp;&quot;&gt;\uFFFD", Svg.escaped("<b a=\"&\">\u0000"));
    assertEquals("ab…", Svg.shortened("abcd", 3));
  }

  @Test
  void lengthsThatDoNotFitAreErrors() {
    assertThrows(IllegalArgumentException.class, () -> Line.of("", X, new double[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Bars("", "", List.of("a"), List.of(Group.of("g", 1, 2))));
    assertThrows(IllegalArgumentException.class, () -> HeatMap.field("", 3, X));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HeatMap("", List.of(), List.of(), List.of(List.of(1.0), List.of()), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinePlot("", Axis.linear(""), Axis.linear(""), List.of()));
  }
}
