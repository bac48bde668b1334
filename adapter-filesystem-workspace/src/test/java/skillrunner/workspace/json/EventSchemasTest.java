package skillrunner.workspace.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.testkit.engine.EngineRows;
import skillrunner.testkit.engine.TestEngineDriver;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/** The quick check of events says what a whole validator says of the same schemas. */
class EventSchemasTest {
    private static final int MUTATIONS = 300;

    private final NetworkntSchemas whole = new NetworkntSchemas();
    private final EventSchemas quick = new EventSchemas(new StrictJson());

    @ParameterizedTest
    @EnumSource(JournalStream.class)
    void the_shipped_schemas_are_schemas(JournalStream stream) {
        assertThat(whole.problems(schema(stream))).isEmpty();
    }

    @Test
    void both_checks_agree_on_events_and_on_what_is_made_of_them() {
        Map<JournalStream, List<Map<String, Object>>> rows =
                EngineRows.of(new TestEngineDriver(EngineId.CODEX), said());
        Seeds.tryOn(MUTATIONS, draws -> {
            JournalStream stream = draws.of(JournalStream.RASP, JournalStream.FCMP);
            List<Map<String, Object>> some = Objects.requireNonNull(rows.get(stream));
            Map<String, Object> row = some.get(draws.between(0, some.size() - 1));
            Object changed = draws.between(0, 5) == 0 ? row : mutation(row, draws);
            boolean fits = whole.breaches(schema(stream), changed).isEmpty();

            assertThat(quick.breach(stream, object(changed)).isEmpty())
                    .as("%s", changed)
                    .isEqualTo(fits);
        });
    }

    /** One member somewhere in it is another value, or gone, or one is there that should not be. */
    private static Map<String, Object> mutation(Map<String, Object> row, Draws draws) {
        Map<String, Object> changed = new LinkedHashMap<>(row);
        List<String> names = List.copyOf(changed.keySet());
        String name = names.get(draws.between(0, names.size() - 1));
        if (changed.get(name) instanceof Map<?, ?> && draws.between(0, 3) > 0) {
            Map<String, Object> inner = object(changed.get(name));
            changed.put(name, inner.isEmpty() ? odd(draws) : mutation(inner, draws));
            return changed;
        }
        switch (draws.between(0, 2)) {
            case 0 -> changed.remove(name);
            case 1 -> changed.put("odd", odd(draws));
            default -> changed.put(name, odd(draws));
        }
        return changed;
    }

    private static @Nullable Object odd(Draws draws) {
        List<Object> values = new ArrayList<>(List.of(
                "",
                "raw.stdout",
                "agent.message.final",
                "agent",
                0,
                1,
                -1,
                1L << 40,
                0.5,
                2.5,
                true,
                List.of(),
                List.of("a"),
                Map.of()));
        values.add(BigDecimal.ONE.movePointLeft(1));
        values.add(Map.of("code", "A"));
        int drawn = draws.between(0, values.size());
        return drawn == values.size() ? null : values.get(drawn);
    }

    private static List<EngineEvent> said() {
        OutputRange at = new OutputRange(OutputStreamKind.STDOUT, 0, 9);
        OutputRange later = new OutputRange(OutputStreamKind.STDERR, 3, 5_000_000);
        return List.of(
                new EngineEvent.SessionNamed(at, "s"),
                new EngineEvent.TurnBegan(at),
                EngineEvent.Message.whole(at, Optional.of("Hello")),
                EngineEvent.Message.whole(at, Optional.of("Hello")),
                new EngineEvent.ModelUsed(at, "m"),
                new EngineEvent.ToolCall(at, Optional.empty(), "", ""),
                new EngineEvent.ToolResult(
                        at,
                        Optional.of("c"),
                        Optional.of("t"),
                        Optional.empty(),
                        EngineEvent.ToolResult.Ending.UNKNOWN,
                        OptionalInt.of(-1)),
                new EngineEvent.Usage(at, EngineEvent.Usage.Span.STEP, 1, 2, 3, 4, OptionalDouble.of(0.25)),
                new EngineEvent.Raw(at, "", true, EngineEvent.Raw.Sort.RECORD),
                new EngineEvent.Raw(later, "raw", true, EngineEvent.Raw.Sort.TEXT));
    }

    private static Map<String, Object> schema(JournalStream stream) {
        return new StrictJson().parseObject(EventSchemas.text(stream)).orElseThrow();
    }

    @SuppressWarnings("unchecked") // plain values of JSON have texts as keys
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
