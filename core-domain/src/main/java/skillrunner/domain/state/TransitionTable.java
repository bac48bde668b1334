package skillrunner.domain.state;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The complete set of legal moves of one state machine. Every pair that has no row is illegal.
 *
 * <p>Immutable and safe for concurrent use. A table with two rows for one pair, or with a row that leaves a terminal
 * state, can't be built.
 *
 * @param <S> the states
 * @param <E> the events: facts in the past tense, not orders
 */
public final class TransitionTable<S extends Enum<S>, E extends Enum<E>> {

    /**
     * One legal move.
     *
     * @param from the state in which the event may arrive
     * @param on the event
     * @param to the state after it
     * @param <S> the states
     * @param <E> the events
     */
    public record Row<S extends Enum<S>, E extends Enum<E>>(S from, E on, S to) {
        /** Refuses null parts. */
        public Row {
            Objects.requireNonNull(from);
            Objects.requireNonNull(on);
            Objects.requireNonNull(to);
        }
    }

    private final S initial;
    private final Set<S> terminal;
    private final List<Row<S, E>> rows;
    private final Map<S, Map<E, S>> moves;

    private TransitionTable(S initial, Set<S> terminal, List<Row<S, E>> rows) {
        this.initial = Objects.requireNonNull(initial);
        this.terminal = Set.copyOf(terminal);
        this.rows = List.copyOf(rows);
        this.moves = new EnumMap<>(initial.getDeclaringClass());
        for (Row<S, E> row : rows) {
            if (this.terminal.contains(row.from())) {
                throw new IllegalArgumentException("a row leaves the terminal state " + row.from());
            }
            Map<E, S> fromState = moves.computeIfAbsent(
                    row.from(), s -> new EnumMap<>(row.on().getDeclaringClass()));
            if (fromState.put(row.on(), row.to()) != null) {
                throw new IllegalArgumentException("two rows for " + row.from() + " on " + row.on());
            }
        }
    }

    /**
     * Builds a table.
     *
     * @param initial the state in which every machine starts
     * @param terminal the states that nothing leaves
     * @param rows all legal moves, in the order in which the diagram shows them
     * @param <S> the states
     * @param <E> the events
     * @return the table
     * @throws IllegalArgumentException for a doubled pair or a row out of a terminal state
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <S extends Enum<S>, E extends Enum<E>> TransitionTable<S, E> of(
            S initial, Set<S> terminal, Row<S, E>... rows) {
        return new TransitionTable<>(initial, terminal, List.of(rows));
    }

    /**
     * Names one row; reads well with a static import.
     *
     * @param from the state before
     * @param on the event
     * @param to the state after
     * @param <S> the states
     * @param <E> the events
     * @return the row
     */
    public static <S extends Enum<S>, E extends Enum<E>> Row<S, E> row(S from, E on, S to) {
        return new Row<>(from, on, to);
    }

    /**
     * Moves on.
     *
     * @param state the present state
     * @param event what happened
     * @return the next state
     * @throws IllegalTransitionException if the table has no row for the pair
     */
    public S apply(S state, E event) {
        return next(state, event).orElseThrow(() -> new IllegalTransitionException(state, event));
    }

    /**
     * Looks a move up without insisting on it.
     *
     * @param state the present state
     * @param event what happened
     * @return the next state, or empty if the pair is illegal
     */
    public Optional<S> next(S state, E event) {
        return Optional.ofNullable(
                moves.getOrDefault(state, Collections.emptyMap()).get(event));
    }

    /**
     * Tells whether a pair has a row.
     *
     * @param state the present state
     * @param event what happened
     * @return true if {@link #apply} would succeed
     */
    public boolean accepts(S state, E event) {
        return next(state, event).isPresent();
    }

    /**
     * Tells whether nothing leaves a state.
     *
     * @param state the state
     * @return true for terminal states
     */
    public boolean isTerminal(S state) {
        return terminal.contains(state);
    }

    /**
     * Returns the state in which every machine starts.
     *
     * @return the initial state
     */
    public S initial() {
        return initial;
    }

    /**
     * Returns the legal moves in their written order.
     *
     * @return the rows, unmodifiable
     */
    public List<Row<S, E>> rows() {
        return rows;
    }

    /**
     * Returns the states that some sequence of events leads to, the initial one included.
     *
     * @return the reachable states, unmodifiable
     */
    public Set<S> reachable() {
        return reachableFrom(initial);
    }

    /**
     * Tells whether a state may follow on another. Within a state that is not terminal, what else is known may change.
     *
     * @param from the state before
     * @param to the state after
     * @return true if some sequence of events leads from the one to the other, or both are one that is not terminal
     */
    public boolean leads(S from, S to) {
        return !isTerminal(from) && reachableFrom(from).contains(to);
    }

    private Set<S> reachableFrom(S state) {
        Set<S> seen = EnumSet.of(state);
        Deque<S> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (S to :
                    moves.getOrDefault(open.remove(), Collections.emptyMap()).values()) {
                if (seen.add(to)) {
                    open.add(to);
                }
            }
        }
        return Collections.unmodifiableSet(seen);
    }
}
