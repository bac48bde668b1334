package skillrunner.application.terminal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.ExclusiveUser;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.domain.terminal.TerminalStatus;
import skillrunner.testkit.background.OwnThreads;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.cli.ScriptedPrograms;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.console.ScriptedConsoles;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.terminal.InMemoryHome;
import skillrunner.testkit.terminal.InMemoryScreen;
import skillrunner.testkit.terminal.InMemoryTerminalFolders;
import skillrunner.testkit.terminal.RecordingViewer;
import skillrunner.testkit.terminal.ScriptedTerminalProbe;
import skillrunner.testkit.terminal.TestTerminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TerminalsTest {
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration EARLY = Duration.ofMillis(20);
    private static final String TRUSTED = new TestTerminal(EngineId.CODEX).trustFile();

    private final ManualClock clock = new ManualClock();
    private final OwnThreads threads = new OwnThreads();
    private final ScriptedConsoles consoles = new ScriptedConsoles();
    private final ScriptedPrograms programs = new ScriptedPrograms(List::of);
    private final ScriptedTerminalProbe probe = new ScriptedTerminalProbe();
    private final InMemoryHome home = new InMemoryHome();
    private final InMemoryTerminalFolders folders = new InMemoryTerminalFolders();
    private final SequentialIds ids = new SequentialIds();
    private ExclusiveUse use = new ExclusiveUse();
    private SignInRenewal renewal = SignInRenewal.NONE;
    private final Terminals terminals = server();

    // beginning

    /** Renews what is always due, and does something meanwhile. */
    private record Renewing(Runnable meanwhile) implements SignInRenewal {
        @Override
        public boolean isDue(EngineId engine) {
            return engine.equals(EngineId.CODEX);
        }

        @Override
        public void renew(EngineId engine) {
            meanwhile.run();
        }

        @Override
        public boolean isRefused(EngineId engine) {
            return false;
        }
    }

    @Test
    void a_sign_in_that_is_about_to_end_is_renewed_before_its_engine_begins() {
        List<Integer> startedBefore = new ArrayList<>();
        renewal = new Renewing(() -> startedBefore.add(consoles.started().size()));
        Terminals server = server();

        server.start(EngineId.CODEX);
        server.stop();
        server.start(EngineId.GEMINI);

        assertThat(startedBefore).as("once, for the engine that has one").containsExactly(0);
        assertThat(consoles.started()).hasSize(2);
    }

    @Test
    void a_renewal_that_fails_lets_a_session_begin() {
        renewal = new Renewing(() -> {
            throw new IllegalStateException("the provider is gone");
        });

        assertThat(server().start(EngineId.CODEX).session().status()).isEqualTo(TerminalStatus.RUNNING);
    }

    @Test
    void a_session_whose_server_stops_while_it_begins_leaves_nothing() {
        List<Terminals> stopping = new ArrayList<>();
        renewal = new Renewing(() -> stopping.forEach(Terminals::close));
        Terminals server = server();
        stopping.add(server);

        assertThat(code(() -> server.start(EngineId.CODEX))).isEqualTo(ErrorCode.TERMINAL_UNAVAILABLE);

        assertThat(consoles.started()).allMatch(console -> console.exitCode().isPresent());
        assertThat(use.user()).isEmpty();
        assertThat(programs.held()).isEmpty();
        assertThat(server.session()).isEmpty();
    }

    @Test
    void a_session_runs_the_program_of_its_engine_in_a_folder_that_the_engine_trusts() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);

        TerminalId id = begun.session().id();
        assertThat(begun.session().status()).isEqualTo(TerminalStatus.RUNNING);
        assertThat(begun.session().expiresAt()).isEqualTo(clock.instant().plus(LIFE));
        assertThat(begun.command()).isEqualTo("codex-tui");
        assertThat(begun.folder()).isEqualTo(InMemoryTerminalFolders.folder(id));
        assertThat(begun.session().sandbox().supported()).isFalse();
        assertThat(consoles.last().program().command()).containsExactly("/bin/codex");
        assertThat(consoles.last().program().folder()).isEqualTo(begun.folder());
        assertThat(consoles.last().program().marker()).isEqualTo(id.marker());
        assertThat(consoles.last().program().environment())
                .containsEntry("TERM", "xterm-256color")
                .containsEntry("SKILL_RUNNER_UI_SHELL_SESSION_DIR", begun.folder())
                .containsEntry("SKILL_RUNNER_UI_SHELL_ALLOWED_WRITE_ROOTS", begun.folder() + ":/home");
        assertThat(folders.files()).containsEntry(id, Map.of("settings", "bare"));
        assertThat(home.readText(TRUSTED)).contains(begun.folder() + "\n");
        assertThat(programs.held()).containsExactly(id.marker());
        assertThat(use.user()).map(ExclusiveUser::session).contains(id.value());
        assertThat(terminals.session()).contains(begun);
    }

    @Test
    void while_one_is_alive_no_other_begins_nor_any_sign_in() {
        TerminalSnapshot first = terminals.start(EngineId.CODEX);

        assertThat(code(() -> terminals.start(EngineId.GEMINI))).isEqualTo(ErrorCode.SESSION_CONFLICT);
        assertThat(use.take(signIn()))
                .map(ExclusiveUser::session)
                .contains(first.session().id().value());
        assertThat(consoles.started()).hasSize(1);
    }

    @Test
    void while_a_sign_in_is_alive_none_begins_and_nothing_is_left_of_it() {
        use.take(signIn());

        assertThat(code(() -> terminals.start(EngineId.CODEX))).isEqualTo(ErrorCode.SESSION_CONFLICT);

        assertThat(consoles.started()).isEmpty();
        assertThat(folders.files()).isEmpty();
        assertThat(terminals.session()).isEmpty();
    }

    @Test
    void of_many_that_begin_at_once_one_does() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(10);
        List<Future<Boolean>> racing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            racing.add(racers.submit(() -> {
                try {
                    terminals.start(EngineId.CODEX);
                    return true;
                } catch (RefusedException e) {
                    return false;
                }
            }));
        }
        int begun = 0;
        for (Future<Boolean> racer : racing) {
            begun += racer.get() ? 1 : 0;
        }
        racers.shutdown();

        assertThat(begun).isEqualTo(1);
        assertThat(consoles.started()).hasSize(1);
    }

    @Test
    void a_start_that_fails_leaves_nothing() {
        programs.uninstall("codex");

        assertThat(code(() -> terminals.start(EngineId.CODEX))).isEqualTo(ErrorCode.ENGINE_CLI_MISSING);

        programs.install("codex");
        consoles.onStart(console -> {
            throw new IllegalStateException("no terminal left");
        });
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> terminals.start(EngineId.CODEX)))
                .isNotNull();
        assertThat(folders.files()).isEmpty();
        assertThat(folders.unfinished()).isEmpty();
        assertThat(programs.held()).isEmpty();
        assertThat(home.readText(TRUSTED)).isEmpty();
        assertThat(use.user()).isEmpty();
        assertThat(code(() -> terminals.start(EngineId.parse("unheard").orElseThrow())))
                .isEqualTo(ErrorCode.ENGINE_NOT_IN_USE);

        consoles.onStart(console -> {});
        assertThat(terminals.start(EngineId.CODEX).session().status()).isEqualTo(TerminalStatus.RUNNING);
    }

    @Test
    void a_program_that_ends_at_once_is_started_in_another_way() {
        probe.startsContainers();
        consoles.onStart(console -> {
            if (console.program().command().contains("--sandbox")) {
                console.exits(1);
            }
        });

        TerminalSnapshot begun = terminals.start(EngineId.CODEX);

        assertThat(consoles.started()).hasSize(2);
        assertThat(consoles.last().program().command()).containsExactly("/bin/codex");
        assertThat(consoles.started().get(0).closed()).isTrue();
        assertThat(begun.session().sandbox().message()).contains("it ended at once");
        assertThat(folders.files().get(begun.session().id())).containsEntry("settings", "bare");
    }

    @Test
    void a_program_that_stays_is_started_in_its_sandbox() {
        probe.startsContainers();

        TerminalSnapshot begun = terminals.start(EngineId.CODEX);

        assertThat(consoles.started()).hasSize(1);
        assertThat(consoles.last().program().command()).containsExactly("/bin/codex", "--sandbox");
        assertThat(begun.session().sandbox().supported()).isTrue();
    }

    // ending

    @Test
    void a_program_that_ends_frees_everything_without_anybody_asking_and_is_told_once() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);

        consoles.last().exits(3);

        eventually(() -> use.user().isEmpty());
        assertThat(consoles.last().closed()).isTrue();
        assertThat(home.readText(TRUSTED)).isEmpty();
        assertThat(programs.held()).isEmpty();
        assertThat(folders.unfinished()).isEmpty();
        assertThat(folders.files()).containsKey(begun.session().id());
        assertThat(terminals.alive()).isEmpty();
        assertThat(terminals.session()).hasValueSatisfying(ended -> {
            assertThat(ended.session().status()).isEqualTo(TerminalStatus.EXITED);
            assertThat(ended.session().exitCode()).hasValue(3);
        });
        assertThat(terminals.session()).isEmpty();
        assertThat(terminals.stop()).isEmpty();
    }

    @Test
    void stopping_ends_it_before_it_answers() {
        terminals.start(EngineId.CODEX);

        assertThat(terminals.stop()).hasValueSatisfying(ended -> {
            assertThat(ended.session().status()).isEqualTo(TerminalStatus.TERMINATED);
            assertThat(ended.session().error()).isEmpty();
        });

        assertThat(consoles.last().closed()).isTrue();
        assertThat(use.user()).isEmpty();
        assertThat(terminals.stop()).isEmpty();
        assertThat(terminals.session()).isEmpty();
        assertThat(terminals.start(EngineId.GEMINI).session().engine()).isEqualTo(EngineId.GEMINI);
    }

    @Test
    void its_time_ends_without_anybody_asking() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        RecordingViewer viewer = look(begun);
        clock.advance(LIFE.plusMillis(1));

        threads.runDelayed();

        assertThat(use.user()).isEmpty();
        assertThat(consoles.last().closed()).isTrue();
        assertThat(viewer.calls()).containsExactly("begin running", "end timeout");
        assertThat(terminals.session()).map(it -> it.session().status()).contains(TerminalStatus.TIMEOUT);
        assertThat(threads.waiting()).isZero();
    }

    @Test
    void whoever_comes_after_its_time_does_not_find_it_in_the_way() {
        terminals.start(EngineId.CODEX);
        clock.advance(LIFE.plusMillis(1));

        assertThat(terminals.start(EngineId.GEMINI).session().engine()).isEqualTo(EngineId.GEMINI);

        clock.advance(LIFE.plusMillis(1));
        use.settle();
        assertThat(use.take(signIn())).isEmpty();
    }

    @Test
    void what_nobody_looks_at_ends_and_what_somebody_looks_at_does_not() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        RecordingViewer viewer = new RecordingViewer();
        TerminalSeat seat = terminals.attach(begun.session().id(), viewer, false);
        clock.advance(IDLE.plusMillis(1));
        threads.runDelayed();
        assertThat(terminals.alive()).isPresent();

        seat.leave();
        clock.advance(IDLE);
        threads.runDelayed();
        assertThat(terminals.alive()).isPresent();
        clock.advance(Duration.ofMillis(1));
        threads.runDelayed();

        assertThat(terminals.session()).hasValueSatisfying(ended -> {
            assertThat(ended.session().status()).isEqualTo(TerminalStatus.TIMEOUT);
            assertThat(ended.session().error())
                    .hasValueSatisfying(why -> assertThat(why).contains("nobody looked"));
        });
    }

    @Test
    void a_server_that_stops_ends_it() {
        terminals.start(EngineId.CODEX);

        terminals.close();

        assertThat(consoles.last().closed()).isTrue();
        assertThat(folders.unfinished()).isEmpty();
    }

    @Test
    void a_later_server_ends_what_a_killed_one_left() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        use = new ExclusiveUse();
        Terminals later = server();

        later.recover();

        assertThat(consoles.leftovers()).containsExactly(begun.session().id().marker());
        assertThat(folders.unfinished()).isEmpty();
        assertThat(home.readText(TRUSTED)).isEmpty();
        assertThat(programs.held()).isEmpty();
        assertThat(later.session()).isEmpty();
        assertThat(later.start(EngineId.CODEX).session().status()).isEqualTo(TerminalStatus.RUNNING);
    }

    // looking

    @Test
    void a_viewer_sees_what_was_written_before_and_what_comes() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        consoles.last().prints("before ");
        eventually(() -> consoles.last().unread() == 0);

        RecordingViewer viewer = look(begun);
        consoles.last().prints("after");

        eventually(() -> viewer.seen().equals("before after"));
    }

    @Test
    void a_screen_is_drawn_anew_from_what_is_kept_of_it_and_that_goes_with_the_session() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        InMemoryScreen screen = folders.screenOf(begun.session().id());
        String flood = "0123456789abcde\n".repeat(3 * TerminalScreen.RECORDED_BYTES / 16);
        consoles.last().prints(flood + "end");
        eventually(() -> screen.written() == flood.length() + 3);
        RecordingViewer viewer = look(begun);

        assertThat(viewer.seen())
                .hasSize(TerminalScreen.RECORDED_BYTES + 3)
                .isEqualTo((flood + "end").substring(flood.length() - TerminalScreen.RECORDED_BYTES));
        assertThat(screen.length()).isEqualTo(2 * TerminalScreen.RECORDED_BYTES);
        assertThat(viewer.isCut()).isTrue();
        terminals.stop();
        assertThat(screen.closed()).isTrue();
    }

    @Test
    void a_screen_that_can_not_be_kept_is_shown_all_the_same() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        InMemoryScreen screen = folders.screenOf(begun.session().id()).breaks();
        consoles.last().prints("lost");
        eventually(screen::closed);
        RecordingViewer viewer = look(begun);
        assertThat(viewer.isCut()).isTrue();
        consoles.last().prints("seen");

        eventually(() -> viewer.seen().equals("seen"));
    }

    @Test
    void keys_and_sizes_reach_the_program() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        TerminalSeat seat = terminals.attach(begun.session().id(), new RecordingViewer(), false);

        seat.type("ls\r".getBytes(StandardCharsets.UTF_8));
        seat.resize(new ConsoleSize(33, 9));

        assertThat(consoles.last().typed()).isEqualTo("ls\r");
        assertThat(consoles.last().size()).isEqualTo(new ConsoleSize(33, 9));
    }

    @Test
    void a_second_viewer_is_refused_unless_it_takes_over_and_then_the_first_can_do_nothing() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        RecordingViewer first = new RecordingViewer();
        TerminalSeat seat = terminals.attach(begun.session().id(), first, false);

        assertThat(code(() -> look(begun))).isEqualTo(ErrorCode.SESSION_CONFLICT);
        assertThat(first.calls()).containsExactly("begin running");
        RecordingViewer second = new RecordingViewer();
        terminals.attach(begun.session().id(), second, true);

        assertThat(first.calls()).containsExactly("begin running", "replaced");
        seat.type(new byte[] {'x'});
        seat.resize(new ConsoleSize(5, 5));
        seat.leave();
        assertThat(consoles.last().typed()).isEmpty();
        assertThat(consoles.last().size()).isEqualTo(ConsoleSize.USUAL);
        consoles.last().prints("to the second");
        eventually(() -> second.seen().equals("to the second"));
        assertThat(first.seen()).isEmpty();
    }

    @Test
    void what_is_not_alive_can_not_be_looked_at() {
        assertThat(code(() -> terminals.attach(new TerminalId(ids.next()), new RecordingViewer(), false)))
                .isEqualTo(ErrorCode.SESSION_NOT_FOUND);
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        terminals.stop();
        assertThat(code(() -> look(begun))).isEqualTo(ErrorCode.SESSION_NOT_FOUND);
    }

    @Test
    void a_viewer_that_draws_nothing_holds_the_program_back_and_nobody_from_stopping_it() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        RecordingViewer viewer = new RecordingViewer();
        TerminalSeat seat = terminals.attach(begun.session().id(), viewer, false);
        byte[] flood = new byte[4 << 20];
        consoles.last().prints(flood);

        eventually(() -> viewer.count() > TerminalScreen.MOST_UNDER_WAY_BYTES);
        assertThat(viewer.count()).isLessThan(TerminalScreen.MOST_UNDER_WAY_BYTES + (64 << 10));
        assertThat(consoles.last().unread()).isPositive();

        int held = viewer.count();
        seat.acknowledge(held);
        eventually(() -> viewer.count() > held);

        assertThat(terminals.stop()).isPresent();
        assertThat(viewer.calls()).contains("end terminated");
    }

    @Test
    void a_viewer_that_goes_lets_a_program_go_on_that_it_held_back() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        TerminalSeat seat = terminals.attach(begun.session().id(), new RecordingViewer(), false);
        consoles.last().prints(new byte[2 << 20]);
        seat.acknowledge(Long.MAX_VALUE);
        seat.acknowledge(-1);

        seat.leave();

        eventually(() -> consoles.last().unread() == 0);
    }

    @Test
    void a_program_that_has_ended_is_not_held_back_by_a_viewer_that_draws_nothing() {
        TerminalSnapshot begun = terminals.start(EngineId.CODEX);
        look(begun);
        consoles.last().prints(new byte[1 << 20]).exits(0);

        eventually(() -> {
            threads.runDelayed();
            return use.user().isEmpty();
        });
    }

    private RecordingViewer look(TerminalSnapshot begun) {
        RecordingViewer viewer = new RecordingViewer();
        terminals.attach(begun.session().id(), viewer, false);
        return viewer;
    }

    private Terminals server() {
        Engines engines = new Engines(
                List.of(new TestEngineCli(EngineId.CODEX), new TestEngineCli(EngineId.GEMINI)),
                List.of(),
                Optional.<List<EngineId>>empty());
        return new Terminals(
                engines,
                new TerminalMachine(consoles, programs, probe, name -> Optional.empty(), TerminalGateway.EMBEDDED),
                new TerminalHome(home, new TrustedFolders(engines, home), new RenewSignIns(renewal, threads), "/home"),
                folders,
                use,
                threads,
                ids,
                clock,
                new TerminalLimits(LIFE, IDLE, EARLY));
    }

    private ExclusiveUser signIn() {
        return new ExclusiveUser(ExclusiveUser.Purpose.SIGN_IN, "a-sign-in", EngineId.CODEX, clock.instant());
    }

    private static ErrorCode code(ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call).refusal().code();
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(condition);
    }
}
