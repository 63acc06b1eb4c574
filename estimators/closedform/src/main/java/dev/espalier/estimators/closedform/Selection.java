package dev.espalier.estimators.closedform;

/** Selection by rank. */
final class Selection {

  private Selection() {}

  /**
   * The {@code k}-th greatest value, by partition (Hoare's FIND); reorders {@code values}, which
   * has no NaN.
   *
   * @param k from 1 to the number of values
   */
  static double greatest(double[] values, int k) {
    int from = 0;
    int to = values.length - 1;
    int wanted = k - 1;
    while (from < to) {
      double pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] > pivot) {
          i++;
        }
        while (values[j] < pivot) {
          j--;
        }
        if (i <= j) {
          double kept = values[i];
          values[i++] = values[j];
          values[j--] = kept;
        }
      }
      if (wanted <= j) {
        to = j;
      } else if (wanted >= i) {
        from = i;
      } else {
        return values[wanted];
      }
    }
    return values[wanted];
  }

  private static double middle(double x, double y, double z) {
    return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
  }
}
