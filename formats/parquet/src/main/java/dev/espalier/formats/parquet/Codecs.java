package dev.espalier.formats.parquet;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The packings of pages, without Hadoop's classes. */
final class Codecs implements CompressionCodecFactory {

  /** The largest page that is unpacked; writers make pages of about a mebibyte. */
  private static final int LARGEST_PAGE = 1 << 28;

  /**
   * What one byte can stand for at most: the tightest that LZ4 packs, and more than Snappy does.
   */
  private static final int TIGHTEST = 255;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("need pages packed as ZSTD, got " + codec);
    }
    return new Zstd();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, GZIP, SNAPPY, ZSTD, LZ4_RAW -> new Unpacker(codec);
      default ->
          throw new IllegalArgumentException(
              "need pages packed as UNCOMPRESSED, GZIP, SNAPPY, LZ4_RAW or ZSTD, got " + codec);
    };
  }

  @Override
  public void release() {
    // nothing is held
  }

  private static final class Zstd implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new ZstdOutputStream(packed)) {
        bytes.writeAllTo(out);
      }
      return BytesInput.from(packed.toByteArray());
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // nothing is held
    }
  }

  private record Unpacker(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      bytes.writeAllTo(packed);
      return BytesInput.from(unpacked(packed.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer out, int size)
        throws IOException {
      byte[] bytes = new byte[packedSize];
      packed.get(bytes);
      out.put(unpacked(bytes, size));
    }

    private byte[] unpacked(byte[] packed, int size) throws IOException {
      if (size < 0 || size > LARGEST_PAGE) {
        throw new IOException("need pages of at most " + LARGEST_PAGE + " bytes, got " + size);
      }
      boolean takenBefore =
          codec == CompressionCodecName.SNAPPY || codec == CompressionCodecName.LZ4_RAW;
      if (takenBefore && size / TIGHTEST > packed.length) {
        throw new IOException(
            "need a page of " + size + " bytes in more than " + packed.length + " packed ones");
      }
      byte[] out =
          switch (codec) {
            case GZIP -> read(new GZIPInputStream(new ByteArrayInputStream(packed)), size);
            case ZSTD -> read(zstd(packed), size);
            case SNAPPY -> snappy(packed, size);
            case LZ4_RAW -> lz4(packed, size);
            default -> packed;
          };
      if (out.length != size) {
        throw new IOException("need a page of " + size + " bytes, got " + out.length);
      }
      return out;
    }

    private static byte[] read(InputStream in, int size) throws IOException {
      try (in) {
        return in.readNBytes(size);
      }
    }

    /** Its buffer is larger than most pages, and used again. */
    private static InputStream zstd(byte[] packed) throws IOException {
      return new ZstdInputStream(new ByteArrayInputStream(packed), RecyclingBufferPool.INSTANCE);
    }

    private static byte[] snappy(byte[] packed, int size) throws IOException {
      int told = Snappy.uncompressedLength(packed);
      if (told != size) {
        throw new IOException("need a page of " + size + " bytes, got " + told);
      }
      return Snappy.uncompress(packed);
    }

    private static byte[] lz4(byte[] packed, int size) {
      byte[] out = new byte[size];
      int count = new Lz4Decompressor().decompress(packed, 0, packed.length, out, 0, size);
      return count == size ? out : Arrays.copyOf(out, count);
    }

    @Override
    public void release() {
      // nothing is held
    }
  }
}
