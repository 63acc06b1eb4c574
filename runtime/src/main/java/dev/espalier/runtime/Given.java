package dev.espalier.runtime;

import dev.espalier.api.Guidance;
import dev.espalier.api.Labels;
import dev.espalier.api.Observation;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a law is conditioned on, and how: exactly, in its score, or by a guidance around it. */
final class Given implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int SHOWN = 160;

  private final List<String> answers;
  private final List<String> notes;
  private final List<Observation> observations;
  private final @Nullable Guidance guidance;
  private final String name;
  private final @Nullable Score guided;
  private final TreeMap<Integer, Double> fixed;

  private Given(
      List<String> answers,
      List<String> notes,
      List<Observation> observations,
      @Nullable Guidance guidance,
      String name,
      @Nullable Score guided) {
    this.answers = List.copyOf(answers);
    this.notes = List.copyOf(notes);
    this.observations = List.copyOf(observations);
    this.guidance = guidance;
    this.name = name;
    this.guided = guided;
    this.fixed = new TreeMap<>();
    for (Observation each : observations) {
      if (each instanceof Observation.Columns columns) {
        fixed.putAll(columns.values());
      }
    }
  }

  static Given nothing() {
    return new Given(List.of(), List.of(), List.of(), null, "", null);
  }

  /** This, and an observation that a score answered exactly. */
  Given exactly(Score exact, Observation observation) {
    Score again = guidance == null ? null : guidance.guide(exact, observations);
    return with(observation, "exactly", observations, guidance, name, again);
  }

  /** This, and an observation by a guidance. */
  Given guided(Score score, Observation observation, Guidance by, String expression) {
    if (guidance != null && !guidance.equals(by)) {
      throw new IllegalArgumentException(
          "need one guidance for all observations, got " + name + " and " + expression);
    }
    List<Observation> all = new ArrayList<>(observations);
    all.add(observation);
    return with(
        observation,
        "approximately, guided by " + expression,
        all,
        by,
        expression,
        by.guide(score, all));
  }

  private Given with(
      Observation observation,
      String how,
      List<Observation> guidedBy,
      @Nullable Guidance by,
      String expression,
      @Nullable Score bent) {
    String text = observation.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    List<String> told = new ArrayList<>(answers);
    told.add(how);
    List<String> said = new ArrayList<>(notes);
    said.add("given " + shown + ": " + how);
    return new Given(told, said, guidedBy, by, expression, bent);
  }

  List<String> answers() {
    return answers;
  }

  List<String> notes() {
    return notes;
  }

  Optional<Guidance> guidance() {
    return Optional.ofNullable(guidance);
  }

  Score score(Score score) {
    return guided == null ? score : guided;
  }

  Sampler sampler(Sampler sampler) {
    return guidance == null ? sampler : guidance.sampler(sampler);
  }

  /** Rows with the columns that a guidance was told of exactly as they were told. */
  Samples fixed(Samples rows) {
    if (fixed.isEmpty()) {
      return rows;
    }
    double[] values = rows.toArray();
    for (Map.Entry<Integer, Double> each : fixed.entrySet()) {
      for (int i = each.getKey(); i < values.length; i += rows.columns()) {
        values[i] = each.getValue();
      }
    }
    List<Labels> labels = rows.labels();
    return Samples.of(rows.columns(), values).withLabels(labels);
  }
}
