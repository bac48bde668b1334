package skillrunner.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import skillrunner.client.api.JobsApi;
import skillrunner.client.api.ManagementOfRunsApi;
import skillrunner.client.api.SkillPackagesApi;
import skillrunner.client.api.TemporaryRunsApi;
import skillrunner.client.model.Install;
import skillrunner.client.model.InstallCreated;
import skillrunner.client.model.InstallStatus;
import skillrunner.client.model.JobCreated;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.TempRunCreated;
import skillrunner.client.model.TempRunRequest;
import skillrunner.client.model.Uploaded;

/**
 * Sends what comes with files. Everything is packed before the server is asked for anything, so that what can't be read leaves nothing
 * half begun; an answer that gets lost is asked for again, and the work is done once all the same.
 */
final class Submissions {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Transport transport;
    private final Duration retryFor;

    Submissions(Transport transport, Duration retryFor) {
        this.transport = Objects.requireNonNull(transport);
        this.retryFor = Objects.requireNonNull(retryFor);
    }

    Submission job(JobRequest job, Map<String, Path> files) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return told(created(job));
        }
        try (Upload.Packed archive = Upload.zip(files).packed()) {
            JobCreated created = created(job.withAwaitUpload(true));
            if (created.status() != null) {
                return told(created);
            }
            JobsApi jobs = new JobsApi(transport);
            String id = created.requestId();
            return uploaded(() -> jobs.uploadJob(id, archive.upload()), () -> {
                var status = jobs.getJob(id);
                return new Submission(id, false, status.status(), status.warnings());
            });
        }
    }

    Submission temporary(TempRunRequest run, Path skill, Map<String, Path> files)
            throws IOException, InterruptedException {
        try (Upload.Packed archive = skill(skill).packed();
                Upload.Packed inputs = Upload.zip(files).packed()) {
            String key = key();
            TemporaryRunsApi runs = new TemporaryRunsApi(transport);
            TempRunCreated created = Patience.within(retryFor, () -> runs.createTempRun(run, key));
            String id = created.requestId();
            @Nullable Upload sent = files.isEmpty() ? null : inputs.upload();
            return uploaded(() -> runs.uploadTempRun(id, archive.upload(), sent), () -> {
                var status = new ManagementOfRunsApi(transport).getRun(id);
                return new Submission(id, status.cacheHit(), status.status(), status.warnings());
            });
        }
    }

    Install install(Path skill, boolean adopt) throws IOException, InterruptedException {
        String id;
        try (Upload.Packed archive = skill(skill).packed()) {
            // Sent again after a lost answer it would be refused as a version that is not higher; so it is not.
            id = transport
                    .one(
                            Call.of("POST", "/v1/skill-packages/install")
                                    .query("adopt", adopt)
                                    .part("file", archive.upload()),
                            InstallCreated.class)
                    .requestId();
        }
        SkillPackagesApi packages = new SkillPackagesApi(transport);
        while (true) {
            Install install = Patience.within(retryFor, () -> packages.getInstallation(id));
            if (install.status() == InstallStatus.SUCCEEDED || install.status() == InstallStatus.FAILED) {
                return install;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private JobCreated created(JobRequest job) throws IOException, InterruptedException {
        String key = key();
        return Patience.within(retryFor, () -> new JobsApi(transport).createJob(job, key));
    }

    private static Submission told(JobCreated created) {
        return new Submission(created.requestId(), created.cacheHit(), created.status(), created.warnings());
    }

    /** What is done with files, of which a lost answer leaves open whether they came. */
    private Submission uploaded(Patience.Attempt<Uploaded> upload, Patience.Attempt<Submission> look)
            throws IOException, InterruptedException {
        boolean[] sentBefore = {false};
        return Patience.within(retryFor, () -> {
            try {
                Uploaded done = upload.make();
                return new Submission(done.requestId(), done.cacheHit(), done.status(), done.warnings());
            } catch (ProblemException e) {
                if (sentBefore[0] && e.code().equals("RUN_ALREADY_STARTED")) {
                    return look.make();
                }
                throw e;
            } catch (IOException e) {
                sentBefore[0] = true;
                throw e;
            }
        });
    }

    private static Upload skill(Path skill) {
        return Files.isDirectory(skill) ? Upload.zipFolder(skill) : Upload.of(skill);
    }

    private static String key() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
