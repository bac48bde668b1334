package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Agents that say very much at once: nobody who reads makes the server hold more than a bounded part of it. */
class LongEventsTest {
    private static final int MESSAGES = 30;
    private static final int LENGTH = 600_000;

    private final CoreOnFakes core = new CoreOnFakes();
    private final JournalReader reader = core.server().journalReader;
    private Optional<Run> told = Optional.empty();

    @BeforeEach
    void tell() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
        AttemptJournal attempt = core.server().keepJournal.attempt(run);
        for (int i = 0; i < MESSAGES; i++) {
            String text = i + " " + "x".repeat(LENGTH);
            attempt.accept(EngineEvent.Message.whole(
                    new OutputRange(OutputStreamKind.STDOUT, (long) i * LENGTH, (long) (i + 1) * LENGTH),
                    Optional.of(text)));
        }
        assertThat(attempt.finish()).isTrue();
        core.runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        told = core.runs.find(run.id());
    }

    @Test
    void history_comes_in_pages_that_lead_to_the_end() {
        ReadHistory history = new ReadHistory(reader);
        for (boolean ofAttempt : List.of(true, false)) {
            List<Long> seqs = new ArrayList<>();
            Optional<Long> next = Optional.of(1L);
            int pages = 0;
            while (next.isPresent()) {
                ReadHistory.Filter filter = new ReadHistory.Filter(
                        next, Optional.empty(), Optional.empty(), Optional.empty(), ReadHistory.MOST);
                ReadHistory.Page page = ofAttempt
                        ? history.ofAttempt(run().id(), JournalStream.FCMP, Optional.empty(), filter)
                                .page()
                        : history.shown(run().id(), filter);
                assertThat(length(page.events())).isLessThan((8 << 20) + 2 * LENGTH);
                page.events().forEach(event -> seqs.add(event.seq()));
                next = page.next();
                pages++;
            }
            assertThat(pages).isEqualTo(3);
            assertAll(seqs);
        }
    }

    @Test
    void a_stream_comes_in_pieces_and_is_closed_behind_the_last() {
        ReadEvents events = new ReadEvents(core.runs, reader, core.server().signals);
        List<Long> seqs = new ArrayList<>();
        long at = 0;
        boolean closed = false;
        while (!closed) {
            ReadEvents.Stretch stretch = events.find(run().id(), at, 500).orElseThrow();
            assertThat(length(stretch.events())).isLessThan(4 * LENGTH);
            stretch.events().forEach(event -> seqs.add(event.seq()));
            at = stretch.to();
            closed = stretch.closed();
            assertThat(stretch.newest()).isEqualTo(closed);
        }
        assertAll(seqs);
    }

    private Run run() {
        return told.orElseThrow();
    }

    private static long length(List<JournalEvent> events) {
        return events.stream().mapToLong(event -> event.json().length()).sum();
    }

    private static void assertAll(List<Long> seqs) {
        assertThat(seqs).hasSizeGreaterThan(MESSAGES);
        for (int i = 0; i < seqs.size(); i++) {
            assertThat(seqs.get(i)).isEqualTo(i + 1L);
        }
    }
}
