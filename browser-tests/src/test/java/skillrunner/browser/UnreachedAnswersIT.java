package skillrunner.browser;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import skillrunner.acceptance.Contract;
import skillrunner.acceptance.Repository;
import skillrunner.contract.UnreachedAnswers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every status and problem code of every operation was answered to some test of this build, or a list says why not. Stands here because
 * this module comes last; only {@code CONTRACT_WHOLE=1 scripts/verify}, which runs all tests, can know.
 */
@EnabledIfSystemProperty(
        named = "skillrunner.contract.whole",
        matches = "true",
        disabledReason = "this build is a part of the whole")
class UnreachedAnswersIT {
    @Test
    void every_answer_that_is_promised_was_given_or_there_is_a_reason() throws Exception {
        assertThat(UnreachedAnswers.of(
                        Contract.DOCUMENT,
                        Repository.root().resolve("target/contract-reached"),
                        Path.of(Objects.requireNonNull(UnreachedAnswersIT.class.getResource("/never-answered.txt"))
                                .toURI())))
                .isEmpty();
    }
}
