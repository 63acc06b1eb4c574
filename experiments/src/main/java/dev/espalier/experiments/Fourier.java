package dev.espalier.experiments;

/** The discrete Fourier transform of one length, a power of two. */
final class Fourier {
  private final double[] cos;
  private final double[] sin;

  Fourier(int n) {
    cos = new double[n / 2];
    sin = new double[n / 2];
    for (int k = 0; k < n / 2; k++) {
      cos[k] = StrictMath.cos(2 * Math.PI * k / n);
      sin[k] = StrictMath.sin(2 * Math.PI * k / n);
    }
  }

  /**
   * Transforms in place, without a factor.
   *
   * @param sign of the exponent, −1 or 1
   */
  void transform(double[] real, double[] imaginary, int sign) {
    int n = real.length;
    int shift = 1 + Integer.numberOfLeadingZeros(n);
    for (int i = 0; i < n; i++) {
      int j = n == 1 ? 0 : Integer.reverse(i) >>> shift;
      if (i < j) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      int stride = n / (2 * half);
      for (int start = 0; start < n; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int low = start + k;
          int high = low + half;
          double c = cos[k * stride];
          double s = sign * sin[k * stride];
          double re = c * real[high] - s * imaginary[high];
          double im = c * imaginary[high] + s * real[high];
          real[high] = real[low] - re;
          imaginary[high] = imaginary[low] - im;
          real[low] += re;
          imaginary[low] += im;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
