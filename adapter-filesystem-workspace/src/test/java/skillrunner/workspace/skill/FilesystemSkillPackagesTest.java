package skillrunner.workspace.skill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.application.skill.SkillPackages.Publication;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.files.FileTrees;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.run.Racing;
import skillrunner.testkit.skill.SkillPackagesContract;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class FilesystemSkillPackagesTest {
    private static final InstallId FIRST = new InstallId("00000000-0000-4000-8000-000000000001");
    private static final InstallId SECOND = new InstallId("00000000-0000-4000-8000-000000000002");
    private static final Publication INSTALLED = new Publication.Done(InstallAction.INSTALL);
    private static final Publication UPDATED = new Publication.Done(InstallAction.UPDATE);

    @TempDir
    private Path home;

    private Path skills = Path.of("");
    private Path requests = Path.of("");
    private FilesystemSkillPackages packages = packages(PackagePublisher.Rename.ATOMIC);

    /** The process is gone at this moment: nothing after it happens. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void start() {
        skills = home.resolve("skills");
        requests = home.resolve("requests");
        packages = packages(PackagePublisher.Rename.ATOMIC);
    }

    private FilesystemSkillPackages packages(PackagePublisher.Rename rename) {
        JacksonJson json = new JacksonJson();
        return new FilesystemSkillPackages(
                requests,
                skills,
                new ZipIntake(ZipLimits.UPLOAD.withArchiveBytes(1 << 20)),
                new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                json,
                new ManualClock(Instant.parse("2026-01-02T03:04:05Z")),
                rename);
    }

    @Nested
    class as_packages extends SkillPackagesContract {
        @Override
        protected Place emptyPlace() {
            return new PlaceOnDisk();
        }
    }

    private final class PlaceOnDisk implements SkillPackagesContract.Place {
        @Override
        public SkillPackages packages() {
            return packages;
        }

        @Override
        public byte[] archive(String version) {
            try {
                return zip(entries(version));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] rubbish() {
            return "rubbish".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<String> installed() {
            try {
                return Files.exists(skills.resolve("demo")) ? Optional.of(live()) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isClean() {
            try {
                return (!Files.exists(requests) || names(requests).isEmpty())
                        && (!Files.exists(skills.resolve(".staging"))
                                || names(skills.resolve(".staging")).isEmpty());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_package_is_installed_and_leaves_nothing_behind() throws Exception {
        assertThat(install(FIRST, "1.0.0")).isEqualTo(INSTALLED);

        assertThat(live()).isEqualTo("1.0.0");
        assertThat(files(skills)).noneMatch(file -> file.startsWith("."));
        assertThat(files(requests)).isEmpty();
    }

    @Test
    void an_update_keeps_the_old_version_as_it_was() throws Exception {
        install(FIRST, "1.0.0");
        Files.writeString(skills.resolve("demo/note.txt"), "mine");

        assertThat(install(SECOND, "1.1.0")).isEqualTo(UPDATED);

        assertThat(live()).isEqualTo("1.1.0");
        assertThat(skills.resolve(".archive/demo/1.0.0/note.txt")).hasContent("mine");
        assertThat(skills.resolve("demo/note.txt")).doesNotExist();
    }

    @Test
    void a_skill_that_is_looked_for_between_the_two_renames_of_an_update_is_found() throws Exception {
        install(FIRST, "1.0.0");
        FilesystemSkillStore store = new FilesystemSkillStore(
                List.of(skills),
                new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                new ManualClock(Instant.parse("2026-01-02T03:04:05Z")));
        List<InstalledSkill> found = new CopyOnWriteArrayList<>();
        Thread reader = new Thread(() -> store.find(new SkillId("demo")).ifPresent(found::add), "reader");
        AtomicInteger renames = new AtomicInteger();
        packages = packages((from, to) -> {
            if (renames.incrementAndGet() == 2) {
                reader.start();
                awaitPause(reader);
            }
            PackagePublisher.Rename.ATOMIC.rename(from, to);
        });

        install(SECOND, "1.1.0");

        reader.join();
        assertThat(found).extracting(skill -> skill.manifest().version()).containsExactly(Optional.of("1.1.0"));
    }

    /** Returns when the thread waits for something, or has ended. */
    private static void awaitPause(Thread thread) {
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.0", "0.9", "1.0.0-rc1"})
    void an_equal_or_lower_version_changes_nothing(String version) throws Exception {
        install(FIRST, "1.0.0");
        List<String> before = files(skills);

        assertThat(install(SECOND, version)).isInstanceOf(Publication.Refused.class);

        assertThat(files(skills)).isEqualTo(before);
        assertThat(live()).isEqualTo("1.0.0");
    }

    @Test
    void an_archive_that_exists_stops_the_update() throws Exception {
        install(FIRST, "1.0.0");
        Path archived = Files.createDirectories(skills.resolve(".archive/demo/1.0.0"));
        Files.writeString(archived.resolve("old"), "old");

        assertThat(install(SECOND, "2.0.0"))
                .isInstanceOfSatisfying(Publication.Refused.class, refused -> assertThat(refused.reason())
                        .contains("archive already exists"));

        assertThat(live()).isEqualTo("1.0.0");
        assertThat(archived.resolve("old")).hasContent("old");
    }

    @Test
    void what_is_no_skill_is_moved_aside_under_a_free_name() throws Exception {
        for (String suffix : List.of("", "-1", "-2")) {
            Files.createDirectories(skills.resolve("demo"));
            Files.writeString(skills.resolve("demo/note.txt"), suffix);

            assertThat(install(FIRST, "1.0.0")).isEqualTo(INSTALLED);

            assertThat(skills.resolve(".invalid/demo-20260102T030405Z" + suffix + "/note.txt"))
                    .hasContent(suffix);
            FileTrees.remove(skills.resolve("demo"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"version\": 1}", "{\"version\": \"latest\"}", "{"})
    void a_skill_whose_version_can_not_be_read_is_moved_aside(String manifest) throws Exception {
        Files.createDirectories(skills.resolve("demo/assets"));
        Files.writeString(skills.resolve("demo/assets/runner.json"), manifest);

        assertThat(install(FIRST, "0.1")).isEqualTo(INSTALLED);

        assertThat(live()).isEqualTo("0.1");
    }

    @Test
    void only_repositories_are_taken_out() throws Exception {
        Map<String, String> entries = entries("1.0.0");
        entries.put("demo/.git/config", "x");
        entries.put("demo/a/b/.git", "gitdir: elsewhere");
        entries.put("demo/a/.gitignore", "x");
        entries.put("demo/.github/workflows/x.yml", "x");
        entries.put("demo/a/x.git/y", "x");

        assertThat(install(FIRST, zip(entries))).isEqualTo(INSTALLED);

        assertThat(files(skills))
                .contains("demo/a/.gitignore", "demo/.github/workflows/x.yml", "demo/a/x.git/y")
                .noneMatch(file -> ("/" + file + "/").contains("/.git/"));
    }

    @Test
    void a_bad_package_is_told_by_file_and_reason() throws Exception {
        Map<String, String> entries = entries("latest");
        entries.remove("demo/SKILL.md");
        packages.receive(FIRST, stream(zip(entries)));

        assertThat(packages.unpack(FIRST, PlainSkills.REFUSED))
                .isInstanceOfSatisfying(Content.Bad.class, bad -> assertThat(bad.reason())
                        .isEqualTo("SKILL.md: missing required files: SKILL.md; "
                                + "assets/runner.json:1:14 /version: invalid version: latest"));

        packages.forget(FIRST);
        assertThat(files(home)).isEmpty();
    }

    @Test
    void an_archive_that_is_none_is_told_apart() throws Exception {
        packages.receive(FIRST, stream("hello".getBytes(StandardCharsets.UTF_8)));

        assertThat(packages.unpack(FIRST, PlainSkills.REFUSED))
                .isInstanceOfSatisfying(
                        Content.Bad.class, bad -> assertThat(bad.reason()).contains("no valid zip"));
    }

    @Test
    void an_upload_that_is_empty_too_large_or_broken_off_is_not_kept() throws Exception {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> packages.receive(FIRST, stream(new byte[0])))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.REQUEST_INVALID));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> packages.receive(FIRST, stream(new byte[(1 << 20) + 1])))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
        assertThatIOException()
                .isThrownBy(() -> packages.receive(FIRST, new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                }));

        assertThat(requests).isEmptyDirectory();
    }

    @Test
    void a_failing_rename_brings_the_old_version_back() throws Exception {
        install(FIRST, "1.0.0");
        packages = packages((from, to) -> {
            if (from.toString().contains(".staging")) {
                throw new IOException("no");
            }
            PackagePublisher.Rename.ATOMIC.rename(from, to);
        });

        assertThat(install(SECOND, "2.0.0")).isInstanceOf(Publication.Refused.class);

        assertThat(live()).isEqualTo("1.0.0");
        assertThat(skills.resolve(".archive/demo/1.0.0")).doesNotExist();
        assertThat(files(requests)).isEmpty();
        packages = packages(PackagePublisher.Rename.ATOMIC);
        assertThat(install(SECOND, "2.0.0")).isEqualTo(UPDATED);
    }

    @Test
    void a_version_that_could_not_be_brought_back_at_once_is_brought_back_at_the_next_start() throws Exception {
        install(FIRST, "1.0.0");
        packages = packages((from, to) -> {
            if (!from.equals(skills.resolve("demo"))) {
                throw new IOException("no");
            }
            PackagePublisher.Rename.ATOMIC.rename(from, to);
        });
        packages.receive(SECOND, stream(zip(entries("2.0.0"))));
        Content.Good content = (Content.Good) packages.unpack(SECOND, PlainSkills.REFUSED);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> packages.publish(SECOND, content));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> packages.forget(SECOND));
        assertThat(skills.resolve("demo")).doesNotExist();
        packages.recover();

        packages = packages(PackagePublisher.Rename.ATOMIC);

        assertThat(packages.recover()).isEmpty();
        assertThat(live()).isEqualTo("1.0.0");
        assertThat(files(skills)).noneMatch(file -> file.startsWith("."));
        assertThat(files(requests)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void wherever_an_update_is_cut_off_the_old_or_the_new_version_is_whole(int step) throws Exception {
        install(FIRST, "1.0.0");
        List<String> old = files(skills.resolve("demo"));
        boolean finished = cutOff(step, "2.0.0");

        Map<InstallId, InstallAction> published = packages.recover();

        assertThat(live()).isEqualTo(finished ? "2.0.0" : "1.0.0");
        assertThat(files(skills.resolve("demo"))).isEqualTo(old);
        assertThat(published).isEqualTo(finished ? Map.of(SECOND, InstallAction.UPDATE) : Map.of());
        assertThat(skills.resolve(".staging")).isEmptyDirectory();
        published.keySet().forEach(packages::forget);
        assertThat(requests).isEmptyDirectory();
        assertThat(packages.recover()).isEmpty();
        assertThat(install(SECOND, "3.0.0")).isEqualTo(UPDATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void wherever_an_installation_over_rubbish_is_cut_off_the_rubbish_or_the_skill_is_there(int step) throws Exception {
        Files.createDirectories(skills.resolve("demo"));
        Files.writeString(skills.resolve("demo/note.txt"), "mine");
        boolean finished = cutOff(step, "2.0.0");

        packages.recover();

        assertThat(Files.exists(skills.resolve("demo/note.txt"))).isEqualTo(!finished);
        assertThat(Files.exists(skills.resolve("demo/SKILL.md"))).isEqualTo(finished);
    }

    @Test
    void a_published_package_that_nobody_recorded_does_not_undo_a_later_one() throws Exception {
        install(FIRST, "1.0.0");
        packages.receive(FIRST, stream(zip(entries("2.0.0"))));
        packages.publish(FIRST, (Content.Good) packages.unpack(FIRST, PlainSkills.REFUSED));
        cutOff(1, "3.0.0");

        assertThat(packages.recover()).isEqualTo(Map.of(FIRST, InstallAction.UPDATE));

        assertThat(live()).isEqualTo("2.0.0");
    }

    @Test
    void what_strangers_left_in_staging_is_removed() throws Exception {
        Files.createDirectories(skills.resolve(".staging/x/y"));
        Files.createDirectories(requests.resolve("x"));

        assertThat(packages.recover()).isEmpty();

        assertThat(skills.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void two_packages_of_one_skill_come_one_after_the_other() throws Exception {
        List<InstallId> ids = new ArrayList<>();
        List<Callable<Publication>> racers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            InstallId id = new InstallId("00000000-0000-4000-8000-00000000000" + i);
            ids.add(id);
            packages.receive(id, stream(zip(entries("1.0." + (i / 2)))));
            Content.Good content = (Content.Good) packages.unpack(id, PlainSkills.REFUSED);
            racers.add(() -> packages.publish(id, content));
        }

        List<Publication> ends = Racing.race(racers);

        assertThat(ends).filteredOn(INSTALLED::equals).hasSize(1);
        assertThat(live()).isEqualTo("1.0.4");
        ids.forEach(packages::forget);
        long updates = ends.stream().filter(UPDATED::equals).count();
        assertThat(Files.exists(skills.resolve(".archive/demo")) ? names(skills.resolve(".archive/demo")) : List.of())
                .hasSize((int) updates);
    }

    /** Lets the process die before the first rename, before the second, or after it; at 3 it lives on, but records nothing. */
    private boolean cutOff(int step, String version) throws IOException {
        int[] renames = {0};
        FilesystemSkillPackages dying = packages((from, to) -> {
            if (renames[0]++ == step) {
                throw new Killed();
            }
            PackagePublisher.Rename.ATOMIC.rename(from, to);
        });
        dying.receive(SECOND, stream(zip(entries(version))));
        Content.Good content = (Content.Good) dying.unpack(SECOND, PlainSkills.REFUSED);
        assertThat(content).isEqualTo(new Content.Good(new SkillId("demo"), SkillVersion.of(version)));
        try {
            dying.publish(SECOND, content);
            if (step == 3) {
                dying.clean(SECOND);
            }
            return true;
        } catch (Killed e) {
            return false;
        }
    }

    private Publication install(InstallId id, String version) throws IOException {
        return install(id, zip(entries(version)));
    }

    private Publication install(InstallId id, byte[] archive) throws IOException {
        packages.receive(id, stream(archive));
        Publication publication = packages.publish(id, (Content.Good) packages.unpack(id, PlainSkills.REFUSED));
        packages.clean(id);
        assertThat(skills.resolve(".staging")).isEmptyDirectory();
        packages.forget(id);
        return publication;
    }

    private String live() throws IOException {
        return new JacksonJson()
                .parseObject(Files.readString(skills.resolve("demo/assets/runner.json")))
                .map(manifest -> String.valueOf(manifest.get("version")))
                .orElse("none");
    }

    private static Map<String, String> entries(String version) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("demo/SKILL.md", "---\nname: demo\n---\n");
        entries.put(
                "demo/assets/runner.json",
                "{\"id\":\"demo\",\"version\":\"" + version + "\",\"execution_modes\":[\"auto\"]}");
        for (String schema : List.of("input", "parameter", "output")) {
            entries.put("demo/assets/" + schema + ".schema.json", "{\"type\":\"object\"}");
        }
        return entries;
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(entry -> folder.relativize(entry).toString())
                    .sorted()
                    .toList();
        }
    }
}
