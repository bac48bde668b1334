package skillrunner.domain.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.state.LifecyclePage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TerminalSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(5);
    private static final TerminalSession RUNNING = TerminalSession.started(
            new TerminalId("00000000-0000-4000-8000-000000000001"),
            EngineId.IFLOW,
            7,
            TerminalSandbox.unsupported("it has none"),
            NOW,
            Duration.ofMinutes(30));

    @Test
    void the_page_shows_the_table() throws Exception {
        LifecyclePage.check(
                "terminal.md",
                "How a terminal session moves",
                "TerminalLifecycle.TABLE",
                TerminalLifecycle.TABLE,
                TerminalStatus.values(),
                TerminalStatus::wire);
    }

    @Test
    void a_running_session_can_end_in_every_way_and_nothing_leaves_an_end() {
        for (TerminalStatus status : TerminalStatus.values()) {
            for (TerminalLifecycle.Event event : TerminalLifecycle.Event.values()) {
                assertThat(TerminalLifecycle.TABLE.accepts(status, event)).isEqualTo(!status.isTerminal());
            }
        }
        assertThat(TerminalLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(TerminalStatus.values());
    }

    @Test
    void each_end_says_what_it_was() {
        assertThat(RUNNING.exited(3, LATER).exitCode()).hasValue(3);
        assertThat(RUNNING.exited(3, LATER).error()).isEmpty();
        assertThat(RUNNING.overdue(LATER).status()).isEqualTo(TerminalStatus.TIMEOUT);
        assertThat(RUNNING.overdue(LATER).error())
                .hasValueSatisfying(why -> assertThat(why).contains("1800 seconds"));
        assertThat(RUNNING.unused(Duration.ofSeconds(90), LATER).status()).isEqualTo(TerminalStatus.TIMEOUT);
        assertThat(RUNNING.unused(Duration.ofSeconds(90), LATER).error())
                .hasValueSatisfying(why -> assertThat(why).contains("90 seconds"));
        assertThat(RUNNING.stopped(Optional.empty(), LATER).status()).isEqualTo(TerminalStatus.TERMINATED);
        assertThat(RUNNING.broken("why", LATER).status()).isEqualTo(TerminalStatus.ERROR);
        assertThat(RUNNING.broken("why", LATER).updatedAt()).isEqualTo(LATER);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> RUNNING.exited(0, LATER).stopped(Optional.empty(), LATER));
    }

    @Test
    void it_is_overdue_only_after_its_last_moment() {
        assertThat(RUNNING.isOverdue(RUNNING.expiresAt())).isFalse();
        assertThat(RUNNING.isOverdue(RUNNING.expiresAt().plusNanos(1))).isTrue();
        assertThat(RUNNING.exited(0, LATER).isOverdue(RUNNING.expiresAt().plusNanos(1)))
                .isFalse();
    }

    @Test
    void a_missing_sandbox_is_told() {
        assertThat(TerminalSandbox.SUPPORTED.status().wire()).isEqualTo("supported");
        assertThat(RUNNING.sandbox().status().wire()).isEqualTo("unsupported");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TerminalSandbox(false, Optional.empty(), Optional.empty()));
    }

    @Test
    void an_id_is_a_uuid_and_marks_what_belongs_to_it() {
        assertThat(TerminalId.parse("../etc")).isEmpty();
        assertThat(TerminalId.parse(RUNNING.id().value())).contains(RUNNING.id());
        assertThat(List.of(RUNNING.id().marker()))
                .allMatch(marker -> marker.endsWith(RUNNING.id().value()));
    }
}
