package skillrunner.domain.signin;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import static skillrunner.domain.signin.DelegateCourse.CAN_NOT;
import static skillrunner.domain.signin.DelegateCourse.DONE;
import static skillrunner.domain.signin.DelegateCourse.ENDED;
import static skillrunner.domain.signin.DelegateCourse.ENDED_AFTER_DONE;
import static skillrunner.domain.signin.DelegateCourse.ENDED_WELL;
import static skillrunner.domain.signin.DelegateCourse.FELL_SHORT;
import static skillrunner.domain.signin.DelegateCourse.LONG_DONE;
import static skillrunner.domain.signin.DelegateCourse.STUCK;
import static skillrunner.domain.signin.DelegateCourse.WORKS;
import static skillrunner.domain.signin.DelegateVerdict.ANOTHER_WAY;
import static skillrunner.domain.signin.DelegateVerdict.AS_IT_SAYS;
import static skillrunner.domain.signin.DelegateVerdict.CREDENTIALS_UNCHANGED;
import static skillrunner.domain.signin.DelegateVerdict.NOT_UNDERSTOOD;
import static skillrunner.domain.signin.DelegateVerdict.PROGRAM_ENDED;
import static skillrunner.domain.signin.DelegateVerdict.SIGNED_IN;
import static skillrunner.domain.signin.DelegateVerdict.WAIT;

/**
 * When an engine's own program has signed it in, when it is stuck, and whether it is followed by another one. Neither its word nor its end
 * is a success alone: the engine's credentials have to be others than before. And nothing follows once its user was asked something, who
 * would have to do it twice.
 */
public final class DelegatePolicy {
    /** Credentials may reach the disk so long after the program says that it is done. */
    public static final Duration CREDENTIALS_LATE = Duration.ofSeconds(5);

    /** A screen that stays so long and is not known will not become one that is. */
    public static final Duration STILL = Duration.ofSeconds(20);

    /** What follows if the credentials are others, if they are those of before, and in the place of a failure if there is another way. */
    private record Row(DelegateVerdict changed, DelegateVerdict unchanged, DelegateVerdict instead) {}

    private static final Map<DelegateCourse, Row> TABLE = new EnumMap<>(Map.of(
            WORKS, new Row(WAIT, WAIT, WAIT),
            STUCK, new Row(NOT_UNDERSTOOD, NOT_UNDERSTOOD, ANOTHER_WAY),
            CAN_NOT, new Row(AS_IT_SAYS, AS_IT_SAYS, ANOTHER_WAY),
            FELL_SHORT, new Row(SIGNED_IN, AS_IT_SAYS, ANOTHER_WAY),
            DONE, new Row(SIGNED_IN, WAIT, WAIT),
            LONG_DONE, new Row(SIGNED_IN, CREDENTIALS_UNCHANGED, CREDENTIALS_UNCHANGED),
            ENDED_WELL, new Row(SIGNED_IN, CREDENTIALS_UNCHANGED, ANOTHER_WAY),
            ENDED_AFTER_DONE, new Row(SIGNED_IN, PROGRAM_ENDED, ANOTHER_WAY),
            ENDED, new Row(PROGRAM_ENDED, PROGRAM_ENDED, ANOTHER_WAY)));

    private DelegatePolicy() {}

    /**
     * Tells what a program is at.
     *
     * @param facts what is seen of it
     * @param patience how long it may go without anything that is known, though it shows something else
     * @param opening how long it may show nothing at all, if that is longer
     * @return its course; never {@link DelegateCourse#CAN_NOT} or {@link DelegateCourse#FELL_SHORT}, which only the program itself
     *     can say
     */
    public static DelegateCourse course(DelegateFacts facts, Duration patience, Duration opening) {
        if (facts.over()) {
            if (facts.exitCode().orElse(-1) == 0) {
                return ENDED_WELL;
            }
            return facts.done().isPresent() ? ENDED_AFTER_DONE : ENDED;
        }
        if (facts.done().isPresent()) {
            return longer(facts.done().get(), CREDENTIALS_LATE) ? LONG_DONE : DONE;
        }
        boolean opens = !facts.shows() && longer(opening, patience);
        boolean late = longer(facts.deed(), opens ? opening : patience);
        boolean still = facts.shows() && longer(facts.output(), STILL) && longer(facts.known(), STILL);
        return !facts.asked() && (late || still) ? STUCK : WORKS;
    }

    /**
     * Decides.
     *
     * @param course what the program is at
     * @param changed whether the engine's credentials are others than when it began
     * @param asked whether its user had something to do
     * @param another whether there is another program for the same way
     * @return what follows
     */
    public static DelegateVerdict decide(DelegateCourse course, boolean changed, boolean asked, boolean another) {
        Row row = Objects.requireNonNull(TABLE.get(course));
        DelegateVerdict verdict = changed ? row.changed() : row.unchanged();
        return verdict.isFailure() && another && !asked ? row.instead() : verdict;
    }

    private static boolean longer(Duration time, Duration limit) {
        return time.compareTo(limit) > 0;
    }
}
