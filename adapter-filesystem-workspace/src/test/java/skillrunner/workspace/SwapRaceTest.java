package skillrunner.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFileRules;
import skillrunner.domain.run.RunId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.hostile.HostileFamily;
import skillrunner.workspace.file.FilesystemFolderBrowser;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.run.FilesystemRunArtifacts;
import skillrunner.workspace.run.FilesystemRunBundles;
import skillrunner.workspace.run.FilesystemRunFiles;
import skillrunner.workspace.run.FilesystemUploads;
import skillrunner.workspace.run.RunDirectories;
import skillrunner.workspace.run.RunLayout;
import skillrunner.workspace.skill.FilesystemSkillStore;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.PackageZip;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody swaps a file for a link, a hard link and a pipe, and its folder for a link, as fast as the machine can, while it is
 * looked at in every way there is: what lies outside is never shown, and nobody waits. The race is with the file system, the same for
 * each JDK.
 */
@Tag("one-jdk")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwapRaceTest {
    private static final int SWAPS = 5_000;
    private static final String GOOD = "good";
    private static final RunId RUN = new RunId("11111111-1111-4111-8111-111111111111");
    private static final RequestId REQUEST = new RequestId("22222222-2222-4222-8222-222222222222");
    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00.123456Z");

    private final Path world;
    private final Path outside;

    /** Ways to look; most have their file at {@code artifacts/sub/file} of a workspace, or of a skill. */
    enum Look {
        ARTIFACT {
            @Override
            String at(Path world) throws IOException {
                Optional<RunArtifacts.Artifact> artifact = artifacts(world).open(RUN, "artifacts/sub/file");
                if (artifact.isEmpty()) {
                    return "";
                }
                try (InputStream content = artifact.get().content().open()) {
                    return new String(content.readNBytes(100), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    return "";
                }
            }
        },
        ARTIFACTS {
            @Override
            String at(Path world) {
                return String.join(" ", artifacts(world).list(RUN).paths());
            }
        },
        PREVIEW {
            @Override
            String at(Path world) {
                try {
                    return String.valueOf(new FilesystemFolderBrowser()
                            .preview(workspace(world).toString(), "artifacts/sub/file")
                            .content());
                } catch (RefusedException e) {
                    return "";
                }
            }
        },
        TREE {
            @Override
            String at(Path world) {
                return String.valueOf(
                        new FilesystemFolderBrowser().tree(workspace(world).toString()));
            }
        },
        SNAPSHOT {
            @Override
            String at(Path world) throws IOException {
                Run run = Run.queued(RUN, REQUEST, new SkillId("demo"), EngineId.CODEX, NOW);
                RunLayout layout = new RunLayout(world);
                new RunDirectories(layout, new JacksonJson(), Set.of("opencode.json"))
                        .openAttempt(
                                new AttemptAudit(
                                        run,
                                        ExecutionMode.AUTO,
                                        1,
                                        NOW,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Completion.RUNNING,
                                        DoneMarkers.NONE,
                                        List.of()),
                                "");
                return Files.readString(
                        world.resolve("runs").resolve(RUN.value()).resolve(".audit/fs-before.1.json"));
            }
        },
        BUNDLE {
            @Override
            String at(Path world) throws IOException {
                Run run = Run.queued(RUN, REQUEST, new SkillId("demo"), EngineId.CODEX, NOW);
                StringBuilder shown = new StringBuilder();
                FilesystemRunBundles bundles = new FilesystemRunBundles(
                        new RunLayout(world), new JacksonJson(), new RunFileRules(Set.of(), Set.of()));
                try (ZipInputStream zip = new ZipInputStream(
                        bundles.pack(run, BundleKind.DEBUG, Optional.empty()).orElseThrow())) {
                    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        shown.append(entry.getName()).append(new String(zip.readNBytes(1_000), StandardCharsets.UTF_8));
                    }
                }
                return shown.toString();
            }
        },
        RUN_PREVIEW {
            @Override
            String at(Path world) {
                try {
                    return String.valueOf(
                            new FilesystemRunFiles(new RunLayout(world), new RunFileRules(Set.of(), Set.of()))
                                    .preview(RUN, "artifacts/sub/file")
                                    .content());
                } catch (RefusedException e) {
                    return "";
                }
            }
        },
        PACK {
            @Override
            String at(Path world) throws IOException {
                Path archive = world.resolve("packed.zip");
                StringBuilder shown = new StringBuilder();
                PackageZip.pack(workspace(world), archive, ZipLimits.UPLOAD);
                try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
                    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        shown.append(entry.getName()).append(new String(zip.readNBytes(1_000), StandardCharsets.UTF_8));
                    }
                }
                return shown.toString();
            }
        },
        DIGESTS_OF_UPLOADS {
            @Override
            Path above(Path world) {
                return world.resolve("requests").resolve(REQUEST.value()).resolve("uploads/sub");
            }

            @Override
            String at(Path world) {
                try {
                    return new FilesystemUploads(new RunLayout(world), new ZipIntake(ZipLimits.UPLOAD))
                            .digests(REQUEST)
                            .toString();
                } catch (UncheckedIOException e) {
                    // It went between the look and the opening.
                    return "";
                }
            }
        },
        UPLOADS_OF_A_RUN {
            @Override
            Path above(Path world) {
                return workspace(world).resolve("uploads");
            }

            @Override
            String at(Path world) {
                return new RunDirectories(new RunLayout(world), new JacksonJson(), Set.of("opencode.json"))
                        .uploads(RUN)
                        .toString();
            }
        },
        SKILL {
            @Override
            String at(Path world) {
                FilesystemSkillStore store = new FilesystemSkillStore(
                        List.of(world.resolve("runs").resolve(RUN.value())),
                        new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                        Clock.systemUTC());
                InstalledSkill skill = store.find(new SkillId("workspace")).orElseThrow();
                Map<String, String> hashes = store.fileHashes(skill);
                try {
                    return store.readText(skill, "artifacts/sub/file").orElse("") + hashes;
                } catch (IllegalArgumentException e) {
                    // It went between the look and the opening.
                    return hashes.toString();
                }
            }
        };

        abstract String at(Path world) throws IOException;

        /** The folder of the file that is swapped, which is swapped itself. */
        Path above(Path world) {
            return workspace(world).resolve("artifacts/sub");
        }

        static FilesystemRunArtifacts artifacts(Path world) {
            return new FilesystemRunArtifacts(new RunLayout(world));
        }

        static Path workspace(Path world) {
            return world.resolve("runs").resolve(RUN.value()).resolve("workspace");
        }
    }

    SwapRaceTest(@TempDir Path world) throws Exception {
        this.world = world;
        this.outside = Files.createDirectory(world.resolve("outside"));
        HostileFamily.plant(outside, outside);
        Files.writeString(outside.resolve("file"), HostileFamily.SECRET);
        Path workspace = Look.workspace(world);
        Files.createDirectories(workspace.resolve("artifacts/sub"));
        Files.createDirectories(workspace.resolve("assets"));
        Files.createDirectories(workspace.resolveSibling(".audit"));
        Files.writeString(workspace.resolve("SKILL.md"), "---\nname: workspace\ndescription: d\n---\n");
        Files.writeString(
                workspace.resolve("assets/runner.json"),
                "{\"id\":\"workspace\",\"version\":\"1.0.0\",\"execution_modes\":[\"auto\"]}");
        for (String kind : List.of("input", "parameter", "output")) {
            Files.writeString(workspace.resolve("assets/" + kind + ".schema.json"), "{\"type\":\"object\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void shows_nothing_from_outside_and_hangs_nobody(Look look) throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(HostileFamily.SECRET.getBytes(StandardCharsets.UTF_8)));
        ExecutorService swapper = Executors.newSingleThreadExecutor();
        try {
            Path above = Files.createDirectories(look.above(world));
            Future<?> swapping = swapper.submit(() -> swap(above));
            int looks = 0;
            do {
                assertThat(look.at(world)).doesNotContain(HostileFamily.SECRET, digest, "hard-link", "secret");
                looks++;
            } while (!swapping.isDone());
            swapping.get();
            assertThat(looks).isPositive();
            assertThat(look.at(world)).isNotEmpty();
        } finally {
            swapper.shutdownNow();
        }
        assertThat(outside.resolve("secret")).hasContent(HostileFamily.SECRET);
    }

    /** Ends with a good file in its place. */
    private Void swap(Path above) throws IOException {
        Path place = above.resolve("file");
        Path ready = world.resolve("ready");
        Path aside = world.resolve("aside");
        for (int i = 0; i < SWAPS; i += 5) {
            Files.createSymbolicLink(ready, outside.resolve("secret"));
            replace(ready, place);
            Files.createLink(ready, outside.resolve("secret"));
            replace(ready, place);
            Files.createLink(ready, outside.resolve("pipe"));
            replace(ready, place);
            Files.move(above, aside);
            Files.createSymbolicLink(above, outside);
            Files.delete(above);
            Files.move(aside, above);
            Files.writeString(ready, GOOD);
            replace(ready, place);
        }
        return null;
    }

    private static void replace(Path ready, Path place) throws IOException {
        Files.move(ready, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
