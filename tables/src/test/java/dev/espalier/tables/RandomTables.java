package dev.espalier.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Tables of random kinds, sizes, scales and gaps. */
final class RandomTables {

  private RandomTables() {}

  static Table table(RandomGenerator random) {
    int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 30);
    int count = 1 + random.nextInt(6);
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      columns.add(column(random, "c" + j, n));
    }
    columns.add(j(random), varying(n));
    return Table.of(columns);
  }

  private static int j(RandomGenerator random) {
    return random.nextInt(2);
  }

  private static Column varying(int n) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = i + 0.5;
    }
    return Column.numbers(Field.number("varying", Kind.CONTINUOUS, "0.0"), numbers);
  }

  private static Column column(RandomGenerator random, String name, int n) {
    double gaps =
        switch (random.nextInt(4)) {
          case 0 -> 0.3;
          case 1 -> 0.9;
          default -> 0;
        };
    boolean[] gone = new boolean[n];
    for (int i = 0; i < n; i++) {
      gone[i] = random.nextDouble() < gaps;
    }
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    if (kind.isNumber()) {
      return numbers(random, name, kind, gone);
    }
    if (kind == Kind.ALL_MISSING) {
      return Column.allMissing(name, n);
    }
    if (kind == Kind.IDENTIFIER) {
      List<@Nullable String> words = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        words.add(gone[i] ? null : String.format("id-%04d", i * 7));
      }
      return random.nextBoolean()
          ? Column.identifiers(name, words)
          : Column.identifiers(identifiers(name, "id-[0-9]{4}"), words);
    }
    int size =
        switch (kind) {
          case CONSTANT -> 1;
          case BOOLEAN -> 2;
          default -> 1 + random.nextInt(random.nextInt(3) == 0 ? 80 : 6);
        };
    List<String> categories = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      categories.add("word " + k);
    }
    int[] codes = new int[n];
    for (int i = 0; i < n; i++) {
      codes[i] = gone[i] ? -1 : (int) (size * random.nextDouble() * random.nextDouble());
    }
    return Column.codes(Field.words(name, kind, categories), codes);
  }

  /** The type of identifiers that are written anew in a form. */
  static Field identifiers(String name, String form) {
    return new Field(
        name, Kind.IDENTIFIER, form, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static Column numbers(RandomGenerator random, String name, Kind kind, boolean[] gone) {
    String[] patterns =
        switch (kind) {
          case CONTINUOUS -> new String[] {"any", "0", "0.0", "0.##", "0.0###", "0.000000"};
          case INTEGER -> new String[] {"0", "0.0"};
          case DATE -> new String[] {"yyyy-MM-dd"};
          case TIME -> new String[] {"HH:mm", "HH:mm:ss", "HH:mm:ss.SSS", "HH:00", "HH:mm:00"};
          case TIMESTAMP ->
              new String[] {
                "yyyy-MM-ddTHH:mm:ssZ",
                "yyyy-MM-dd HH:mm+0530",
                "yyyy-MM-ddTHH:00-03",
                "yyyy-MM-dd HH:mm:ss.SSS +00:00",
                "yyyy-MM-ddTHH:mm:ssXXX[Europe/Berlin]",
                "yyyy-MM-ddTHH:mm:ss.SSS[America/New_York]",
                "yyyy-MM-ddTHH:mmXXX[Australia/Lord_Howe]"
              };
          default ->
              new String[] {
                "yyyy-MM-ddTHH:mm:ss",
                "yyyy-MM-dd HH:mm",
                "yyyy-MM-dd HH:mm:ss.SSS",
                "yyyy-MM-ddTHH:mm:ss.SSSSSSZ",
                "yyyy-MM-dd 00:00:00",
                "yyyy-MM-ddTHH:00Z"
              };
        };
    String pattern = patterns[random.nextInt(patterns.length)];
    double scale = pattern.equals("any") ? StrictMath.pow(10, random.nextInt(25) - 12) : 1;
    double spread =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> kind == Kind.DATE ? 1e4 : 1e6;
          default -> 100;
        };
    double centre = random.nextInt(3) == 0 ? 0 : 1000 * random.nextGaussian();
    int distinct = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
    List<Double> pool = new ArrayList<>();
    double[] numbers = new double[gone.length];
    for (int i = 0; i < gone.length; i++) {
      double value = scale * (centre + spread * random.nextGaussian());
      if (kind == Kind.INTEGER && random.nextInt(50) == 0) {
        value = Math.copySign(999_999_999_999_999.0, value);
      }
      if (kind == Kind.TIME) {
        value = Math.floorMod((long) value, 86_400L) / 3600 * 3600 + 60.25 * random.nextInt(59);
      }
      if (kind == Kind.TIMESTAMP) {
        value = Math.max(2e8, 1e9 + 3e3 * value); // after 1973
      }
      if (pool.size() < distinct) {
        pool.add(value);
      }
      numbers[i] = gone[i] ? Double.NaN : pool.get(random.nextInt(pool.size()));
    }
    if (kind == Kind.INTEGER) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Math.rint(numbers[i]);
      }
    }
    return Column.numbers(Field.number(name, kind, pattern), numbers);
  }
}
