package skillrunner.domain.signin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DelegatePolicyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Every course with every answer to: are the credentials others, was its user asked, is there another way. In this order of columns: no
     * other way (unchanged, changed), another way and nobody asked (unchanged, changed), another way and somebody asked (unchanged, changed).
     */
    private static final String DECISIONS =
            """
            WORKS            WAIT                  WAIT           WAIT                  WAIT           WAIT                  WAIT
            STUCK            NOT_UNDERSTOOD        NOT_UNDERSTOOD ANOTHER_WAY           ANOTHER_WAY    NOT_UNDERSTOOD        NOT_UNDERSTOOD
            CAN_NOT          AS_IT_SAYS            AS_IT_SAYS     ANOTHER_WAY           ANOTHER_WAY    AS_IT_SAYS            AS_IT_SAYS
            FELL_SHORT       AS_IT_SAYS            SIGNED_IN      ANOTHER_WAY           SIGNED_IN      AS_IT_SAYS            SIGNED_IN
            DONE             WAIT                  SIGNED_IN      WAIT                  SIGNED_IN      WAIT                  SIGNED_IN
            LONG_DONE        CREDENTIALS_UNCHANGED SIGNED_IN      CREDENTIALS_UNCHANGED SIGNED_IN      CREDENTIALS_UNCHANGED SIGNED_IN
            ENDED_WELL       CREDENTIALS_UNCHANGED SIGNED_IN      ANOTHER_WAY           SIGNED_IN      CREDENTIALS_UNCHANGED SIGNED_IN
            ENDED_AFTER_DONE PROGRAM_ENDED         SIGNED_IN      ANOTHER_WAY           SIGNED_IN      PROGRAM_ENDED         SIGNED_IN
            ENDED            PROGRAM_ENDED         PROGRAM_ENDED  ANOTHER_WAY           ANOTHER_WAY    PROGRAM_ENDED         PROGRAM_ENDED
            """;

    @Test
    void every_decision_is_as_it_was_written_down() {
        List<DelegateCourse> told = new ArrayList<>();
        DECISIONS.lines().forEach(line -> {
            String[] cells = line.split(" +");
            DelegateCourse course = DelegateCourse.valueOf(cells[0]);
            told.add(course);
            for (boolean asked : List.of(false, true)) {
                assertThat(decided(course, asked, false))
                        .as(course + " without another way")
                        .containsExactly(cells[1], cells[2]);
            }
            assertThat(decided(course, false, true))
                    .as(course + " with another way")
                    .containsExactly(cells[3], cells[4]);
            assertThat(decided(course, true, true))
                    .as(course + " with another way, asked")
                    .containsExactly(cells[5], cells[6]);
        });
        assertThat(told).containsExactly(DelegateCourse.values());
    }

    private static List<String> decided(DelegateCourse course, boolean asked, boolean another) {
        return List.of(
                DelegatePolicy.decide(course, false, asked, another).name(),
                DelegatePolicy.decide(course, true, asked, another).name());
    }

    @Test
    void there_is_no_success_without_other_credentials_and_nothing_follows_who_was_asked() {
        for (DelegateCourse course : DelegateCourse.values()) {
            for (boolean either : List.of(false, true)) {
                assertThat(DelegatePolicy.decide(course, false, either, true)).isNotEqualTo(DelegateVerdict.SIGNED_IN);
                assertThat(DelegatePolicy.decide(course, either, true, true)).isNotEqualTo(DelegateVerdict.ANOTHER_WAY);
                assertThat(DelegatePolicy.decide(course, either, false, false))
                        .isNotEqualTo(DelegateVerdict.ANOTHER_WAY);
            }
        }
    }

    /** Seconds since it wrote, since something known was seen, since something was done; empty columns are not known. */
    @ParameterizedTest
    @CsvSource({
        // over, exit code, done, asked, shows, output, known, deed
        "false,,,false,true,0,0,0,WORKS",
        "false,,,false,true,20,21,21,WORKS",
        "false,,,false,true,21,20,21,WORKS",
        "false,,,false,true,21,21,21,STUCK",
        "false,,,false,false,21,21,21,WORKS",
        "false,,,true,true,21,21,21,WORKS",
        "false,,,false,false,0,0,60,WORKS",
        "false,,,false,false,0,0,61,STUCK",
        "false,,,false,true,0,0,61,STUCK",
        "false,,,true,true,61,61,61,WORKS",
        "false,,0,false,true,99,99,99,DONE",
        "false,,5,true,true,0,0,0,DONE",
        "false,,6,true,true,0,0,0,LONG_DONE",
        "false,0,,false,true,0,0,0,WORKS",
        "true,0,,false,false,0,0,0,ENDED_WELL",
        "true,0,1,false,false,0,0,0,ENDED_WELL",
        "true,1,,true,true,99,99,99,ENDED",
        "true,137,9,true,true,0,0,0,ENDED_AFTER_DONE",
        "true,,,false,true,0,0,0,ENDED",
        "true,,1,false,true,0,0,0,ENDED_AFTER_DONE",
    })
    void what_is_seen_tells_the_course(
            boolean over,
            Integer exitCode,
            Integer done,
            boolean asked,
            boolean shows,
            int output,
            int known,
            int deed,
            DelegateCourse expected) {
        DelegateFacts facts = new DelegateFacts(
                over,
                exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode),
                Optional.ofNullable(done).map(Duration::ofSeconds),
                asked,
                shows,
                Duration.ofSeconds(output),
                Duration.ofSeconds(known),
                Duration.ofSeconds(deed));

        assertThat(DelegatePolicy.course(facts, PATIENCE, Duration.ZERO)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // shows, deed, opening
        "false,61,60,STUCK",
        "false,61,61,WORKS",
        "false,62,61,STUCK",
        "false,59,1,WORKS",
        "true,61,300,STUCK",
    })
    void a_program_that_opens_slowly_is_waited_for_as_long_as_it_shows_nothing(
            boolean shows, int deed, int opening, DelegateCourse expected) {
        DelegateFacts facts = new DelegateFacts(
                false,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                shows,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(deed));

        assertThat(DelegatePolicy.course(facts, PATIENCE, Duration.ofSeconds(opening)))
                .isEqualTo(expected);
    }

    @Test
    void failures_are_those_that_have_a_fault_to_tell() {
        assertThat(Arrays.stream(DelegateVerdict.values()).filter(DelegateVerdict::isFailure))
                .containsExactly(
                        DelegateVerdict.CREDENTIALS_UNCHANGED,
                        DelegateVerdict.NOT_UNDERSTOOD,
                        DelegateVerdict.AS_IT_SAYS,
                        DelegateVerdict.PROGRAM_ENDED);
    }
}
