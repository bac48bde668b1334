package skillrunner.application.run.admission;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import skillrunner.application.run.Runs;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;

/** Takes the files of a request and starts its run. Safe for concurrent use. */
public final class UploadRunInput {
    private final Runs runs;
    private final Uploads uploads;
    private final SkillStore skills;
    private final RunAdmission admission;
    private final UploadTurns turns = new UploadTurns();

    public UploadRunInput(Runs runs, Uploads uploads, SkillStore skills, RunAdmission admission) {
        this.runs = Objects.requireNonNull(runs);
        this.uploads = Objects.requireNonNull(uploads);
        this.skills = Objects.requireNonNull(skills);
        this.admission = Objects.requireNonNull(admission);
    }

    /**
     * Takes a zip archive.
     *
     * @param id the request
     * @param archive the bytes
     * @return what was taken
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, {@code SKILL_NOT_FOUND}, {@code RUN_ALREADY_STARTED},
     *     {@code ARCHIVE_INVALID}, {@code ENGINE_NOT_INSTALLED} or {@code RUN_QUEUE_FULL}; the request can be tried again
     *     after the last three
     * @throws IOException if the sender broke off
     */
    public Uploaded upload(RequestId id, InputStream archive) throws IOException {
        return turns.alone(id, () -> take(id, archive));
    }

    private Uploaded take(RequestId id, InputStream archive) throws IOException {
        RunRequest request = runs.findRequest(id)
                .filter(it -> it.kind() == RequestKind.JOB)
                .orElseThrow(() -> new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "Request not found"));
        if (request.runId().isPresent()) {
            throw new RefusedException(
                    ErrorCode.RUN_ALREADY_STARTED, "The run of this request has already been started");
        }
        InstalledSkill skill = skills.find(request.skill())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SKILL_NOT_FOUND, "The skill '" + request.skill() + "' is no longer installed"));
        List<String> files = uploads.store(id, archive);
        return new Uploaded(admission.admitAwaiting(request, skill), files);
    }

    /**
     * What was taken.
     *
     * @param acceptance what the client is told of its run
     * @param files the unpacked files
     */
    public record Uploaded(Acceptance acceptance, List<String> files) {
        /** Copies the list. */
        public Uploaded {
            files = List.copyOf(files);
        }
    }
}
