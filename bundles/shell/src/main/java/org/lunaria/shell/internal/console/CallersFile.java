package org.lunaria.shell.internal.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.karaf.shell.api.console.Session;
import org.lunaria.admin.ApplianceException;

/** A file that is named on a command line: {@code -} is the standard input or output, and a name is of the caller's folder. */
public record CallersFile(String name, Path path) {
    /** The variable of a session that holds the folder its user works in, where that is not the appliance's own. */
    public static final String FOLDER = "lunaria.folder";

    private static final String STANDARD = "-";

    /** Editors of Windows put it in front of a text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Nobody's configuration is longer. */
    private static final int MAX_BYTES = 16 << 20;

    public static CallersFile of(Session session, String name) {
        if (name.equals(STANDARD) || name.equals(OptionsAnywhere.STANDARD)) {
            return new CallersFile(STANDARD, Path.of(STANDARD));
        }
        Object folder = session.get(FOLDER);
        return new CallersFile(
                name, Path.of(folder == null ? "" : folder.toString()).resolve(name));
    }

    public boolean isStandard() {
        return name.equals(STANDARD);
    }

    /** Its name without its folder; of the standard input {@code stdin}. */
    public String shortName() {
        return isStandard() ? "stdin" : String.valueOf(path.getFileName());
    }

    /** The whole of it. */
    public String read() {
        try (InputStream in = isStandard() ? System.in : Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ApplianceException("file " + name + ": is longer than " + (MAX_BYTES >> 20) + " MiB.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ApplianceException("file " + name + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    /**
     * Writes it as a whole, and to the disk, before this returns.
     *
     * @param forOwner whether nobody else may read it
     * @param replaces whether a file that is there goes
     */
    public void write(String text, boolean forOwner, boolean replaces) {
        if (Files.exists(path) && !replaces) {
            throw new ApplianceException("file " + name + " exists already; give another name, or --force.");
        }
        Path folder = path.toAbsolutePath().getParent();
        try {
            Path temporary = Files.createTempFile(folder, ".lunaria", ".tmp");
            try {
                Files.setPosixFilePermissions(
                        temporary, PosixFilePermissions.fromString(forOwner ? "rw-------" : "rw-r--r--"));
                try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                if (replaces) {
                    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.createLink(path, temporary);
                }
                try (FileChannel channel = FileChannel.open(folder)) {
                    channel.force(true);
                }
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (FileAlreadyExistsException e) {
            throw new ApplianceException("file " + name + " exists already; give another name, or --force.", e);
        } catch (IOException e) {
            throw unusable("written", e);
        }
    }

    private ApplianceException unusable(String what, IOException e) {
        // Which user that is shows why root's own folder does not do.
        String better = e instanceof AccessDeniedException
                ? "a place where user " + System.getProperty("user.name") + " may"
                : e instanceof NoSuchFileException ? "another name" : "another";
        return new ApplianceException(
                "file " + name + " cannot be " + what + " (" + FileReason.of(e) + "); give " + better
                        + ", or - for the standard " + (what.equals("read") ? "input" : "output") + ".",
                e);
    }
}
