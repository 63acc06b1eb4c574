package dev.espalier.tables;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Other machines that work for this one, from {@link Connector#connect} to {@link #close}.
 *
 * <p>Where something runs changes no bit of it.
 */
public interface Cluster extends AutoCloseable {

  /** Where the pieces of a fit or of a draw run. */
  Tasks tasks();

  /**
   * Draws rows where they are written: a folder of Parquet files, one for each partition, that
   * together hold the rows in order.
   *
   * @param folder must not be there yet; the machines must see it under this name too
   * @throws dev.espalier.api.InvalidDataException if the folder is there or cannot be written
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled; the folder is
   *     then removed
   */
  void draw(TableModel model, PartitionedDraw rows, Path folder, Progress progress);

  /** Lets the machines go. */
  @Override
  void close();

  /**
   * A kind of cluster, an extension point: implementations with a public constructor without
   * parameters are found by {@link ServiceLoader}.
   */
  interface Connector {

    /** A short lower-case name, such as {@code spark}. */
    String name();

    /**
     * Joins a cluster.
     *
     * @param address in the way of its kind, such as {@code local[2]}
     * @param plugins jars that the machines need beside those on this Java's class path
     * @throws IllegalArgumentException if there is no cluster at that address
     */
    Cluster connect(String address, List<Path> plugins);
  }

  /** The connector of a kind of cluster, if it is on the path. */
  static Optional<Connector> connector(String name) {
    return ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(connector -> connector.name().equals(name))
        .findFirst();
  }
}
