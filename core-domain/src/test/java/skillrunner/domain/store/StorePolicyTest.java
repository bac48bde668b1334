package skillrunner.domain.store;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StorePolicyTest {
    private static final StoreMark RECORDED = new StoreMark("a", 3, 40);

    @Test
    void without_a_record_any_database_will_do() {
        assertThat(StorePolicy.objection(Optional.empty(), RECORDED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 40", "4, 40", "3, 41", "4, 41"})
    void a_record_may_lag(long starts, long sequence) {
        assertThat(StorePolicy.objection(Optional.of(RECORDED), new StoreMark("a", starts, sequence)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 40", "3, 39", "2, 41", "4, 39"})
    void a_database_that_has_come_less_far_in_anything_is_objected_to(long starts, long sequence) {
        assertThat(StorePolicy.objection(Optional.of(RECORDED), new StoreMark("a", starts, sequence)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("older"));
    }

    @Test
    void another_database_is_objected_to_however_far_it_has_come() {
        assertThat(StorePolicy.objection(Optional.of(RECORDED), new StoreMark("b", 9, 900)))
                .contains("belongs to another installation");
    }
}
