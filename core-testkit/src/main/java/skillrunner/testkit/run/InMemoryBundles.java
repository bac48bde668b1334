package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.bundle.RunBundles;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.Run;
import skillrunner.testkit.json.StrictJson;

/** Bundles of what lies in {@link InMemoryWorkspaces}. Safe for concurrent use. */
public final class InMemoryBundles implements RunBundles {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final StrictJson json = new StrictJson();
    private final InMemoryWorkspaces workspaces;

    /** Packs from these. */
    public InMemoryBundles(InMemoryWorkspaces workspaces) {
        this.workspaces = Objects.requireNonNull(workspaces);
    }

    @Override
    public Optional<InputStream> pack(Run run, BundleKind kind, Optional<Attempt> last) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        workspaces.artifacts(run.id()).forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        workspaces.storedResult(run.id()).ifPresent(result -> files.put("result/result.json", bytes(result)));
        if (kind == BundleKind.DEBUG) {
            workspaces
                    .mirroredStatus(run.id())
                    .ifPresent(status -> files.put("status.json", status.wire().getBytes(StandardCharsets.UTF_8)));
        }
        return files.isEmpty() && !workspaces.exists(run.id())
                ? Optional.empty()
                : Optional.of(new ByteArrayInputStream(zip(run, kind, last, files)));
    }

    private byte[] zip(Run run, BundleKind kind, Optional<Attempt> last, Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            List<Map<String, Object>> listed = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
                listed.add(Map.of(
                        "path",
                        file.getKey(),
                        "size",
                        file.getValue().length,
                        "sha256",
                        HexFormat.of().formatHex(sha256(file.getValue()))));
            }
            TreeMap<String, @Nullable Object> manifest =
                    new TreeMap<>(Map.of("files", listed, "run_id", run.id().value(), "complete", true, "left_out", 0));
            manifest.put(
                    "receipt",
                    last.flatMap(Attempt::receipt)
                            .map(it -> Map.of("attempt", it.attempt()))
                            .orElse(null));
            manifest.put(
                    "processes",
                    last.flatMap(Attempt::processesEnded)
                            .map(it -> Map.of("ended", it.ended()))
                            .orElse(null));
            manifest.put(
                    "models", last.map(Attempt::told).orElse(EngineTold.NOTHING).models());
            put(zip, kind.manifest(), json.canonical(manifest).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String path, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] bytes(StoredBytes stored) {
        try (InputStream in = stored.open(0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
