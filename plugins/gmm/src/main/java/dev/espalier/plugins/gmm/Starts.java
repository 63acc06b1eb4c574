package dev.espalier.plugins.gmm;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where EM starts: k-means from well spread centres.
 *
 * <p>Centres are drawn by greedy k-means++ (Arthur and Vassilvitskii 2007): each is the best of a
 * few rows drawn with probability proportional to weight times squared distance from the centres
 * before it. A few rounds of Lloyd's algorithm follow.
 */
final class Starts {

  private static final int ROUNDS = 10;

  private final Block[] blocks;
  private final int columns;
  private final int count;

  Starts(Block[] blocks, int columns) {
    this.blocks = blocks;
    this.columns = columns;
    int rows = 0;
    for (Block block : blocks) {
      rows += block.count();
    }
    this.count = rows;
  }

  /**
   * The cluster of every row, in the order of the blocks; fewer clusters than asked for where there
   * are fewer distinct rows.
   */
  int[] clusters(int components, RandomGenerator random) {
    double[][] centres = spread(components, random);
    int[] labels = new int[count];
    Arrays.fill(labels, -1);
    for (int round = 0; round < ROUNDS; round++) {
      if (!assign(centres, labels)) {
        break;
      }
      centres = means(centres, labels);
    }
    assign(centres, labels);
    return labels;
  }

  private double[][] spread(int components, RandomGenerator random) {
    int trials = 2 + (int) StrictMath.log(components);
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    double[][] centres = new double[components][];
    centres[0] = row(pick(ones, random.nextDouble()));
    double[] nearest = new double[count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    approach(nearest, centres[0]);
    for (int k = 1; k < components; k++) {
      if (!(potential(nearest) > 0)) {
        return Arrays.copyOf(centres, k);
      }
      double best = Double.POSITIVE_INFINITY;
      double[] chosen = nearest;
      for (int trial = 0; trial < trials; trial++) {
        double[] centre = row(pick(nearest, random.nextDouble()));
        double[] distances = nearest.clone();
        approach(distances, centre);
        double potential = potential(distances);
        if (potential < best) {
          best = potential;
          chosen = distances;
          centres[k] = centre;
        }
      }
      nearest = chosen;
    }
    return centres;
  }

  /** The weighted sum of squared distances. */
  private double potential(double[] distances) {
    double sum = 0;
    int i = 0;
    for (Block block : blocks) {
      for (int r = 0; r < block.count(); r++) {
        sum += block.weight(r) * distances[i++];
      }
    }
    return sum;
  }

  /** The row at which the running sum of weighted distances passes {@code share} of the whole. */
  private int pick(double[] distances, double share) {
    double threshold = share * potential(distances);
    double sum = 0;
    int i = 0;
    int last = 0;
    for (Block block : blocks) {
      for (int r = 0; r < block.count(); r++) {
        if (distances[i] > 0) {
          last = i;
          sum += block.weight(r) * distances[i];
          if (sum > threshold) {
            return i;
          }
        }
        i++;
      }
    }
    return last;
  }

  /** A copy of a row, missing cells at the mean. */
  private double[] row(int index) {
    int i = index;
    int b = 0;
    while (i >= blocks[b].count()) {
      i -= blocks[b++].count();
    }
    double[] row = blocks[b].row(i).clone();
    for (int j = 0; j < row.length; j++) {
      row[j] = Double.isNaN(row[j]) ? 0 : row[j];
    }
    return row;
  }

  /** Lowers squared distances to those from another centre. */
  private void approach(double[] nearest, double[] centre) {
    double[] distance = new double[Block.PANEL];
    int at = 0;
    for (Block block : blocks) {
      for (int p = 0; p < block.panels(); p++) {
        double[][] panel = block.panel(p);
        int n = panel[0].length;
        distances(panel, n, centre, distance);
        for (int i = 0; i < n; i++) {
          nearest[at + i] = Math.min(nearest[at + i], distance[i]);
        }
        at += n;
      }
    }
  }

  private void distances(double[][] panel, int n, double[] centre, double[] out) {
    Arrays.fill(out, 0, n, 0);
    for (int j = 0; j < columns; j++) {
      Kernels.square(n, out, panel[j], centre[j], 1);
    }
  }

  /** Assigns every row to its nearest centre; whether any row moved. */
  private boolean assign(double[][] centres, int[] labels) {
    double[] distance = new double[Block.PANEL];
    double[] nearest = new double[Block.PANEL];
    int[] label = new int[Block.PANEL];
    boolean moved = false;
    int at = 0;
    for (Block block : blocks) {
      for (int p = 0; p < block.panels(); p++) {
        double[][] panel = block.panel(p);
        int n = panel[0].length;
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int k = 0; k < centres.length; k++) {
          distances(panel, n, centres[k], distance);
          for (int i = 0; i < n; i++) {
            if (distance[i] < nearest[i]) {
              nearest[i] = distance[i];
              label[i] = k;
            }
          }
        }
        for (int i = 0; i < n; i++) {
          moved |= labels[at + i] != label[i];
          labels[at + i] = label[i];
        }
        at += n;
      }
    }
    return moved;
  }

  /** The means of the clusters; a cluster without rows keeps its centre. */
  private double[][] means(double[][] centres, int[] labels) {
    double[][] sums = new double[centres.length][columns];
    double[] masses = new double[centres.length];
    int i = 0;
    for (Block block : blocks) {
      for (int r = 0; r < block.count(); r++) {
        int k = labels[i++];
        masses[k] += block.weight(r);
        double[] row = block.row(r);
        for (int j = 0; j < columns; j++) {
          sums[k][j] += Double.isNaN(row[j]) ? 0 : block.weight(r) * row[j];
        }
      }
    }
    for (int k = 0; k < centres.length; k++) {
      for (int j = 0; j < columns; j++) {
        sums[k][j] = masses[k] > 0 ? sums[k][j] / masses[k] : centres[k][j];
      }
    }
    return sums;
  }

  /**
   * The moments of hard clusters; a missing cell counts as the column's mean with the column's
   * variance, which is 1.
   */
  Moments moments(int[] labels, Features features, Form form) {
    int components = 0;
    for (int label : labels) {
      components = Math.max(components, label + 1);
    }
    Moments moments = new Moments(components, features, form.tied());
    Features products = new Features(Features.Order.PRODUCTS, columns);
    Incomplete.RowSum sum = new Incomplete.RowSum(features);
    Incomplete.RowSum productSum = new Incomplete.RowSum(products);
    double[] filled = new double[columns];
    int i = 0;
    for (Block block : blocks) {
      for (int r = 0; r < block.count(); r++) {
        int k = labels[i++];
        double weight = block.weight(r);
        double[] row = block.row(r);
        moments.addMass(k, weight);
        for (int j = 0; j < columns; j++) {
          filled[j] = Double.isNaN(row[j]) ? 0 : row[j];
          if (Double.isNaN(row[j])) {
            features.addCovariance(moments.sums(k), j, j, weight);
            if (form.tied()) {
              products.addCovariance(moments.pooled(), j, j, weight);
            }
          }
        }
        sum.add(filled, weight, moments.sums(k));
        if (form.tied() && !block.complete()) {
          productSum.add(filled, weight, moments.pooled());
        }
      }
    }
    return moments;
  }
}
