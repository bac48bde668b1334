package skillrunner.engines.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Output captured from a real CLI; it lies beside the tests of its engine. */
public final class Captured {
    private Captured() {}

    /** Returns a captured stream, {@code ENGINE-NAME.STREAM.txt}; nothing if the CLI wrote nothing to it. */
    public static byte[] stream(String engine, String name, String stream) {
        String file = "/skillrunner/engines/" + engine + "/" + engine + "-" + name + "." + stream + ".txt";
        try (InputStream in = Captured.class.getResourceAsStream(file)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all captured streams of an engine, and some that were thought out. */
    public static List<byte[]> with(String engine, String... odd) {
        List<byte[]> all = new ArrayList<>();
        for (String text : odd) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        URL folder = Captured.class.getResource("/skillrunner/engines/" + engine + "/");
        if (folder != null) {
            try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
                for (Path file : files.filter(name -> name.toString().endsWith(".txt"))
                        .sorted()
                        .toList()) {
                    all.add(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }
}
