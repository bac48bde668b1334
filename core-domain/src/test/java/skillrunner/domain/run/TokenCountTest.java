package skillrunner.domain.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCountTest {
    private static final TokenCount EARLIER = new TokenCount(10, 4, 3, 1);

    @Test
    void what_came_since_is_the_difference() {
        assertThat(new TokenCount(30, 9, 5, 1).since(EARLIER)).isEqualTo(new TokenCount(20, 5, 2, 0));
        assertThat(EARLIER.since(EARLIER)).isEqualTo(new TokenCount(0, 0, 0, 0));
    }

    @Test
    void a_count_that_began_anew_is_what_it_is() {
        for (TokenCount anew : new TokenCount[] {
            new TokenCount(9, 4, 3, 1),
            new TokenCount(10, 3, 3, 1),
            new TokenCount(10, 4, 2, 1),
            new TokenCount(10, 4, 3, 0)
        }) {
            assertThat(anew.since(EARLIER)).isEqualTo(anew);
        }
    }
}
