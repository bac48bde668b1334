package skillrunner.commandline.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Surroundings;

/**
 * A value that was given as {@code name=text}, {@code name=@FILE} or {@code name=@-}; {@code @@} stands for a text that begins with
 * an at sign.
 *
 * @param name what stands before the first equals sign
 * @param text what stands behind it, as it was typed
 */
record Argument(String name, String text) {
    /** As much as a server takes in one request, and more. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private static final String FILE = "@";
    private static final String KEYBOARD = "@-";

    Argument {
        Objects.requireNonNull(name);
        Objects.requireNonNull(text);
    }

    static Argument parse(String option, String given) {
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw CommandFailedException.usage(option + " " + given + ": NAME=VALUE is needed");
        }
        return new Argument(given.substring(0, equals), given.substring(equals + 1));
    }

    /** Whether the whole is meant and not one member: {@code @FILE} without a name. */
    static boolean isWhole(String given) {
        return given.startsWith(FILE);
    }

    /** The value as text: what was typed, or what the file holds. */
    String content(Surroundings surroundings) {
        return content(text, surroundings);
    }

    static String content(String given, Surroundings surroundings) {
        if (given.startsWith(FILE + FILE)) {
            return given.substring(FILE.length());
        }
        if (!given.startsWith(FILE)) {
            return given;
        }
        String name = given.substring(FILE.length());
        try {
            byte[] bytes;
            if (given.equals(KEYBOARD)) {
                bytes = surroundings.in().readNBytes(LONGEST + 1);
            } else {
                try (InputStream content = Files.newInputStream(readable(name, surroundings))) {
                    bytes = content.readNBytes(LONGEST + 1);
                }
            }
            if (bytes.length > LONGEST) {
                throw CommandFailedException.usage(name + " is too long for a value; is it meant for --file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandFailedException.usage(name + " is no UTF-8 text; is it meant for --file?");
        } catch (IOException e) {
            throw CommandFailedException.usage(name + " can't be read");
        }
    }

    /** A file that can be sent: no pipe, which can be read once only, and no device, which never ends. */
    static Path file(String name, Surroundings surroundings) {
        Path file = readable(name, surroundings);
        if (!Files.isRegularFile(file)) {
            throw CommandFailedException.usage(name + " is no file that can be sent");
        }
        return file;
    }

    private static Path readable(String name, Surroundings surroundings) {
        Path file = surroundings.here().resolve(name);
        if (!Files.exists(file)) {
            throw CommandFailedException.usage("there is no file " + name);
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw CommandFailedException.usage(name + " is no file that can be read");
        }
        return file;
    }
}
