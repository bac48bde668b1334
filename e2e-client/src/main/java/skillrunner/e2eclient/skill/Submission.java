package skillrunner.e2eclient.skill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.form.InputArchive;
import skillrunner.e2eclient.form.JobDraft;
import skillrunner.e2eclient.recording.Action;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a job and its files, and records both. Safe for concurrent use. */
public final class Submission {
    private static final int DIGEST_CHARACTERS = 32;

    private final Backend backend;
    private final Recordings recordings;
    private final Path temporary;

    /**
     * Takes what it works with.
     *
     * @param backend the server
     * @param recordings where it is recorded
     * @param temporary folder for archives in flight
     */
    public Submission(Backend backend, Recordings recordings, Path temporary) {
        this.backend = Objects.requireNonNull(backend);
        this.recordings = Objects.requireNonNull(recordings);
        this.temporary = Objects.requireNonNull(temporary);
    }

    /** Sends them. @return the request's id @throws BackendException if the server refuses the job or its files */
    String send(JobDraft draft, String submission) throws IOException {
        JsonNode answer = backend.post("/v1/jobs", draft.job(), Map.of("Idempotency-Key", key(draft, submission)));
        String request = Json.string(answer, "request_id")
                .filter(PathId::isId)
                .orElseThrow(() -> BackendException.unusable("The server accepted the job without a request_id"));
        recordings.add(request, Action.CREATE_RUN, true, draft.job(), answer);
        if (!draft.files().isEmpty()) {
            upload(request, draft);
        }
        return request;
    }

    private void upload(String request, JobDraft draft) throws IOException {
        ObjectNode sent = Json.object();
        ArrayNode names = sent.putArray("files");
        new TreeSet<>(draft.files().keySet()).forEach(names::add);
        try (InputArchive archive = InputArchive.pack(temporary, draft.files())) {
            JsonNode answer = backend.upload("/v1/jobs/" + request + "/upload", archive.file());
            recordings.add(request, Action.UPLOAD, true, sent, answer);
        } catch (BackendException e) {
            recordings.add(request, Action.UPLOAD, false, sent, Json.object().put("detail", e.detail()));
            throw e;
        }
    }

    /** The same press of the button with the same words is one job, however often a browser sends it; other words are another one. */
    private static String key(JobDraft draft, String submission) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Json.text(draft.job()).getBytes(StandardCharsets.UTF_8));
            return submission + "-" + HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
