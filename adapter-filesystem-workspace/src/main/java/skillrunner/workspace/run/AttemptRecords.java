package skillrunner.workspace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.run.RunId;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FolderListing;
import skillrunner.files.SmallFiles;
import skillrunner.files.UntrustedFolder;

/** What is put on record about an attempt, below {@code .audit/}. */
final class AttemptRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRecords.class);

    /** 100 000 entries of the longest names have less. */
    private static final int MOST_BYTES = 64 << 20;

    private final RunLayout layout;
    private final JsonText json;
    private final Set<String> engines;

    AttemptRecords(RunLayout layout, JsonText json, Set<String> engines) {
        this.layout = Objects.requireNonNull(layout);
        this.json = Objects.requireNonNull(json);
        this.engines = Set.copyOf(engines);
    }

    void opened(AttemptAudit audit) {
        RunId run = audit.run().id();
        try {
            writeUnsynced(audit, "fs-before", snapshot(run));
            writeUnsynced(audit, "meta", meta(audit, Map.of()));
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
    }

    /**
     * A record that can't be made is logged: it must not change how a run is judged. How the attempt ended is told even where its files
     * can't be compared, since they are gone, or since it ended before anybody looked at them.
     */
    void closed(AttemptAudit audit) {
        Map<String, Object> difference = Map.of();
        try {
            difference = compared(audit);
        } catch (IOException | UncheckedIOException | StorageFullException e) {
            incomplete(audit, e);
        }
        try {
            if (Files.isDirectory(layout.audit(audit.run().id()), LinkOption.NOFOLLOW_LINKS)) {
                write(audit, "meta", meta(audit, difference));
            }
        } catch (UncheckedIOException | StorageFullException e) {
            incomplete(audit, e);
        }
    }

    private Map<String, Object> compared(AttemptAudit audit) throws IOException {
        RunId run = audit.run().id();
        if (Files.notExists(file(run, "fs-before", audit.number()), LinkOption.NOFOLLOW_LINKS)) {
            return Map.of();
        }
        Map<String, Object> before = json.parseObject(read(audit, "fs-before")).orElse(Map.of());
        Map<String, Object> after = snapshot(run);
        write(audit, "fs-after", after);
        Map<String, Object> difference = FileSnapshots.difference(before, after);
        write(audit, "fs-diff", difference);
        return difference;
    }

    private static void incomplete(AttemptAudit audit, Exception e) {
        LOG.warn(
                "run {} attempt {}: its records are incomplete: {}", audit.run().id(), audit.number(), e.toString());
    }

    private Map<String, Object> snapshot(RunId run) throws IOException {
        try (UntrustedFolder workspace = UntrustedFolder.open(layout.run(run), layout.inWorkspace(run))
                .orElseThrow(() -> new NoSuchFileException("the workspace"))) {
            FileSnapshots.Snapshot snapshot = FileSnapshots.take(workspace, layout.isShared(run), engines);
            FolderListing listing = snapshot.listing();
            if (!listing.passedOver().isEmpty() || !listing.complete()) {
                LOG.warn(
                        "run {}: of its files are passed over: {}{}",
                        run,
                        listing.passedOver(),
                        listing.complete() ? "" : ", and what is too many or too deep");
            }
            return snapshot.files();
        }
    }

    /** What is no regular file any more is not opened: a pipe would hold the run up for ever. */
    private String read(AttemptAudit audit, String name) throws IOException {
        Path file = file(audit.run().id(), name, audit.number());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        return SmallFiles.readText(file, MOST_BYTES);
    }

    private void writeUnsynced(AttemptAudit audit, String name, Map<String, Object> content) throws IOException {
        DurableFiles.replaceUnsynced(
                file(audit.run().id(), name, audit.number()),
                json.pretty(content).getBytes(StandardCharsets.UTF_8));
    }

    private void write(AttemptAudit audit, String name, Map<String, Object> content) {
        DurableFiles.write(file(audit.run().id(), name, audit.number()), json.pretty(content));
    }

    private Path file(RunId run, String name, int attempt) {
        return layout.audit(run).resolve(name + "." + attempt + ".json");
    }

    private static Map<String, Object> firstMarker(DoneMarkers.Place first, int attempt) {
        Map<String, Object> marker = new LinkedHashMap<>();
        marker.put("message_id", first.message());
        marker.put(
                "raw_ref", first.at().map(at -> JournalRows.rawRef(at, attempt)).orElse(null));
        return marker;
    }

    private static Map<String, Object> meta(AttemptAudit audit, Map<String, Object> difference) {
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("exit_code", audit.exitCode().orElse(null));
        process.put(
                "failure_reason",
                audit.run().failure().map(failure -> failure.code().name()).orElse(null));
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("state", audit.completion().state().wire());
        completion.put("reason_code", audit.completion().reason());
        completion.put(
                "diagnostics",
                audit.completion().diagnostics().stream()
                        .map(DiagnosticCode::name)
                        .toList());
        completion.put("done_signal_found", audit.markers().inLast());
        completion.put("done_marker_found", audit.markers().count() > 0);
        completion.put("done_marker_count", audit.markers().count());
        completion.put(
                "first_done_marker",
                audit.markers()
                        .first()
                        .map(first -> firstMarker(first, audit.number()))
                        .orElse(null));
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("run_id", audit.run().id().value());
        meta.put("request_id", audit.run().requestId().value());
        meta.put("engine", audit.run().engine().wire());
        meta.put("execution_mode", audit.mode().wire());
        meta.put("attempt", Map.of("number", audit.number()));
        meta.put("status", audit.run().status().wire());
        meta.put("started_at", EventTime.text(audit.startedAt()));
        meta.put("finished_at", audit.finishedAt().map(EventTime::text).orElse(null));
        meta.put("process", process);
        meta.put("completion", completion);
        meta.put("validation_warnings", audit.warnings());
        // The output is kept as it was written, so nothing is put together again from pieces.
        meta.put("reconstruction_used", false);
        meta.put("stdout_chunks", List.of());
        meta.put("stderr_chunks", List.of());
        meta.put("reconstruction_error", null);
        meta.put("filesystem_diff", difference);
        return meta;
    }
}
