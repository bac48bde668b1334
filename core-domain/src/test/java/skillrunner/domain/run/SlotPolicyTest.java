package skillrunner.domain.run;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlotPolicyTest {
    /** The scarcest resource decides. */
    @ParameterizedTest
    @CsvSource({
        "8,   100000, 100000, 100000, 6",
        "100, 100000, 100000, 100000, 16",
        "1,   100000, 100000, 100000, 1",
        "100, 4096,   100000, 100000, 3",
        "100, 4095,   100000, 100000, 2",
        "100, 512,    100000, 100000, 1",
        "100, 100000, 640,    100000, 6",
        "100, 100000, 100,    100000, 1",
        "100, 100000, 100000, 133,    5",
        "100, 100000, 100000, 0,      1",
    })
    void the_scarcest_resource_decides(int processors, long memory, long descriptors, long processes, int slots) {
        assertThat(SlotPolicy.DEFAULT.slots(new SlotPolicy.Machine(
                        processors, OptionalLong.of(memory), OptionalLong.of(descriptors), OptionalLong.of(processes))))
                .isEqualTo(slots);
    }

    @Test
    void what_is_not_known_does_not_limit() {
        assertThat(SlotPolicy.DEFAULT.slots(
                        new SlotPolicy.Machine(8, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())))
                .isEqualTo(6);
    }

    @Test
    void a_machine_that_can_not_be_measured_gets_the_fallback_within_the_cap() {
        SlotPolicy.Machine unknown =
                new SlotPolicy.Machine(0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        assertThat(SlotPolicy.DEFAULT.slots(unknown)).isEqualTo(2);
        assertThat(new SlotPolicy(1, 1, 0, 1, 0, 1, 0, 1, 5).slots(unknown)).isEqualTo(1);
        assertThat(new SlotPolicy(4, 1, 0, 1, 0, 1, 0, 1, -5).slots(unknown)).isEqualTo(1);
    }
}
