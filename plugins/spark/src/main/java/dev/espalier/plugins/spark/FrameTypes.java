package dev.espalier.plugins.spark;

import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of frames that hold drawn rows; what has no type of its own there is text. */
final class FrameTypes {

  private FrameTypes() {}

  /** A column for every field, any of whose cells may be missing. */
  static StructType of(List<Field> fields) {
    return DataTypes.createStructType(
        fields.stream()
            .map(field -> DataTypes.createStructField(field.name(), of(field), true))
            .toArray(StructField[]::new));
  }

  static DataType of(Field field) {
    return switch (field.kind()) {
      case INTEGER -> DataTypes.LongType;
      case CONTINUOUS -> DataTypes.DoubleType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case DATE_TIME ->
          field.pattern().endsWith("Z") ? DataTypes.TimestampType : DataTypes.TimestampNTZType;
      default -> ofWords(field);
    };
  }

  private static DataType ofWords(Field field) {
    boolean known = field.kind() == Kind.BOOLEAN || field.kind() == Kind.CONSTANT;
    if (known && List.of("false", "true").containsAll(field.categories())) {
      return DataTypes.BooleanType;
    }
    if (known && field.categories().stream().allMatch(word -> word.matches("0|-?[1-9]\\d{0,14}"))) {
      return DataTypes.LongType;
    }
    return DataTypes.StringType;
  }
}
