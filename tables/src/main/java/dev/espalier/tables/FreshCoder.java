package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Streams;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of identifiers: no number, but a flag if some of its cells are missing; decoded to fresh
 * words of the same form.
 *
 * <p>The words are numbered by their form and the numbers multiplied by a constant modulo how many
 * there are, which spreads neighbours. Fresh words come from a block of {@code 2^bits} such
 * numbers, aligned to its length, that holds no word of the fitted table. All that is kept of those
 * words is their form and where that block is, which tells of no word that it was there. Row i of a
 * draw has the word at i, counted from a place that the seed gives, so no word comes twice.
 */
final class FreshCoder implements Coder {

  static final String NAME = "fresh";

  /** Blocks after the first are so long, in bits, that the last is never used up. */
  private static final int[] TIERS = {0, 32, 63};

  private final Field field;
  private final List<Block> blocks;
  private final @Nullable Flag missing;

  /**
   * A row of fresh words of a form.
   *
   * @param factor from spread numbers back to those of the form
   */
  private record Block(IdentifierForm form, BigInteger factor, BigInteger start, int bits) {

    /** The word at a place below {@code 2^bits}. */
    String word(BigInteger place) {
      BigInteger size = form.size();
      return form.word(start.add(place).multiply(factor).mod(size));
    }

    ObjectNode toJson() {
      return Json.object()
          .put("form", form.text())
          .put("factor", factor.toString())
          .put("start", start.toString())
          .put("bits", bits);
    }

    static Block read(Json.Part part) {
      part.only("form", "factor", "start", "bits");
      IdentifierForm form;
      try {
        form = IdentifierForm.parse(part.get("form").text());
      } catch (IllegalArgumentException e) {
        throw part.get("form").need("the form of identifiers");
      }
      BigInteger factor = whole(part.get("factor"));
      BigInteger start = whole(part.get("start"));
      double bits = part.get("bits").number();
      boolean sound =
          bits == Math.rint(bits)
              && bits >= 0
              && bits <= 2000
              && factor.signum() > 0
              && factor.gcd(form.size()).equals(BigInteger.ONE)
              && start.add(BigInteger.ONE.shiftLeft((int) bits)).compareTo(form.size()) <= 0;
      if (!sound) {
        throw part.need("a block of the words of its form");
      }
      return new Block(form, factor, start, (int) bits);
    }

    private static BigInteger whole(Json.Part part) {
      String text = part.text();
      if (!text.matches("\\d{1,700}")) {
        throw part.need("a whole number");
      }
      return new BigInteger(text);
    }
  }

  private FreshCoder(Field field, List<Block> blocks, @Nullable Flag missing) {
    this.field = field;
    this.blocks = List.copyOf(blocks);
    this.missing = missing;
  }

