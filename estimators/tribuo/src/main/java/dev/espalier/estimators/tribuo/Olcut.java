package dev.espalier.estimators.tribuo;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Setting;
import org.tribuo.Trainer;
import org.tribuo.regression.Regressor;

/**
 * A regression trainer of Tribuo as an OLCUT configuration file describes it.
 *
 * <p>The file names classes, of which it makes objects when a score is fitted: fit with files that
 * you trust. Reading a fitted score reads no such file. The trainer's own seed is used.
 *
 * @param file the path of the file, in XML
 * @param name what the file calls the trainer
 */
public record Olcut(
    @Setting(help = "path of the configuration file, in XML") String file,
    @Setting(value = "trainer", help = "what the file calls the trainer") String name)
    implements RegressionTrainer {

  @Override
  @SuppressWarnings("unchecked") // A trainer of another kind fails at its first example.
  public Trainer<Regressor> trainer(long seed) {
    try (ConfigurationManager configuration = new ConfigurationManager(file)) {
      if (!configuration.getComponentNames().contains(name)) {
        throw new InvalidDataException(
            "'"
                + file
                + "' has no component named '"
                + name
                + "'; it has "
                + configuration.getComponentNames());
      }
      Object found = configuration.lookup(name);
      if (found instanceof Trainer<?> trainer) {
        return (Trainer<Regressor>) trainer;
      }
      throw new InvalidDataException(
          "need a trainer named '" + name + "' in '" + file + "', got " + found);
    } catch (InvalidDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidDataException(
          "cannot configure the trainer '" + name + "' of '" + file + "': " + e.getMessage(), e);
    }
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    return 1e-6 * outputs * rows * features;
  }
}
