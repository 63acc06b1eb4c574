package dev.espalier.evaluation;

import java.util.Arrays;

/**
 * The cheapest way to move n equal supplies to m equal demands, by the primal network simplex
 * method.
 *
 * <p>Supplies are m/g and demands n/g units, g their greatest common divisor, so flows are whole
 * numbers; costs are rounded to 2⁻⁴⁴ of the greatest one, so potentials are, too. All comparisons
 * are exact, and the plan is optimal for the rounded costs. The spanning tree stays strongly
 * feasible (Cunningham 1976), which rules out cycling through degenerate pivots.
 *
 * <p>A tree arc is kept at its lower node. Arcs lead from a source, or from the root, to a sink, or
 * to the root, so the kind of the node tells the direction: upward at a source, downward at a sink.
 */
final class Transport {

  private static final double RESOLUTION = 0x1p44;

  private final int n;
  private final int m;
  private final int root;
  private final long[] cost;
  private final long artificial;
  private final long[] potential;
  private final long[] flow;
  private final int[] parent;
  private final int[] depth;
  private final int[] child;
  private final int[] next;
  private final int[] previous;
  private int scanned;

  /** Solves the problem with {@code costs[i·m + j]} finite and at least 0. */
  Transport(int n, int m, double[] costs) {
    this.n = n;
    this.m = m;
    this.root = n + m;
    this.cost = new long[costs.length];
    double top = 0;
    for (double each : costs) {
      top = Math.max(top, each);
    }
    for (int e = 0; e < cost.length; e++) {
      cost[e] = top == 0 ? 0 : (long) Math.rint(costs[e] / top * RESOLUTION);
    }
    this.artificial = (long) RESOLUTION * (n + m + 1L);
    this.potential = new long[n + m + 1];
    this.flow = new long[n + m + 1];
    this.parent = new int[n + m + 1];
    this.depth = new int[n + m + 1];
    this.child = new int[n + m + 1];
    this.next = new int[n + m + 1];
    this.previous = new int[n + m + 1];
    start();
    for (int entering = entering(); entering >= 0; entering = entering()) {
      pivot(entering / m, n + entering % m);
    }
  }

  /** Every node hangs on the root by an arc that nothing real costs as much as. */
  private void start() {
    int divisor = greatestCommonDivisor(n, m);
    Arrays.fill(child, -1);
    Arrays.fill(next, -1);
    Arrays.fill(previous, -1);
    parent[root] = -1;
    for (int v = root - 1; v >= 0; v--) {
      flow[v] = v < n ? m / divisor : n / divisor;
      potential[v] = v < n ? -artificial : artificial;
      depth[v] = 1;
      attach(v, root);
    }
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** The arc of the most negative reduced cost in the first block that has one; −1 at the end. */
  private int entering() {
    int arcs = cost.length;
    int block = Math.max(64, (int) Math.sqrt(arcs));
    int best = -1;
    long least = 0;
    int i = scanned / m;
    int j = scanned % m;
    int left = block;
    for (int k = 0; k < arcs; k++) {
      long reduced = cost[scanned] + potential[i] - potential[n + j];
      if (reduced < least) {
        least = reduced;
        best = scanned;
      }
      scanned++;
      j++;
      if (j == m) {
        j = 0;
        i++;
        if (i == n) {
          i = 0;
          scanned = 0;
        }
      }
      left--;
      if (left == 0) {
        if (best >= 0) {
          return best;
        }
        left = block;
      }
    }
    return best;
  }

  private void pivot(int source, int sink) {
    int u = source;
    int v = sink;
    long least = Long.MAX_VALUE;
    int leaving = -1;
    boolean below = false;
    int leavingAbove = -1;
    long leastAbove = Long.MAX_VALUE;
    while (u != v) {
      if (depth[u] >= depth[v]) {
        if (u < n && flow[u] < least) {
          least = flow[u];
          leaving = u;
        }
        u = parent[u];
      } else {
        if (v >= n && flow[v] <= leastAbove) {
          leastAbove = flow[v];
          leavingAbove = v;
        }
        v = parent[v];
      }
    }
    if (leastAbove <= least) {
      least = leastAbove;
      leaving = leavingAbove;
      below = true;
    }
    int apex = u;
    if (least > 0) {
      for (int w = source; w != apex; w = parent[w]) {
        flow[w] += w < n ? -least : least;
      }
      for (int w = sink; w != apex; w = parent[w]) {
        flow[w] += w < n ? least : -least;
      }
    }
    int top = below ? sink : source;
    int onto = below ? source : sink;
    long reduced = cost[source * m + sink - n] + potential[source] - potential[sink];
    turn(top, leaving);
    attach(top, onto);
    flow[top] = least;
    shift(top, below ? reduced : -reduced);
  }

  /** Makes {@code top} the root of the subtree that hung on {@code old}, and cuts it off. */
  private void turn(int top, int old) {
    int node = top;
    int above = parent[node];
    long carried = flow[node];
    detach(node);
    while (node != old) {
      int further = parent[above];
      long kept = flow[above];
      detach(above);
      flow[above] = carried;
      attach(above, node);
      carried = kept;
      node = above;
      above = further;
    }
  }

  private void attach(int node, int above) {
    parent[node] = above;
    previous[node] = -1;
    next[node] = child[above];
    if (next[node] >= 0) {
      previous[next[node]] = node;
    }
    child[above] = node;
  }

  private void detach(int node) {
    if (previous[node] >= 0) {
      next[previous[node]] = next[node];
    } else {
      child[parent[node]] = next[node];
    }
    if (next[node] >= 0) {
      previous[next[node]] = previous[node];
    }
  }

  /** Moves the potentials of a subtree and recounts its depths. */
  private void shift(int top, long by) {
    int node = top;
    while (true) {
      depth[node] = depth[parent[node]] + 1;
      potential[node] += by;
      if (child[node] >= 0) {
        node = child[node];
      } else {
        while (node != top && next[node] < 0) {
          node = parent[node];
        }
        if (node == top) {
          return;
        }
        node = next[node];
      }
    }
  }

  /** Calls the visitor with every pair that is moved; at most n + m − 1 of them. */
  void plan(Visitor visitor) {
    long total = n * (m / (long) greatestCommonDivisor(n, m));
    for (int v = 0; v < root; v++) {
      if (flow[v] > 0 && parent[v] != root) {
        visitor.moved(v < n ? v : parent[v], (v < n ? parent[v] : v) - n, flow[v] / (double) total);
      }
    }
  }

  /** The least reduced cost in units of the greatest cost; at least 0 for an optimal plan. */
  double leastReducedCost() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        least = Math.min(least, cost[i * m + j] + potential[i] - potential[n + j]);
      }
    }
    return least / RESOLUTION;
  }

  /** The dual value of the potentials, in units of the greatest cost; a lower bound of any plan. */
  double dualValue() {
    double sum = 0;
    for (int j = 0; j < m; j++) {
      sum += (potential[n + j] - potential[n]) / RESOLUTION / m;
    }
    for (int i = 0; i < n; i++) {
      sum -= (potential[i] - potential[n]) / RESOLUTION / n;
    }
    return sum;
  }

  /** Sees what is moved. */
  @FunctionalInterface
  interface Visitor {
    /** The share of all mass that goes from {@code i} to {@code j}. */
    void moved(int i, int j, double share);
  }
}
