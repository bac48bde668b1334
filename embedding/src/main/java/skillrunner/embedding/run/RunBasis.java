package skillrunner.embedding.run;

import java.time.Duration;
import skillrunner.application.run.CountedRuns;
import skillrunner.application.run.RunCounts;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.RunStalls;
import skillrunner.application.run.Runs;
import skillrunner.application.run.SingleNodeSignals;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.interaction.InteractiveProfiles;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.settings.RunLimits;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.workspace.run.FilesystemRunArtifacts;
import skillrunner.workspace.run.FilesystemRunJournal;
import skillrunner.workspace.run.FilesystemRunOutput;
import skillrunner.workspace.run.FilesystemUploads;
import skillrunner.workspace.run.RunDirectories;
import skillrunner.workspace.run.RunLayout;
import skillrunner.workspace.zip.ZipIntake;

/** What carrying out runs and asking about them both stand on: where their files are, what is remembered of them, who is told. */
final class RunBasis {
    private static final Duration POLL = Duration.ofSeconds(1);

    final Basics basics;
    final RunSettings settings;
    final EngineParts engines;
    final SqliteDatabase database;
    final RunCounts counts = new RunCounts();
    final Runs runs;
    final RunSignals signals = new SingleNodeSignals();
    final RunStalls stalls = new RunStalls();
    final CacheKeys keys;
    final InteractiveProfiles profiles;
    final RunLayout layout;
    final RunDirectories directories;
    final RunArtifacts artifacts;
    final Uploads uploads;
    final RunOutput output;
    final RunJournal events;

    RunBasis(Basics basics, SqliteDatabase database, EngineParts engines) {
        RunnerSettings runner = basics.settings();
        this.basics = basics;
        this.settings = settings(runner);
        this.engines = engines;
        this.database = database;
        this.runs = new CountedRuns(database.runs(), counts);
        this.keys = new CacheKeys(basics.json());
        this.profiles = new InteractiveProfiles(database.attempts(), engines.engines());
        this.layout = new RunLayout(runner.storage().data());
        this.directories =
                new RunDirectories(layout, basics.json(), engines.engines().settingsFiles());
        this.artifacts = new FilesystemRunArtifacts(layout);
        this.uploads = new FilesystemUploads(
                layout,
                new ZipIntake(runner.archives().uploads(), runner.archives().nameCharset()));
        this.output = new FilesystemRunOutput(layout);
        this.events = new FilesystemRunJournal(layout);
    }

    private static RunSettings settings(RunnerSettings runner) {
        RunLimits limits = runner.runs();
        return new RunSettings(
                limits.slots(),
                limits.maxQueued(),
                limits.sessionTimeoutSeconds(),
                limits.hardTimeoutSeconds(),
                runner.engines().sandboxed(),
                POLL,
                limits.quota());
    }
}
