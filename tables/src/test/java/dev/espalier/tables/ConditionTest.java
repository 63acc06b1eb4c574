package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final List<Field> FIELDS =
      List.of(
          Field.words("species", Kind.CATEGORICAL, List.of("Adelie", "Chin, strap", "x")),
          Field.number("x", Kind.CONTINUOUS, "any"),
          Field.number("x3", Kind.CONTINUOUS, "0.0"),
          Field.number("year", Kind.INTEGER, "0"),
          Field.number("born", Kind.DATE, "yyyy-MM-dd"),
          Field.number("sepal length (cm)", Kind.CONTINUOUS, "0.0"),
          Field.number("at", Kind.DATE_TIME, "yyyy-MM-ddTHH:mm:ss"));

  private static List<Condition> parse(String text) {
    return Condition.parse(text, FIELDS);
  }

  private static void one(String text, Condition expected) {
    assertEquals(List.of(expected), parse(text), text);
  }

  @Test
  void cellsRangesAndSumsAreRead() {
    one("species=Adelie", Condition.cell("species", "Adelie"));
    one(" species = \"Chin, strap\" ", Condition.cell("species", "Chin, strap"));
    one("year=2008", Condition.cell("year", "2008"));
    one("born=2020-01-31", Condition.cell("born", "2020-01-31"));
    one("x3>1.5", Condition.within("x3", Math.nextUp(1.5), INF));
    one("1.5<x3", Condition.within("x3", Math.nextUp(1.5), INF));
    one("x<=-2e-3", Condition.within("x", -INF, -0.002));
    one("2<=x<=5", Condition.within("x", 2, 5));
    one("5>=x>2", Condition.within("x", Math.nextUp(2.0), 5));
    one("-1 < 2*x < 3", Condition.within("x", Math.nextUp(-1.0) / 2, Math.nextDown(3.0) / 2));
    one("sepal length (cm) >= 4", Condition.within("sepal length (cm)", 4, INF));
    one("born >= 1970-01-11", Condition.within("born", 10, INF));
    one("1970-01-02 <= born <= 1970-01-11", Condition.within("born", 1, 10));
    one("at <= 1970-01-02", Condition.within("at", -INF, 86400));
    one("1970-01-02T00:00:10 <= at", Condition.within("at", 86410, INF));
    one("x + 2*x3 = 10", Condition.sum(Map.of("x", 1.0, "x3", 2.0), 10));
    one("x = x3 + 1", Condition.sum(Map.of("x", 1.0, "x3", -1.0), 1));
    one("x - x3 <= 0", new Condition.Sum(Map.of("x", 1.0, "x3", -1.0), -INF, 0));
    one("3 >= x + x3", new Condition.Sum(Map.of("x", 1.0, "x3", 1.0), -INF, 3));
    assertEquals(
        List.of(Condition.cell("species", "x"), Condition.within("x", 0, 1)),
        parse("species=x, 0<=x<=1"));
  }

  @Test
  void whatIsPrintedIsReadBack() {
    for (String text :
        List.of(
            "species=\"Chin, strap\", year=2008", "x3>1.5, 2<=x<=5", "x - 2*x3 = 4", "x + x3<=3")) {
      assertEquals(parse(text), parse(Condition.print(parse(text))), text);
    }
  }

  @Test
  void wordsSayWhatWasTyped() {
    String typed =
        "species=Adelie, x>1.5, 2<=x<5, x3<=-0.25, year>=2008, year=2009, born=2020-01-31,"
            + " 2020-01-01<=born<=2020-12-31, at<=2020-01-02T10:00:00, x + 2*x3 = 10,"
            + " x - x3<0, 0.1<x + x3<=3";
    assertEquals(typed, ConditionWords.of(parse(typed), FIELDS));
    assertEquals(
        "born>=2020-01-02, year<=2007, at>=2020-01-01T10:00:01",
        ConditionWords.of(parse("born>2020-01-01, year<2008, at>2020-01-01T10:00"), FIELDS));
    List<Field> styled =
        List.of(
            Field.number("price", Kind.CONTINUOUS, "#.##0,00 €"),
            Field.number("share", Kind.CONTINUOUS, "0%"));
    assertEquals(
        "price<=\"1.234,5 €\", share>12.5%",
        ConditionWords.of(Condition.parse("price<=1234.5, share>0.125", styled), styled));
  }

  @Test
  void errorsNameWhatIsNeeded() {
    refused("", "need a condition");
    refused("kind=a", "a column, one of [species, x, x3");
    refused("species>a", "'=' and a cell after the categorical column 'species'");
    refused("species=", "a cell after '='");
    refused("x=abc", "a column, one of");
    refused("x", "one of = < <= > >=");
    refused("x>1 y", "a comma between conditions");
    refused("x>=5, 3<x>2", "two numbers around a column");
    refused("5<=x<=2", "a range that is not empty");
    refused("2*species=1", "a column of numbers");
    refused("1<2", "a column in every condition");
    refused("\"nothing\"=1", "a column, one of");
    refused("species=\"open", "a closing quote");
  }

  private static void refused(String text, String words) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> parse(text), text).getMessage();
    assertTrue(message.contains(words), message);
  }
}
