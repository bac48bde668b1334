package skillrunner.application.run.admission;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.Runs;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.ErrorKind;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.skill.SchemaDefaults;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;

/**
 * Takes the skill of a temporary request, and files for it, and starts its run. A package that breaks a rule or does not fit
 * the request is removed at once; the request then waits for another one. Safe for concurrent use.
 */
public final class UploadTempSkill {
    private static final System.Logger LOG = System.getLogger(UploadTempSkill.class.getName());

    private final TempRequests waiting;
    private final Runs runs;
    private final TempPackages packages;
    private final Uploads uploads;
    private final RequestChecks checks;
    private final RunAdmission admission;
    private final Clock clock;
    private final UploadTurns turns = new UploadTurns();

    public UploadTempSkill(
            TempRequests waiting,
            Runs runs,
            TempPackages packages,
            Uploads uploads,
            Engines engines,
            ModelCatalogue models,
            SchemaValidator schemas,
            RunAdmission admission,
            Clock clock,
            RunSettings settings) {
        this.waiting = Objects.requireNonNull(waiting);
        this.runs = Objects.requireNonNull(runs);
        this.packages = Objects.requireNonNull(packages);
        this.uploads = Objects.requireNonNull(uploads);
        this.checks = new RequestChecks(engines, models, schemas, settings);
        this.admission = Objects.requireNonNull(admission);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Takes a package and files.
     *
     * @param id the request
     * @param skill the bytes of the package
     * @param files the bytes of a zip archive with the skill's input files, if any come
     * @return what was taken
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, {@code RUN_ALREADY_STARTED}, or with the code that says what is
     *     wrong with package or files; with {@code RUN_QUEUE_FULL} or {@code ENGINE_NOT_INSTALLED} if nothing is wrong with
     *     them but no run can be queued now. After all but the first two the request can be tried again
     * @throws IOException if the sender broke off
     */
    public UploadRunInput.Uploaded upload(RequestId id, InputStream skill, Optional<InputStream> files)
            throws IOException {
        return turns.alone(id, () -> {
            Fitting fitting = fitting(find(id), skill, files);
            return new UploadRunInput.Uploaded(admitted(fitting.request()), fitting.files());
        });
    }

    private TempRequest find(RequestId id) {
        return waiting.find(id).orElseThrow(() -> {
            boolean started = runs.findRequest(id)
                    .filter(request -> request.kind() == RequestKind.TEMP)
                    .isPresent();
            return started
                    ? new RefusedException(
                            ErrorCode.RUN_ALREADY_STARTED, "The run of this request has already been started")
                    : new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "Request not found");
        });
    }

    /** What can be queued: a request with its skill, and the files that came with it. */
    private record Fitting(RunRequest request, List<String> files) {}

    private Fitting fitting(TempRequest request, InputStream skill, Optional<InputStream> files) throws IOException {
        try {
            uploads.discard(request.id());
            RunRequest started = started(request, packages.take(request.id(), skill));
            return new Fitting(started, files.isPresent() ? uploads.store(request.id(), files.get()) : List.of());
        } catch (RefusedException e) {
            forget(request.id());
            recordIfWrong(request, e.refusal());
            throw e;
        } catch (IOException | RuntimeException e) {
            forget(request.id());
            throw e;
        }
    }

    /** Where a refusal says that the run is not queued, nothing else does: after any other fault it may need its files. */
    private Acceptance admitted(RunRequest request) {
        try {
            return admission.admitTemporary(request);
        } catch (RefusedException e) {
            if (e.refusal().code() != ErrorCode.RUN_ALREADY_STARTED) {
                forget(request.id());
            }
            throw e;
        }
    }

    /** What a client left out of its input, or got wrong, is told by the run; what no skill could take from it, at once. */
    private RunRequest started(TempRequest request, InstalledSkill skill) {
        SkillManifest manifest = skill.manifest();
        checks.support(manifest, request.engine());
        EngineDriver driver = checks.driver(request.engine());
        RuntimeOptions options = checks.options(manifest.defaultOptions(), request.runtimeOptions());
        RequestChecks.mode(manifest, driver, options.executionMode());
        return request.started(
                manifest.id(),
                options,
                RequestChecks.inlineValues(request.input(), skill.inputContract()),
                SchemaDefaults.filled(skill.schema(SchemaKind.PARAMETER), request.parameter()));
    }

    private void recordIfWrong(TempRequest request, Refusal refusal) {
        ErrorKind kind = refusal.code().kind();
        if (kind == ErrorKind.INVALID || kind == ErrorKind.TOO_LARGE) {
            // Nobody else can have started its run: this upload has its turn.
            var unused = waiting.reject(request.rejected(PackageRejection.of(refusal), clock.instant()));
        }
    }

    /** What can't be removed now does not hide why it has to be; it is replaced by the next upload, or swept. */
    private void forget(RequestId id) {
        try {
            packages.remove(id);
            uploads.discard(id);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + id + ": what was uploaded could not be removed yet: " + e.getMessage());
        }
    }
}
