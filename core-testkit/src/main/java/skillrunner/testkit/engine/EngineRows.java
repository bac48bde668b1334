package skillrunner.testkit.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineDriver;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.FcmpMapper;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.journal.RaspMapper;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.run.RunFixtures;

/** What a journal holds of what an engine says in one attempt, as long as nothing goes wrong. For one thread. */
public final class EngineRows {
    private static final RunId RUN = new RunId("00000000-0000-4000-8000-000000000001");

    private final Map<JournalStream, List<Map<String, Object>>> rows = new EnumMap<>(JournalStream.class);
    private final JournalRows envelopes;
    private final RaspMapper rasp;
    private final FcmpMapper fcmp = new FcmpMapper();

    private EngineRows(EngineDriver driver) {
        this.envelopes = new JournalRows(RUN, driver.engine(), driver.parser());
        this.rasp = new RaspMapper(1, driver.parser());
        rows.put(JournalStream.RASP, new ArrayList<>());
        rows.put(JournalStream.FCMP, new ArrayList<>());
    }

    /**
     * Makes the rows of an attempt.
     *
     * @param driver of the engine
     * @param events what it says
     * @return the rows that come from it, by stream
     */
    public static Map<JournalStream, List<Map<String, Object>>> of(
            EngineDriver driver, Collection<? extends EngineEvent> events) {
        EngineRows made = new EngineRows(driver);
        events.forEach(event -> made.rasp.accept(event).forEach(made::add));
        made.rasp.finish().forEach(made::add);
        return made.rows;
    }

    private void add(RaspDraft draft) {
        List<Map<String, Object>> told = of(JournalStream.RASP);
        told.add(envelopes.rasp(draft, 1, told.size() + 1L, RunFixtures.NOW, Optional.of("session")));
        List<Map<String, Object>> shown = of(JournalStream.FCMP);
        for (FcmpDraft each : fcmp.accept(draft)) {
            long seq = shown.size() + 1L;
            shown.add(envelopes.fcmp(each, 1, seq, seq, RunFixtures.NOW));
        }
    }

    private List<Map<String, Object>> of(JournalStream stream) {
        return Objects.requireNonNull(rows.get(stream));
    }
}
