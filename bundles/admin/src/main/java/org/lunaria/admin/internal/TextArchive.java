package org.lunaria.admin.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Texts with names as the bytes of one file: a ZIP archive, which anybody can open without us. Stateless. */
final class TextArchive {
    /** The most that is read of one archive: far more than a configuration has, and no danger to memory. */
    private static final int MAX_BYTES = 256 << 20;

    private TextArchive() {}

    static byte[] pack(SortedMap<String, String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                zip.putNextEntry(new ZipEntry(text.getKey()));
                zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when the bytes are no whole archive; each text has a checksum */
    static SortedMap<String, String> unpack(byte[] bytes) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        int left = MAX_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] text = zip.readNBytes(left);
                left -= text.length;
                if (left == 0) {
                    throw new IOException("it holds more than " + MAX_BYTES + " bytes");
                }
                texts.put(entry.getName(), new String(text, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("its names are no text", e);
        }
        if (texts.isEmpty()) {
            throw new IOException("it is no archive");
        }
        return texts;
    }
}
