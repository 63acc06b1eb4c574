package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Damaged and hostile words about tables: each is read, or refused with the documented error. */
@Tag("hostile")
class HostileSchemaTest {

  @Test
  void schemasAreReadOrRefused(TestInfo test) {
    Mutations.of(test, Path.of("src/test/resources/corpus/schemas"))
        .words("{", "}", "[", "\"", "null", "\"kind\": \"date\"", "\"range\"", "\"pattern\"", "#")
        .check(
            1 << 20,
            1000,
            input -> {
              try {
                Schema.parse("it.json", new String(input, StandardCharsets.UTF_8));
              } catch (InvalidDataException refusal) {
                assertTrue(refusal.getMessage().startsWith("it.json"), refusal.getMessage());
              }
            });
  }

  @Test
  void conditionsAreReadOrRefused(TestInfo test) {
    List<Field> fields =
        Csv.read(Path.of("../examples/data/penguins.csv")).columns().stream()
            .map(Column::field)
            .toList();
    List<byte[]> corpus =
        List.of(
            "species=Adelie, body_mass_g>4000".getBytes(StandardCharsets.UTF_8),
            "3000<=body_mass_g<=4e3, sex='male'".getBytes(StandardCharsets.UTF_8),
            "2*bill_length_mm-bill_depth_mm>=1.5".getBytes(StandardCharsets.UTF_8));
    Mutations.of(test, corpus)
        .words("species", "sex", "=", "<=", ">", "in", "*", "+", "'", "\"", "Adelie", ",")
        .check(
            1 << 20,
            1000,
            input -> {
              String text = new String(input, StandardCharsets.UTF_8);
              try {
                Condition.parse(text, fields);
              } catch (IllegalArgumentException refusal) {
                assertTrue(!refusal.getMessage().isBlank());
              }
            });
  }
}
