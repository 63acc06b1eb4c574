package dev.espalier.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of many categories: a flag for each frequent one, one flag for all others, and a number
 * that tells the others apart.
 *
 * <p>The number is that of {@link RankCoder} over the others alone. It has a standard normal law
 * where the category is frequent too, so that a drawn "other" is any of them as often as in the
 * data.
 */
final class CappedCoder implements Coder {

  static final String NAME = "capped";

  /** A category with a flag of its own has at least this share of the cells. */
  private static final double LEAST_SHARE = 0.01;

  private final Field field;
  private final int[] frequent;
  private final int[] others;
  private final int[] places;
  private final WordsCoder head;
  private final RankCoder tail;

  /**
   * Codes a column.
   *
   * @param frequent codes of the categories with a flag, distinct, fewer than there are
   */
  private CappedCoder(Field field, int[] frequent, WordsCoder head, RankCoder tail) {
    this.field = field;
    this.frequent = frequent;
    this.others = others(field, frequent);
    this.head = head;
    this.tail = tail;
    this.places = new int[field.categories().size()];
    Arrays.fill(places, -1);
    for (int k = 0; k < frequent.length; k++) {
      places[frequent[k]] = k;
    }
  }

  private static int[] others(Field field, int[] frequent) {
    return IntStream.range(0, field.categories().size())
        .filter(code -> Arrays.stream(frequent).noneMatch(each -> each == code))
        .toArray();
  }

  /** The words of the flags: the frequent ones and a last one for the others. */
  private static Field head(Field field, int[] frequent) {
    List<String> words = new ArrayList<>();
    for (int code : frequent) {
      words.add(field.categories().get(code));
    }
    String other = "other";
    while (words.contains(other)) {
      other = "(" + other + ")";
    }
    words.add(other);
    return Field.words(field.name(), Kind.CATEGORICAL, words);
  }

  private static Field tail(Field field, int[] others) {
    return Field.words(
        field.name() + " other",
        Kind.CATEGORICAL,
        Arrays.stream(others).mapToObj(field.categories()::get).toList());
  }

  /**
   * The coder for these counts of the categories and of missing cells, which come last; empty if no
   * category is frequent.
   *
   * @param most how many flags there may be
   */
  static Optional<Coder> of(Field field, int[] counts, int most) {
    int categories = field.categories().size();
    double all = Arrays.stream(counts).sum();
    int[] frequent =
        IntStream.range(0, categories)
            .filter(code -> counts[code] >= LEAST_SHARE * all)
            .boxed()
            .sorted((one, two) -> Integer.compare(counts[two], counts[one]))
            .limit(most - 1)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] others = others(field, frequent);
    if (frequent.length == 0 || others.length < 2) {
      return Optional.empty();
    }
    int gone = counts[categories];
    double[] shares = new double[frequent.length + (gone > 0 ? 2 : 1)];
    for (int k = 0; k < frequent.length; k++) {
      shares[k] = counts[frequent[k]] / all;
    }
    int[] rest = new int[others.length + 1];
    for (int k = 0; k < others.length; k++) {
      rest[k] = counts[others[k]];
    }
    shares[frequent.length] = Arrays.stream(rest).sum() / all;
    if (gone > 0) {
      shares[frequent.length + 1] = gone / all;
    }
    return Optional.of(
        new CappedCoder(
            field,
            frequent,
            new WordsCoder(head(field, frequent), shares, new double[shares.length]),
            RankCoder.of(tail(field, others), rest)));
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(head.names());
    names.addAll(tail.names());
    return names;
  }

  /** Where the number of the others stands. */
  private int lane(int at) {
    return at + head.width();
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    int place = cell < 0 ? -1 : places[(int) cell];
    boolean other = cell >= 0 && place < 0;
    head.encode(cell < 0 ? -1 : other ? frequent.length : place, jitter, row, out, at);
    Jitter ofTail = jitter.from(head.width());
    if (other) {
      tail.encode(Arrays.binarySearch(others, (int) cell), ofTail, row, out, lane(at));
    } else {
      // an unknown cell has no number at all
      out[lane(at)] = Double.isNaN(out[at]) ? Double.NaN : Normal.quantile(ofTail.at(0, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    double place = head.decode(in, at);
    return place < 0 ? -1 : cell((int) place, in, at);
  }

  @Override
  public double fill(double[] in, int at) {
    return cell((int) head.fill(in, at), in, at);
  }

  private double cell(int place, double[] in, int at) {
    return place < frequent.length ? frequent[place] : others[(int) tail.decode(in, lane(at))];
  }

  @Override
  public void know(double cell, int at, Known known) {
    int place = places[(int) cell];
    head.know(place < 0 ? frequent.length : place, at, known);
    if (place < 0) {
      tail.know(Arrays.binarySearch(others, (int) cell), lane(at), known);
    }
  }

  @Override
  public void knowPresent(int at, Known known) {
    head.knowPresent(at, known);
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    WordsCoder moved = head.calibrated(Arrays.copyOf(lanes, head.width()));
    return new CappedCoder(field, frequent, moved, tail);
  }

  @Override
  public Optional<String> note() {
    return Optional.of(
        "column '"
            + field.name()
            + "': "
            + field.categories().size()
            + " categories; the "
            + frequent.length
            + " most frequent have a flag each, the others share one and are told apart in order of"
            + " frequency");
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("frequent", Json.numbers(Arrays.stream(frequent).asDoubleStream().toArray()));
    node.set("head", head.toJson());
    node.set("tail", tail.toJson());
    return node;
  }

  static CappedCoder read(Json.Part part, Field field) {
    part.only("coder", "frequent", "head", "tail");
    double[] codes = part.get("frequent").numbers();
    int categories = field.categories().size();
    boolean sound =
        codes.length > 0
            && codes.length < categories - 1
            && Arrays.stream(codes).distinct().count() == codes.length
            && Arrays.stream(codes)
                .allMatch(code -> code == Math.rint(code) && code >= 0 && code < categories);
    if (!sound) {
      throw part.get("frequent")
          .need("some of the categories of '" + field.name() + "', once each");
    }
    int[] frequent = Arrays.stream(codes).mapToInt(each -> (int) each).toArray();
    return new CappedCoder(
        field,
        frequent,
        WordsCoder.read(part.get("head"), head(field, frequent)),
        RankCoder.read(part.get("tail"), tail(field, others(field, frequent))));
  }
}
