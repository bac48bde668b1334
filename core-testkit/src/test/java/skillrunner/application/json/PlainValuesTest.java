package skillrunner.application.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PlainValuesTest {
    private static FieldError fault(Object value) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> PlainValues.refuseUnusable(value))
                .actual()
                .refusal()
                .errors()
                .get(0);
    }

    @Test
    void what_json_can_say_is_passed_on() {
        List<Object> list = Arrays.asList(
                null,
                true,
                1,
                2L,
                new BigInteger("9".repeat(40)),
                new BigDecimal("1.5e-999"),
                1.5,
                2.5f,
                "",
                "\uD83D\uDE00\t");

        assertThatNoException().isThrownBy(() -> PlainValues.refuseUnusable(Map.of("a", list, "", Map.of())));
    }

    @Test
    void texts_that_no_file_and_no_answer_holds_are_refused_with_their_place() {
        String end = "a text can't hold the character U+0000";
        String half = "a text holds half of a character (a lone surrogate)";

        assertThat(fault("a\0")).isEqualTo(new FieldError("", end));
        assertThat(fault(Map.of("a/b", List.of("", "\uD83D")))).isEqualTo(new FieldError("/a~1b/1", half));
        assertThat(fault(Map.of("a", "\uDE00\uD83D"))).isEqualTo(new FieldError("/a", half));
        assertThat(fault(Map.of("a", "\uD83Dx"))).isEqualTo(new FieldError("/a", half));
        assertThat(fault(Map.of("a", Map.of("\0", 1)))).isEqualTo(new FieldError("/a", end));
    }

    @Test
    void numbers_without_an_end_are_refused() {
        assertThat(fault(List.of(new BigDecimal("1e1001"))).detail()).isEqualTo("the number is out of range");
        assertThat(fault(List.of(new BigDecimal("1e-1001"))).detail()).isEqualTo("the number is out of range");
        assertThat(fault(List.of(Double.NaN)).detail()).isEqualTo("the number is not finite");
        assertThat(fault(List.of(Float.POSITIVE_INFINITY)).detail()).isEqualTo("the number is not finite");
    }

    @Test
    void what_is_no_json_value_is_refused() {
        assertThat(fault(Map.of("at", Instant.EPOCH)))
                .isEqualTo(new FieldError("/at", "a value of java.time.Instant is no JSON value"));
        assertThat(fault(Map.of(1, "one")).detail()).isEqualTo("the name of a member is no text");
    }

    @Test
    void a_value_that_holds_itself_is_refused() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("a", new ArrayList<>(List.of(endless)));

        assertThat(fault(endless).detail()).contains("200");
    }
}
