package skillrunner.app.skills;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.skill.FilesystemSkillPackages;
import skillrunner.workspace.skill.FilesystemSkillStore;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.PackageZip;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Lint, pack, installation and store decide alike, whatever the package. */
class PackageAgreementTest {
    private static final String RUNNER = "assets/runner.json";
    private static final String INPUT = "assets/input.schema.json";
    private static final ZipLimits LIMITS = ZipLimits.UPLOAD;
    private static final PackageInspection INSPECTION =
            new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas());

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path world;

    private interface Plant {
        void in(Path folder) throws IOException;
    }

    private enum Decision {
        TAKEN,
        REFUSED,
        /** A package is refused, but what lies among the skills is read. */
        PACKAGE_REFUSED
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                planted("nothing", Decision.TAKEN, folder -> {}),
                planted("a manifest with a byte order mark", Decision.TAKEN, marked(RUNNER)),
                planted("a schema with a byte order mark", Decision.TAKEN, marked(INPUT)),
                planted("instructions with a byte order mark", Decision.TAKEN, marked("SKILL.md")),
                planted("instructions with CRLF", Decision.TAKEN, replaced("SKILL.md", "\n", "\r\n")),
                planted(
                        "instructions without a description",
                        Decision.TAKEN,
                        file("SKILL.md", "---\nname: demo\n---\n# Skill\n")),
                planted(
                        "a colon in the description",
                        Decision.REFUSED,
                        file("SKILL.md", "---\nname: demo\ndescription: Two steps: look, then act\n---\n# Skill\n")),
                planted("instructions as a link", Decision.REFUSED, folder -> {
                    Files.move(folder.resolve("SKILL.md"), folder.resolve("TEXT.md"));
                    Files.createSymbolicLink(folder.resolve("SKILL.md"), Path.of("TEXT.md"));
                }),
                planted("a comma too many", Decision.REFUSED, replaced(RUNNER, "\\[\"auto\"\\],", "[\"auto\"],,")),
                planted("a comment", Decision.REFUSED, replaced(RUNNER, "^\\{", "{ // mine")),
                planted("a key twice", Decision.REFUSED, replaced(RUNNER, "^\\{", "{\"id\": \"demo\",")),
                planted(
                        "an id with a blank",
                        Decision.REFUSED,
                        replaced(RUNNER, "\"id\": \"demo\"", "\"id\": \"de mo\"")),
                planted("no version", Decision.PACKAGE_REFUSED, replaced(RUNNER, "\"version\": \"0.1.0\",", "")),
                planted(
                        "no modes",
                        Decision.PACKAGE_REFUSED,
                        replaced(RUNNER, "\"execution_modes\": \\[\"auto\"\\],", "")),
                planted(
                        "a relative id in a schema",
                        Decision.TAKEN,
                        file(INPUT, "{\"$id\": \"placed-input\", \"type\": \"object\"}")),
                planted(
                        "a reference to a file",
                        Decision.REFUSED,
                        file(INPUT, "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"x.json\"}}}")),
                planted(
                        "a named group",
                        Decision.TAKEN,
                        file(
                                INPUT,
                                "{\"type\": \"object\", \"properties\": {\"a\": {\"pattern\": \"(?<first_name>x)\"}}}")),
                planted(
                        "links beside the needed files",
                        Decision.TAKEN,
                        folder -> Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"))),
                planted(
                        "3 MB of zeros",
                        Decision.TAKEN,
                        folder -> Files.write(folder.resolve("sparse.csv"), new byte[3 << 20])),
                planted("5,100 files", Decision.PACKAGE_REFUSED, folder -> {
                    Files.createDirectories(folder.resolve("data"));
                    for (int i = 0; i < 5_100; i++) {
                        Files.createFile(folder.resolve("data/" + i));
                    }
                }),
                planted(
                        "a file of more than 64 MiB",
                        Decision.PACKAGE_REFUSED,
                        folder -> Files.write(folder.resolve("big"), new byte[(64 << 20) + 1])),
                planted("a path of 30 folders", Decision.PACKAGE_REFUSED, folder -> {
                    Path deep = Files.createDirectories(folder.resolve("a/".repeat(30)));
                    Files.writeString(deep.resolve("x"), "x");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void all_who_read_a_package_decide_alike(String what, Decision decision, Plant plant) throws IOException {
        assertThat(run("new", "demo")).isZero();
        Path folder = world.resolve("demo");
        plant.in(folder);
        boolean taken = decision == Decision.TAKEN;

        assertThat(run("lint", "demo")).as("lint: %s", told).isEqualTo(taken ? 0 : 1);
        assertThat(run("lint", "demo", "--json")).isEqualTo(taken ? 0 : 1);
        assertThat(run("pack", "demo", "--output", "packed.zip")).as("pack").isEqualTo(taken ? 0 : 1);
        assertThat(world.resolve("packed.zip").toFile().exists()).isEqualTo(taken);
        Content installed = installed(folder);
        assertThat(installed).as("install").isInstanceOf(taken ? Content.Good.class : Content.Bad.class);
        if (installed instanceof Content.Bad bad) {
            assertThat(told.toString(StandardCharsets.UTF_8))
                    .as("lint says what the installation says")
                    .contains(bad.reason().split("; ")[0]);
        }
        FilesystemSkillStore store = new FilesystemSkillStore(List.of(world), INSPECTION, Clock.systemUTC());
        boolean read = decision != Decision.REFUSED;
        assertThat(store.find(new SkillId("demo")).isPresent()).as("store").isEqualTo(read);
        assertThat(store.entry("demo").orElseThrow().healthy()).as("list").isEqualTo(read);
    }

    /** The archive as another tool would have packed it. */
    private Content installed(Path folder) throws IOException {
        FilesystemSkillPackages packages = new FilesystemSkillPackages(
                world.resolve(".requests"),
                world.resolve(".installed"),
                new ZipIntake(LIMITS),
                INSPECTION,
                new JacksonJson(),
                Clock.systemUTC());
        InstallId id = InstallId.parse("00000000-0000-4000-8000-000000000001").orElseThrow();
        Path archive = world.resolve(".other.zip");
        PackageZip.pack(folder, archive, LIMITS);
        try (InputStream bytes = Files.newInputStream(archive)) {
            packages.receive(id, bytes);
        }
        return packages.unpack(id, PlainSkills.REFUSED);
    }

    private int run(String... arguments) {
        told.reset();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return SkillsCommand.commandLine(Map.of(), world, world, out, out).execute(arguments);
    }

    private static Arguments planted(String what, Decision decision, Plant plant) {
        return arguments(what, decision, plant);
    }

    private static Plant file(String path, String content) {
        return folder -> Files.writeString(folder.resolve(path), content);
    }

    private static Plant marked(String path) {
        return folder -> Files.writeString(folder.resolve(path), "\uFEFF" + Files.readString(folder.resolve(path)));
    }

    private static Plant replaced(String path, String pattern, String by) {
        return folder -> {
            String before = Files.readString(folder.resolve(path));
            String after = before.replaceAll(pattern, by);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(folder.resolve(path), after);
        };
    }
}
