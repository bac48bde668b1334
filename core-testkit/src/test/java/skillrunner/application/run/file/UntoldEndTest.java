package skillrunner.application.run.file;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** The files of a run whose server was killed when it had stored the end and told nobody. */
class UntoldEndTest {
    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    @Test
    void whoever_lists_or_reads_files_finds_the_journal_whole() {
        whole(request -> browse().files(request));
        whole(request -> browse().preview(request, ".audit/protocol_metrics.1.json"));
    }

    @Test
    void a_debug_bundle_holds_the_whole_journal() {
        whole(request -> {
            OpenRunBundle.Bundle bundle = new OpenRunBundle(
                            core.server().findRun,
                            core.server().readRunResult,
                            (run, kind, last) -> Optional.of(InputStream.nullInputStream()),
                            core.server().keepJournal)
                    .open(core.server().findRun.find(request), (stored, run) -> true);
            assertThat(bundle.kind()).isEqualTo(BundleKind.DEBUG);
        });
    }

    private BrowseRunFiles browse() {
        return new BrowseRunFiles(core.server().findRun, new NoFiles(), core.server().keepJournal);
    }

    private void whole(Consumer<RequestId> look) {
        RequestId request = core.create(new CreateRunCommand(
                        "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("debug", true), false))
                .id();
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
        core.runs.save(run.succeeded(List.of(), core.clock.instant()));
        assertThat(core.journal.summary(run.id(), 1)).isEmpty();

        look.accept(request);

        assertThat(core.journal.summary(run.id(), 1)).isPresent();
        assertThat(core.journal.last(run.id(), JournalStream.FCMP, 1).orElseThrow())
                .containsEntry("type", "conversation.completed");
    }

    private static final class NoFiles implements RunFiles {
        @Override
        public FileTree tree(RunId run) {
            return new FileTree(List.of(), false);
        }

        @Override
        public FilePreview preview(RunId run, String path) {
            return FilePreview.binary(0);
        }
    }
}
