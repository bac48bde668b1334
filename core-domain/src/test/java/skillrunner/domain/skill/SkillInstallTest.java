package skillrunner.domain.skill;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.state.IllegalTransitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SkillInstallTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(5);
    private static final SkillInstall QUEUED =
            SkillInstall.queued(new InstallId("00000000-0000-4000-8000-000000000001"), NOW);

    @Test
    void a_good_package_ends_with_what_was_done() {
        SkillInstall ended =
                QUEUED.start(NOW).identified(new SkillId("demo"), "1.0", NOW).succeed(InstallAction.UPDATE, LATER);

        assertThat(ended.status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(ended.action()).contains(InstallAction.UPDATE);
        assertThat(ended.skill()).contains(new SkillId("demo"));
        assertThat(ended.version()).contains("1.0");
        assertThat(ended.error()).isEmpty();
        assertThat(ended.createdAt()).isEqualTo(NOW);
        assertThat(ended.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void a_bad_package_ends_with_the_reason() {
        SkillInstall ended = QUEUED.start(NOW).fail("no", LATER);

        assertThat(ended.status()).isEqualTo(InstallStatus.FAILED);
        assertThat(ended.error()).contains("no");
        assertThat(ended.action()).isEmpty();
        assertThat(QUEUED.abandon("restart", LATER).error()).contains("restart");
    }

    @Test
    void a_long_reason_is_cut() {
        assertThat(QUEUED.abandon("x".repeat(5_000), NOW).error().map(String::length))
                .isEqualTo(Optional.of(4_000));
    }

    @Test
    void what_has_ended_does_not_move() {
        SkillInstall ended = QUEUED.abandon("stopped", NOW);

        assertThatThrownBy(() -> ended.start(NOW)).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> QUEUED.succeed(InstallAction.INSTALL, NOW))
                .isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> ended.identified(new SkillId("demo"), "1", NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void actions_and_ids_read_back() {
        assertThat(InstallAction.values()).allMatch(action -> InstallAction.of(action.wire()) == action);
        assertThatThrownBy(() -> InstallAction.of("INSTALL")).isInstanceOf(IllegalArgumentException.class);
        assertThat(InstallId.parse("x")).isEmpty();
        assertThat(InstallId.parse(QUEUED.id().value())).contains(QUEUED.id());
    }
}
