package skillrunner.e2eclient.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T10:00:00.5Z"), ZoneOffset.UTC);
    private static final JsonNode NOTHING = Json.object();
    private static final int STEPS = 60;

    @TempDir
    Path home;

    private Path folder;
    private Recordings recordings;

    @BeforeEach
    void open() throws IOException {
        folder = home.resolve("deep/recordings");
        recordings = Recordings.in(folder, CLOCK);
    }

    @Test
    void steps_lie_in_one_file_in_the_order_in_which_they_happened() throws IOException {
        recordings.add("r-1", Action.CREATE_RUN, true, object("skill_id", "demo"), object("request_id", "r-1"));
        recordings.add("r-1", Action.UPLOAD, false, NOTHING, object("detail", "no zip"));
        assertThat(Json.parse(Files.readAllBytes(folder.resolve("r-1.json"))).map(Json::text))
                .contains("{\"request_id\":\"r-1\",\"created_at\":\"2026-11-30T10:00:00.500000Z\","
                        + "\"updated_at\":\"2026-11-30T10:00:00.500000Z\",\"steps\":["
                        + "{\"ts\":\"2026-11-30T10:00:00.500000Z\",\"action\":\"create_run\",\"status\":\"ok\","
                        + "\"request\":{\"skill_id\":\"demo\"},\"response\":{\"request_id\":\"r-1\"}},"
                        + "{\"ts\":\"2026-11-30T10:00:00.500000Z\",\"action\":\"upload\",\"status\":\"error\","
                        + "\"request\":{},\"response\":{\"detail\":\"no zip\"}}]}");
        assertThat(recordings.find("r-1").orElseThrow().skill()).isEqualTo("demo");
    }

    @Test
    void an_id_is_reduced_to_a_name_that_leads_nowhere() throws IOException {
        recordings.add("../../x/y", Action.REPLY, true, NOTHING, NOTHING);
        assertThat(folder.resolve("....xy.json")).exists();
        recordings.add("/\\\u0000", Action.REPLY, true, NOTHING, NOTHING);
        recordings.add("x".repeat(300), Action.REPLY, true, NOTHING, NOTHING);
        assertThat(files()).containsExactly("....xy.json");
        assertThat(recordings.find("../x")).isEmpty();
    }

    @Test
    void what_is_no_recording_is_passed_over_and_counted() throws IOException {
        recordings.add("good", Action.CREATE_RUN, true, NOTHING, NOTHING);
        Files.writeString(folder.resolve("cut.json"), "{\"request_id\": \"cut\", \"steps\": [");
        Files.writeString(folder.resolve("list.json"), "[]");
        Files.writeString(folder.resolve("without.json"), "{\"steps\": []}");
        Files.createDirectory(folder.resolve("folder.json"));
        Files.createSymbolicLink(folder.resolve("link.json"), Path.of("/etc/passwd"));
        Recordings.Listing listing = recordings.list(0, 50);
        assertThat(listing.shown()).extracting(Recording::requestId).containsExactly("good");
        assertThat(listing.unreadable()).isEqualTo(5);
        assertThat(recordings.find("link")).isEmpty();
    }

    @Test
    void a_half_finished_recording_is_one() throws IOException {
        Files.writeString(
                folder.resolve("half.json"),
                "{\"request_id\": \"half\", \"steps\": [{\"action\": 3}, null, {\"action\": \"create_run\", \"status\": \"ok\"}]}");
        Recording half = recordings.find("half").orElseThrow();
        assertThat(half.isFinished()).isFalse();
        assertThat(half.steps()).hasSize(3);
        assertThat(half.createdAt()).isEmpty();
    }

    @Test
    void steps_of_many_at_once_are_all_kept() {
        List<CompletableFuture<Void>> adding = IntStream.range(0, 40)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> recordings.add("busy", Action.REPLY, true, object("number", "" + number), NOTHING)))
                .toList();
        adding.forEach(CompletableFuture::join);
        assertThat(recordings.find("busy").orElseThrow().steps()).hasSize(40);
        assertThat(files()).containsExactly("busy.json");
    }

    @Test
    void a_result_that_is_looked_at_again_is_one_step_until_it_changes() {
        JsonNode none = Json.object().put("has_result", false);
        JsonNode some = Json.object().put("has_result", true);
        recordings.add("r", Action.RESULT_READ, true, NOTHING, none);
        recordings.add("r", Action.RESULT_READ, true, NOTHING, none);
        recordings.add("r", Action.RESULT_READ, true, NOTHING, some);
        Recording recording = recordings.find("r").orElseThrow();
        assertThat(recording.steps()).hasSize(2);
        assertThat(recording.isFinished()).isTrue();
    }

    @Test
    void what_is_huge_is_named_and_a_full_recording_stays_as_it_is() {
        recordings.add("r", Action.REPLY, true, object("text", "x".repeat(300_000)), NOTHING);
        assertThat(Json.text(recordings.find("r").orElseThrow().steps().get(0).request()))
                .contains(Recordings.OMITTED);
        for (int i = 0; i < 600; i++) {
            recordings.add("r", Action.REPLY, true, object("number", "" + i), NOTHING);
        }
        assertThat(recordings.find("r").orElseThrow().steps()).hasSize(500);
    }

    @Test
    void nobody_else_may_read_them_and_what_a_kill_left_is_removed() throws IOException {
        recordings.add("r", Action.REPLY, true, NOTHING, NOTHING);
        Files.writeString(folder.resolve("123.unfinished"), "half");
        Recordings.in(folder, CLOCK);
        assertThat(files()).containsExactly("r.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("r.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    /** Another client of the same folder: adds steps as soon as it is told to. */
    static final class Neighbour {
        private Neighbour() {}

        public static void main(String[] arguments) throws IOException {
            Recordings theirs = Recordings.in(Path.of(arguments[0]), CLOCK);
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            for (int i = 0; i < STEPS; i++) {
                theirs.add("shared", Action.REPLY, true, object("theirs", "" + i), NOTHING);
            }
        }
    }

    @Test
    void two_clients_that_share_a_folder_lose_no_step_of_each_other() throws Exception {
        Process neighbour = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Neighbour.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader theirs = neighbour.inputReader()) {
            assertThat(theirs.readLine()).isEqualTo("ready");
            neighbour.getOutputStream().write('\n');
            neighbour.getOutputStream().flush();
            for (int i = 0; i < STEPS; i++) {
                recordings.add("shared", Action.REPLY, true, object("ours", "" + i), NOTHING);
            }
            assertThat(neighbour.waitFor()).isZero();
        } finally {
            neighbour.destroyForcibly();
        }

        assertThat(recordings.find("shared").orElseThrow().steps()).hasSize(2 * STEPS);
    }

    @Test
    void a_folder_that_was_cleared_away_is_made_again() throws IOException {
        recordings.add("r", Action.REPLY, true, NOTHING, NOTHING);
        for (Path file : List.of(folder.resolve("r.json"), folder.resolve(".lock"), folder)) {
            Files.deleteIfExists(file);
        }

        assertThat(recordings.list(1, 50).shown()).isEmpty();
        recordings.add("r", Action.REPLY, true, NOTHING, NOTHING);
        assertThat(recordings.find("r")).isPresent();
    }

    @Test
    void what_lies_in_the_way_of_a_recording_is_kept_beside_it() throws IOException {
        Files.writeString(folder.resolve("cut.json"), "{\"request_id\": \"cut\", \"steps\": [");
        Files.createDirectory(folder.resolve("folder.json"));
        recordings.add("cut", Action.REPLY, true, NOTHING, NOTHING);
        recordings.add("folder", Action.REPLY, true, NOTHING, NOTHING);

        assertThat(recordings.find("cut")).isPresent();
        assertThat(recordings.find("folder")).isPresent();
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(file -> file.endsWith("cut.json") && !file.equals(folder.resolve("cut.json"))))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasContent("{\"request_id\": \"cut\", \"steps\": ["));
        }
    }

    @Test
    void a_recording_under_the_name_of_another_one_is_none() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{\"request_id\": \"yours\", \"steps\": []}");

        assertThat(recordings.list(1, 50).unreadable()).isEqualTo(1);
        assertThat(recordings.find("mine")).isEmpty();
    }

    private static JsonNode object(String name, String value) {
        return Json.object().put(name, value);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
