package skillrunner.application.run.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;

/** What becomes of checks that fail: the first one ends everything, or each is noted and the next is made. Used by one thread. */
final class Refusals {
    private final boolean firstEnds;
    private final List<Refusal> noted = new ArrayList<>();

    private Refusals(boolean firstEnds) {
        this.firstEnds = firstEnds;
    }

    /** The first refusal leaves as an exception. */
    static Refusals thrown() {
        return new Refusals(true);
    }

    /** Refusals are noted. */
    static Refusals collected() {
        return new Refusals(false);
    }

    /** Makes a check. @return what it found, or empty if it refused and that is noted */
    <T> Optional<T> check(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (RefusedException e) {
            if (firstEnds) {
                throw e;
            }
            noted.add(e.refusal());
            return Optional.empty();
        }
    }

    /** Makes a check that finds nothing but fault. @return false if it refused and that is noted */
    boolean passes(Runnable check) {
        return check(() -> {
                    check.run();
                    return true;
                })
                .isPresent();
    }

    List<Refusal> noted() {
        return List.copyOf(noted);
    }
}
