package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphTest {

  @TempDir Path folder;

  @Test
  void ballsOfAChainEndAtItsEnds() {
    Adjacency chain = Graph.chain().over(6);
    assertArrayEquals(new int[] {2, 3, 4}, chain.ball(3, 1));
    assertArrayEquals(new int[] {0, 1, 2}, chain.ball(0, 2));
    assertArrayEquals(new int[] {4}, chain.ball(4, 0));
    assertEquals(5, chain.diameter());
    assertEquals(3, chain.distance(4, 1));
    assertEquals(1, Graph.chain().over(1).nodes());
  }

  @Test
  void reachJoinsWhatIsNear() {
    Graph chain = Graph.chain();
    assertEquals(chain.over(7), new Graph.Reach(chain, 1).over(7));
    Adjacency two = new Graph.Reach(chain, 2).over(7);
    assertArrayEquals(new int[] {1, 2, 4, 5}, two.neighbours(3));
    assertEquals(3, two.diameter());
    assertEquals(two, new Graph.Reach(chain, 2).over(Samples.of(7, new double[7])));
    assertEquals(1, new Graph.Reach(chain, 99).over(7).diameter());
    assertThrows(IllegalArgumentException.class, () -> new Graph.Reach(chain, 0));
  }

  @Test
  void ringsClose() {
    assertArrayEquals(new int[] {0, 1, 5}, Graph.ring().over(6).ball(0, 1));
    assertEquals(3, Graph.ring().over(7).diameter());
    assertEquals(0, Graph.ring().over(1).diameter());
    assertEquals(1, Graph.ring().over(2).pairs().length / 2);
  }

  @Test
  void gridsHaveTheConnectivityAskedFor() {
    assertArrayEquals(new int[] {1, 3, 4, 5, 7}, Graph.grid(3, 3).over(9).ball(4, 1));
    assertEquals(8, new Graph.Grid(3, 3, 1, 2).over(9).neighbours(4).length);
    for (int connectivity = 1; connectivity <= 3; connectivity++) {
      int expected = new int[] {6, 18, 26}[connectivity - 1];
      Graph cube = new Graph.Grid(3, 3, 3, connectivity);
      assertEquals(expected, cube.over(27).neighbours(13).length);
    }
    assertEquals(14, Graph.grid(8, 8).over(64).diameter());
  }

  @Test
  void distancesAreThoseOfShortestPaths() {
    Adjacency grid = Graph.grid(4, 5).over(20);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        assertEquals(Math.abs(i / 5 - j / 5) + Math.abs(i % 5 - j % 5), grid.distance(i, j));
      }
    }
  }

  @Test
  void partsThatNoPathJoinsAreUnreachable() {
    Adjacency parts = Graph.edges(List.of(0, 1, 1, 0, 2, 2)).over(4);
    assertEquals(Adjacency.UNREACHABLE, parts.distance(0, 3));
    assertArrayEquals(new int[] {0, 1}, parts.ball(1, Adjacency.UNREACHABLE));
    assertArrayEquals(new int[] {2}, parts.ball(2, 7));
    assertArrayEquals(new int[] {0, 1}, parts.pairs());
    assertEquals(1, parts.diameter());
  }

  @Test
  void filesGiveEdgesAndPlaces() throws IOException {
    Path edges = folder.resolve("edges.csv");
    Files.writeString(edges, "from,to\n0,2 # far\n\n2;1\n");
    assertEquals(
        Graph.edges(List.of(0, 2, 1, 2)).over(3),
        new Graph.Edges(edges.toString(), List.of()).over(3));
    Path places = folder.resolve("places.txt");
    Files.writeString(places, "0 0\n1 0\n3 0\n0 2\n");
    Adjacency one = new Graph.Near(places.toString(), 1, 0).over(4);
    assertArrayEquals(new int[] {0, 1, 0, 3, 1, 2}, one.pairs());
    Adjacency two = new Graph.Near(places.toString(), 0, 2).over(4);
    assertArrayEquals(new int[] {0, 1, 0, 3, 1, 2}, two.pairs());
    assertEquals(1, new Graph.Near(places.toString(), 9, 0).over(4).diameter());
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    refuse("need 64 columns for a grid of 8 x 8, got 63", Graph.grid(8, 8), 63);
    refuse("need 5 columns for a chain, got 6", new Graph.Chain(Size.of(5)), 6);
    refuse("columns 0 to 2, got column 3", Graph.edges(List.of(0, 3)), 3);
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, "0,1\nx,y\n");
    refuse("need numbers in line 2", new Graph.Edges(file.toString(), List.of()), 3);
    refuse("got 1 lines", near(file, "0,1\n"), 3);
    refuse("need 2 coordinates", near(file, "0,1\n1\n"), 2);
    refuse("cannot read", new Graph.Near(folder.resolve("none").toString(), 1, 0), 3);
    assertThrows(IllegalArgumentException.class, () -> Graph.grid(0, 3));
    assertThrows(IllegalArgumentException.class, () -> Graph.edges(List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> new Graph.Near("x", 1, 2.0));
    assertThrows(IllegalArgumentException.class, () -> Adjacency.of(2, new int[] {0, 2}));
  }

  private static Graph near(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return new Graph.Near(file.toString(), 1, 0);
  }

  private static void refuse(String words, Graph graph, int columns) {
    String message =
        assertThrows(InvalidDataException.class, () -> graph.over(columns)).getMessage();
    assertTrue(message.contains(words), message);
  }
}