  /**
   * The coder of a column of identifiers whose field has a form.
   *
   * @param missing null unless some cells are missing and some are there
   */
  static FreshCoder of(Column column, @Nullable Flag missing) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < column.count(); i++) {
      String word = column.text(i);
      if (word != null) {
        words.add(word);
      }
    }
    int enough = 64 - Long.numberOfLeadingZeros(words.size());
    List<Block> blocks = new ArrayList<>();
    IdentifierForm form = IdentifierForm.parse(column.field().pattern());
    for (int tier : TIERS) {
      int least = Math.max(enough, tier);
      if (!blocks.isEmpty() && blocks.get(blocks.size() - 1).bits >= least) {
        continue;
      }
      Optional<Block> block = free(form, words, least);
      while (block.isEmpty()) {
        form = form.longer();
        block = free(form, words, least);
      }
      blocks.add(block.get());
      form = form.longer();
    }
    return new FreshCoder(column.field(), blocks, missing);
  }

  /** The longest free block of a form; empty if it is shorter than {@code 2^least}. */
  private static Optional<Block> free(IdentifierForm form, List<String> words, int least) {
    BigInteger size = form.size();
    if (size.bitLength() <= least) {
      return Optional.empty();
    }
    List<BigInteger> used = words.stream().flatMap(word -> form.number(word).stream()).toList();
    Block best = null;
    for (BigInteger factor : List.of(spreading(size), BigInteger.ONE)) {
      BigInteger[] taken =
          used.stream().map(each -> each.multiply(factor).mod(size)).toArray(BigInteger[]::new);
      Arrays.sort(taken);
      BigInteger from = BigInteger.ZERO;
      for (int k = 0; k <= taken.length; k++) {
        BigInteger to = k == taken.length ? size : taken[k];
        Block block = aligned(form, factor.modInverse(size), from, to);
        best = block != null && (best == null || block.bits > best.bits) ? block : best;
        from = to.add(BigInteger.ONE);
      }
    }
    return Optional.ofNullable(best).filter(each -> each.bits >= least);
  }

  /** The longest aligned block from a number on to another; null if there is no number. */
  private static @Nullable Block aligned(
      IdentifierForm form, BigInteger factor, BigInteger from, BigInteger to) {
    for (int bits = to.subtract(from).bitLength() - 1; bits >= 0; bits--) {
      BigInteger length = BigInteger.ONE.shiftLeft(bits);
      BigInteger start = from.add(length).subtract(BigInteger.ONE).shiftRight(bits).shiftLeft(bits);
      if (start.add(length).compareTo(to) <= 0) {
        return new Block(form, factor, start, bits);
      }
    }
    return null;
  }

  /** The number next to the golden section of a size that shares no factor with it. */
  private static BigInteger spreading(BigInteger size) {
    BigInteger factor =
        size.multiply(BigInteger.valueOf(618_033_988_749_894_848L))
            .divide(BigInteger.valueOf(1_000_000_000_000_000_000L))
            .max(BigInteger.ONE);
    while (!factor.gcd(size).equals(BigInteger.ONE)) {
      factor = factor.add(BigInteger.ONE);
    }
    return factor;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return missing == null ? List.of() : List.of(field.name() + " missing");
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    if (missing != null) {
      out[at] = Flag.encode(cell < 0, jitter.at(0, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    return missing != null && missing.decode(in[at]) ? -1 : 0;
  }

  @Override
  public double fill(double[] in, int at) {
    return 0;
  }

  @Override
  public Column column(double[] cells, DrawRequest.Rows rows, long seed) {
    long from = new Streams(seed).seed("fresh identifiers " + field.name(), 0);
    List<@Nullable String> words = new ArrayList<>(cells.length);
    for (int i = 0; i < cells.length; i++) {
      words.add(cells[i] < 0 ? null : word(BigInteger.valueOf(rows.index(i)), from));
    }
    return Column.identifiers(field, words);
  }

  private String word(BigInteger row, long from) {
    BigInteger rest = row;
    for (Block block : blocks) {
      BigInteger length = BigInteger.ONE.shiftLeft(block.bits);
      if (rest.compareTo(length) < 0) {
        return block.word(rest.add(BigInteger.valueOf(from)).mod(length));
      }
      rest = rest.subtract(length);
    }
    throw new IllegalStateException("the last block has more words than there are rows");
  }

  @Override
  public void know(double cell, int at, Known known) {
    knowPresent(at, known);
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (missing != null) {
      known.column(at, Flag.encode(false, 0.5));
    }
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    return missing == null ? this : new FreshCoder(field, blocks, missing.calibrated(lanes[0]));
  }

  @Override
  public Optional<String> note() {
    return Optional.of(
        "column '"
            + field.name()
            + "': an identifier, fresh ones are written as "
            + blocks.get(0).form.text());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    var list = node.putArray("blocks");
    blocks.forEach(block -> list.add(block.toJson()));
    if (missing != null) {
      node.set("missing", missing.toJson());
    }
    return node;
  }

  static FreshCoder read(Json.Part part, Field field) {
    part.only("coder", "blocks", "missing");
    List<Block> blocks = part.get("blocks").list(Block::read);
    boolean sound =
        field.kind() == Kind.IDENTIFIER
            && !field.pattern().isEmpty()
            && !blocks.isEmpty()
            && blocks.get(blocks.size() - 1).bits >= TIERS[TIERS.length - 1];
    if (!sound) {
      throw part.need("blocks of fresh words for the identifiers '" + field.name() + "'");
    }
    return new FreshCoder(
        field, blocks, part.has("missing") ? Flag.read(part.get("missing")) : null);
  }
}
