package dev.espalier.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class SharesTest {

  /** Fields are null while Java unpacks; a failure then would end an executor's heartbeats. */
  @Test
  void nothingIsToldWhileItIsUnpacked() throws ReflectiveOperationException {
    Shares shares = new Shares();
    shares.add(new Shares.Share(3, "half way", 0.5));
    assertFalse(shares.isZero());
    for (Field field : Shares.class.getDeclaredFields()) {
      if (field.getName().equals("last")) {
        field.setAccessible(true);
        field.set(shares, null);
      }
    }
    assertTrue(shares.isZero());
    assertTrue(shares.copyAndReset().isZero());
  }

  @Test
  void theLastWordCounts() {
    Shares shares = new Shares();
    Shares other = new Shares();
    shares.merge(other);
    assertTrue(shares.isZero());
    other.add(new Shares.Share(1, "a", 0.1));
    other.add(new Shares.Share(1, "b", 0.2));
    shares.merge(other);
    assertEquals(new Shares.Share(1, "b", 0.2), shares.value());
    shares.reset();
    assertTrue(shares.isZero());
  }
}
