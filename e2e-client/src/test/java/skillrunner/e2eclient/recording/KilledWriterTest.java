package skillrunner.e2eclient.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.e2eclient.backend.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** An example client that is killed while it writes a recording leaves a whole one, and nothing that the next one stumbles over. */
@Tag("one-jdk")
class KilledWriterTest {
    private static final int KILLS = Integer.getInteger("skillrunner.kills", 5);

    /** So large that a write is likely to be under way. */
    private static final String LONG = "x".repeat(4_000);

    @TempDir
    Path folder;

    /** Adds steps for as long as it lives, and says the number of each that was added. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Recordings recordings = Recordings.in(Path.of(arguments[0]), Clock.systemUTC());
            for (int number = 0; ; number++) {
                recordings.add(
                        arguments[1],
                        Action.REPLY,
                        true,
                        Json.object().put("number", number),
                        Json.object().put("long", LONG));
                System.out.println(number);
            }
        }
    }

    @Test
    void what_was_recorded_stays_and_nothing_is_half() throws Exception {
        long seed = System.nanoTime();
        Random moments = new Random(seed);
        Set<String> names = new HashSet<>(Set.of(".lock"));
        for (int kill = 0; kill < KILLS; kill++) {
            String request = "r-" + kill;
            names.add(request + ".json");
            int told = killed(request, moments.nextInt(40));
            List<Integer> kept;
            try (Recordings recordings = Recordings.in(folder, Clock.systemUTC())) {
                kept = recordings.find(request).orElseThrow().steps().stream()
                        .map(step -> step.request().path("number").asInt())
                        .toList();
                assertThat(recordings.list(1, KILLS).unreadable()).isZero();
            }
            assertThat(kept)
                    .as("seed " + seed)
                    .containsExactlyElementsOf(
                            IntStream.range(0, kept.size()).boxed().toList());
            assertThat(kept.size()).as("seed " + seed).isGreaterThan(told);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("seed " + seed)
                        .containsExactlyInAnyOrderElementsOf(names);
            }
        }
    }

    /** Lets a client write and kills it behind a step, while it is at the next ones. @return the last that it said */
    private int killed(String request, int behind) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        request)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int told = -1;
        try (BufferedReader said = writer.inputReader()) {
            while (told < behind) {
                told = Integer.parseInt(said.readLine());
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return told;
    }
}
