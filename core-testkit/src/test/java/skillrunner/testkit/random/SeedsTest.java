package skillrunner.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class SeedsTest {
    @Test
    void a_broken_rule_names_the_seed_that_repeats_the_case() {
        List<Integer> tried = new ArrayList<>();
        Seeds.Rule rule = draws -> {
            tried.add(draws.between(0, 1_000_000));
            assertThat(tried).hasSizeLessThan(3);
        };

        Throwable broken = catchThrowable(() -> Seeds.tryOn(10, rule));

        Matcher seed = Pattern.compile("again\\((-?[0-9]+)L").matcher(broken.getMessage());
        assertThat(seed.find()).isTrue();
        assertThat(new Draws(Long.parseLong(seed.group(1))).between(0, 1_000_000))
                .isEqualTo(tried.get(2));
        assertThat(tried).hasSize(3);
    }

    @Test
    void a_rule_that_holds_is_tried_as_often_as_wanted() {
        List<byte[]> tried = new ArrayList<>();

        Seeds.tryOn(50, draws -> tried.add(draws.bytes(40)));

        assertThat(tried).hasSize(50).allMatch(bytes -> bytes.length <= 40);
    }

    @Test
    void both_ends_of_a_range_come() {
        Draws draws = new Draws(1);

        assertThat(draws.list(500, 500, () -> draws.between(3, 5)))
                .contains(3, 4, 5)
                .allMatch(n -> n >= 3 && n <= 5);
    }
}
