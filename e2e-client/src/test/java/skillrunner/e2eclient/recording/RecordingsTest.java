package skillrunner.e2eclient.recording;

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

    private static JsonNode object(String name, String value) {
        return Json.object().put(name, value);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
