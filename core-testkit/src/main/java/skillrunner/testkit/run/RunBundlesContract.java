package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.run.TokenCount;
import skillrunner.testkit.json.StrictJson;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link skillrunner.application.run.bundle.RunBundles} must do. */
public abstract class RunBundlesContract extends RunFoldersContract {
    private static final RunReceipt RECEIPT = new RunReceipt(
            1, Optional.of(0), new StreamReceipt(3, "a".repeat(64)), new StreamReceipt(0, "b".repeat(64)));

    @Test
    void a_bundle_holds_the_result_the_artifacts_and_last_the_manifest() throws Exception {
        Run run = ended();

        assertThat(packed(run, BundleKind.RESULT).keySet())
                .containsExactly(
                        "artifacts/b.txt", "artifacts/sub/a.txt", "result/result.json", "bundle/manifest.json");
    }

    @Test
    void a_bundle_for_debugging_holds_more_under_a_manifest_of_its_own() throws Exception {
        Run run = ended();

        assertThat(packed(run, BundleKind.DEBUG))
                .containsKeys(
                        "artifacts/b.txt",
                        "artifacts/sub/a.txt",
                        "result/result.json",
                        "status.json",
                        "bundle/manifest_debug.json")
                .doesNotContainKey("bundle/manifest.json");
    }

    @ParameterizedTest
    @EnumSource
    void the_manifest_tells_path_size_and_digest_of_every_other_file(BundleKind kind) throws Exception {
        Map<String, byte[]> files = packed(ended(), kind);
        byte[] manifest = files.remove(kind.manifest());

        Map<String, Object> told = new StrictJson()
                .parseObject(new String(manifest, StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(told).containsEntry("complete", true).containsEntry("left_out", 0);
        assertThat(told.get("processes"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("ended", 2);
        assertThat(told).containsEntry("models", List.of("model-1"));
        assertThat(told.get("receipt"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("attempt", 1);
        List<List<Object>> expected = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getValue());
            expected.add(List.of(
                    file.getKey(), file.getValue().length, HexFormat.of().formatHex(digest)));
        }
        assertThat(told.get("files"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(file -> Arrays.asList(file.get("path"), file.get("size"), file.get("sha256")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void a_run_that_rests_is_packed_to_the_same_bytes(BundleKind kind) throws Exception {
        Run run = ended();

        assertThat(bytes(run, kind)).isEqualTo(bytes(run, kind));
    }

    @Test
    void a_run_that_works_is_packed_as_it_is_without_result_or_receipt() throws Exception {
        Run run = created();
        opened(run, 1, "hello");
        folders().leave(run.id(), "so-far.txt", "half");

        Map<String, byte[]> files;
        try (InputStream bundle = folders()
                .bundles()
                .pack(run, BundleKind.RESULT, Optional.empty())
                .orElseThrow()) {
            files = entries(bundle.readAllBytes());
        }

        assertThat(files.keySet()).containsExactly("artifacts/so-far.txt", "bundle/manifest.json");
        assertThat(new StrictJson()
                        .parseObject(new String(files.get("bundle/manifest.json"), StandardCharsets.UTF_8))
                        .orElseThrow())
                .containsEntry("receipt", null);
    }

    @ParameterizedTest
    @EnumSource
    void a_run_without_files_has_no_bundle(BundleKind kind) {
        Run run = fixtures.queuedRun(fixtures.awaitingRequest());

        assertThat(folders().bundles().pack(run, kind, Optional.empty())).isEmpty();
    }

    private Run ended() {
        Run run = created();
        opened(run, 1, "hello");
        folders().leave(run.id(), "sub/a.txt", "one");
        folders().leave(run.id(), "b.txt", "two");
        folders().records().writeStatus(run, 60);
        folders()
                .records()
                .writeResult(
                        run.id(),
                        new RunResult(
                                "success",
                                Optional.of(Map.of("answer", "yes")),
                                List.of(),
                                RepairLevel.NONE,
                                List.of(),
                                Optional.empty(),
                                Optional.of(RECEIPT)));
        return run;
    }

    private static Attempt last(Run run) {
        return RunFixtures.startingAttempt(run, 1)
                .looked(new ProcessesEnded(
                        2, 0, true, Optional.of(new ProcessesEnded.Last(17, "sleep", ProcessEnd.WITH_NAMESPACE))))
                .told(new EngineTold(Optional.of(new TokenCount(13, 1, 2, 0)), List.of("model-1")))
                .ended(RECEIPT, RunFixtures.NOW);
    }

    private Map<String, byte[]> packed(Run run, BundleKind kind) throws IOException {
        return entries(bytes(run, kind));
    }

    private byte[] bytes(Run run, BundleKind kind) throws IOException {
        try (InputStream bundle =
                folders().bundles().pack(run, kind, Optional.of(last(run))).orElseThrow()) {
            return bundle.readAllBytes();
        }
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
