package skillrunner.domain.state;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A table of transitions written out by hand: columns are the states before, rows the events, a dash is an illegal pair. */
public final class ExpectedTransitions {
    private ExpectedTransitions() {}

    /** Returns every pair of state and event with the state that follows, if any. The table has to name all of both. */
    public static <S extends Enum<S>, E extends Enum<E>> Stream<Arguments> everyPair(
            List<String> table, Function<String, S> stateOf, S[] allStates, Class<E> events) {
        List<S> states = cells(table.get(0)).skip(1).map(stateOf).toList();
        Map<E, List<String>> rows = new EnumMap<>(events);
        table.stream()
                .skip(1)
                .map(line -> cells(line).toList())
                .forEach(row -> rows.put(Enum.valueOf(events, row.get(0)), row.subList(1, row.size())));
        assertThat(states).containsExactly(allStates);
        assertThat(rows).containsOnlyKeys(events.getEnumConstants());
        return rows.entrySet().stream().flatMap(row -> states.stream()
                .map(state -> Arguments.of(
                        state,
                        row.getKey(),
                        Optional.of(row.getValue().get(states.indexOf(state)))
                                .filter(text -> !text.equals("-"))
                                .map(stateOf))));
    }

    /** Holds a table to one pair. */
    public static <S extends Enum<S>, E extends Enum<E>> void assertNext(
            TransitionTable<S, E> table, S state, E event, Optional<S> expected) {
        assertThat(table.next(state, event)).isEqualTo(expected);
        if (expected.isEmpty()) {
            assertThatThrownBy(() -> table.apply(state, event)).isInstanceOf(IllegalTransitionException.class);
        }
    }

    private static Stream<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip);
    }
}
