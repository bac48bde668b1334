package skillrunner.application.run.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.run.OutputStreamKind.STDERR;
import static skillrunner.domain.run.OutputStreamKind.STDOUT;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What a client sees that follows a run: everything, in order, once, and never half a character. */
class RunStreamTest {
    private static final int FRAME_BYTES = 8192;

    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    // the sequence of frames

    @Test
    void the_snapshot_comes_first_and_only_once() {
        Run run = working();
        print(run, "hello");

        List<StreamFrame> frames = drain(follow(run));

        assertThat(frames.get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 0, 0, Optional.empty(), Optional.empty()));
        assertThat(frames).filteredOn(StreamFrame.Snapshot.class::isInstance).hasSize(1);
    }

    @Test
    void a_queued_run_shows_its_snapshot_and_nothing_else() {
        RequestId request = create();

        RunStream stream =
                core.server().followRun.follow(request, StreamStart.ofLog(0, 0), RunStreamTest::nobody).stream();

        assertThat(drain(stream))
                .containsExactly(new StreamFrame.Snapshot(RunStatus.QUEUED, 0, 0, Optional.empty(), Optional.empty()));
        assertThat(stream.finished()).isFalse();
    }

    @Test
    void new_output_is_told_as_it_comes() {
        Run run = working();
        RunStream stream = follow(run);
        drain(stream);

        print(run, "one");
        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 0, 3, "one"));
        complain(run, "two");
        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDERR, 0, 3, "two"));
        assertThat(drain(stream)).isEmpty();
        print(run, "three");
        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 3, 8, "three"));
    }

    @Test
    void a_change_of_status_is_told() {
        RequestId request = create();
        RunStream stream =
                core.server().followRun.follow(request, StreamStart.ofLog(0, 0), RunStreamTest::nobody).stream();
        drain(stream);

        Run run = take();

        assertThat(drain(stream))
                .containsExactly(new StreamFrame.Status(
                        RunStatus.RUNNING, run.updatedAt(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void an_ended_run_shows_everything_then_its_status_then_the_end() {
        Run run = working();
        print(run, "out");
        complain(run, "err");
        RunReceipt receipt = RunFixtures.aReceipt(1, Optional.of(0));
        core.runs.save(RunFixtures.startingAttempt(run, 1).ended(receipt, RunFixtures.NOW));
        RunChange ended = run.succeeded(List.of(), RunFixtures.NOW.plusSeconds(5));
        core.runs.save(ended);

        RunStream stream = follow(run);

        assertThat(drain(stream))
                .containsExactly(
                        new StreamFrame.Snapshot(RunStatus.SUCCEEDED, 0, 0, Optional.empty(), Optional.empty()),
                        new StreamFrame.Output(STDOUT, 0, 3, "out"),
                        new StreamFrame.Output(STDERR, 0, 3, "err"),
                        new StreamFrame.Status(
                                RunStatus.SUCCEEDED,
                                ended.after().updatedAt(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new StreamFrame.End("terminal", Optional.of(receipt)));
        assertThat(stream.finished()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"SUCCEEDED", "FAILED", "CANCELED"})
    void every_end_is_told_once_with_its_reason(RunStatus status) {
        Run run = working();
        RunStream stream = follow(run);
        drain(stream);
        end(run, status);

        List<StreamFrame> frames = drain(stream);

        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).isInstanceOfSatisfying(StreamFrame.Status.class, told -> {
            assertThat(told.status()).isEqualTo(status);
            assertThat(told.error())
                    .isEqualTo(core.runs.find(run.id()).orElseThrow().failure().map(RunFailure::code));
        });
        assertThat(frames.get(1)).isEqualTo(new StreamFrame.End("terminal", Optional.empty()));
    }

    @Test
    void nothing_follows_the_end() {
        Run run = working();
        RunStream stream = follow(run);
        end(run, RunStatus.FAILED);
        drain(stream);

        print(run, "too late");

        assertThat(stream.finished()).isTrue();
        assertThat(stream.next()).isEmpty();
        assertThat(stream.next()).isEmpty();
    }

    @Test
    void the_whole_backlog_comes_before_the_status_and_the_end() {
        Run run = working();
        byte[] log = new byte[100_002];
        Arrays.fill(log, (byte) 'x');
        core.output.append(run.id(), STDOUT, log);
        core.output.append(run.id(), STDERR, Arrays.copyOf(log, 50_000));
        end(run, RunStatus.SUCCEEDED);

        List<StreamFrame> frames = drain(follow(run));

        assertThat(frames.subList(frames.size() - 2, frames.size()))
                .hasExactlyElementsOfTypes(StreamFrame.Status.class, StreamFrame.End.class);
        List<StreamFrame.Output> stdout = outputs(frames, STDOUT);
        assertThat(stdout).hasSize(13);
        assertThat(text(stdout)).isEqualTo("x".repeat(100_002));
        assertThat(text(outputs(frames, STDERR))).hasSize(50_000);
        assertContiguous(stdout, 0, 100_002);
    }

    @Test
    void a_status_that_changes_during_a_long_backlog_is_told_before_the_backlog_ends() {
        RequestId request = create();
        RunStream stream =
                core.server().followRun.follow(request, StreamStart.ofLog(0, 0), RunStreamTest::nobody).stream();
        drain(stream);
        Run run = take();
        openOutput(run);
        core.output.append(run.id(), STDOUT, new byte[200 * FRAME_BYTES]);

        List<StreamFrame> frames = drain(stream);

        int status = frames.indexOf(new StreamFrame.Status(
                RunStatus.RUNNING, run.updatedAt(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(status).isBetween(0, frames.size() - 2);
    }

    @Test
    void a_removed_run_ends_the_stream_without_an_end() {
        Run run = working();
        RunStream stream = follow(run);
        drain(stream);

        core.runs.remove(run.id());

        assertThat(drain(stream)).isEmpty();
        assertThat(stream.finished()).isTrue();
    }

    @Test
    void a_run_that_was_never_started_ends_without_a_receipt() {
        RequestId request = create();
        core.server().cancelRun.cancel(request);

        List<StreamFrame> frames =
                drain(core.server().followRun.follow(request, StreamStart.ofLog(0, 0), RunStreamTest::nobody).stream());

        assertThat(frames)
                .hasExactlyElementsOfTypes(StreamFrame.Snapshot.class, StreamFrame.Status.class, StreamFrame.End.class);
        assertThat(frames.get(2)).isEqualTo(new StreamFrame.End("terminal", Optional.empty()));
    }

    @Test
    void a_frame_need_not_wait_for_a_look_at_what_follows_unless_more_is_known_to_be_there() {
        Run run = working();
        RunStream stream = follow(run);
        drain(stream);

        print(run, "a line");
        stream.next();
        assertThat(stream.hasBacklog()).isFalse();

        core.output.append(run.id(), STDOUT, new byte[FRAME_BYTES + 1]);
        stream.next();
        assertThat(stream.hasBacklog()).isTrue();
        drain(stream);
        assertThat(stream.hasBacklog()).isFalse();

        end(run, RunStatus.SUCCEEDED);
        stream.next();
        assertThat(stream.hasBacklog())
                .describedAs("the end, behind the status")
                .isTrue();
        drain(stream);
        assertThat(stream.hasBacklog()).isFalse();
    }

    // bytes and characters

    @Test
    void no_frame_is_larger_than_8192_bytes_and_frames_are_filled() {
        Run run = working();
        core.output.append(run.id(), STDOUT, new byte[3 * FRAME_BYTES + 1]);

        List<StreamFrame.Output> frames = outputs(drain(follow(run)), STDOUT);

        assertThat(frames)
                .extracting(frame -> frame.to() - frame.from())
                .containsExactly((long) FRAME_BYTES, (long) FRAME_BYTES, (long) FRAME_BYTES, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "汉", "😀"})
    void a_character_across_the_border_of_two_frames_stays_whole(String character) {
        for (int before = FRAME_BYTES - 4; before <= FRAME_BYTES; before++) {
            Run run = working();
            String text = "x".repeat(before) + character + "rest";
            print(run, text);

            List<StreamFrame.Output> frames = outputs(drain(follow(run)), STDOUT);

            assertThat(text(frames)).isEqualTo(text);
            assertContiguous(frames, 0, text.getBytes(UTF_8).length);
        }
    }

    @Test
    void half_a_character_is_held_back_until_the_rest_is_there() {
        Run run = working();
        RunStream stream = follow(run);
        drain(stream);
        byte[] character = "😀".getBytes(UTF_8);

        core.output.append(run.id(), STDOUT, new byte[] {'a', character[0], character[1], character[2]});
        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 0, 1, "a"));
        core.output.append(run.id(), STDOUT, new byte[] {character[3]});

        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 1, 5, "😀"));
    }

    @Test
    void half_a_character_at_the_very_end_is_told_as_one_replacement() {
        Run run = working();
        core.output.append(run.id(), STDOUT, new byte[] {'a', (byte) 0xF0, (byte) 0x9F, (byte) 0x98});
        RunStream stream = follow(run);
        drain(stream);
        end(run, RunStatus.FAILED);

        assertThat(outputs(drain(stream), STDOUT)).containsExactly(new StreamFrame.Output(STDOUT, 1, 4, "\ufffd"));
    }

    @Test
    void invalid_bytes_are_replaced_and_counted() {
        Run run = working();
        byte[] bytes = {'a', (byte) 0xFF, 'b', (byte) 0xC0, (byte) 0x80, (byte) 0xE2, 'c'};
        core.output.append(run.id(), STDOUT, bytes);
        end(run, RunStatus.FAILED);

        List<StreamFrame.Output> frames = outputs(drain(follow(run)), STDOUT);

        assertThat(text(frames)).isEqualTo(new String(bytes, UTF_8)).contains("\ufffd");
        assertContiguous(frames, 0, bytes.length);
    }

    @Test
    void control_bytes_pass_through() {
        Run run = working();
        print(run, "\u001b[31m\u0000\r\n");

        assertThat(text(outputs(drain(follow(run)), STDOUT))).isEqualTo("\u001b[31m\u0000\r\n");
    }

    @Test
    void a_frame_never_spans_two_attempts() {
        Run run = working();
        core.output.append(run.id(), STDOUT, new byte[] {'a', (byte) 0xE2});
        core.output.open(run.id(), 2, "again");
        core.output.append(run.id(), STDOUT, new byte[] {(byte) 0x82, (byte) 0xAC, 'b'});

        assertThat(outputs(drain(follow(run)), STDOUT))
                .containsExactly(
                        new StreamFrame.Output(STDOUT, 0, 2, "a\ufffd"),
                        new StreamFrame.Output(STDOUT, 2, 5, "\ufffd\ufffdb"));
    }

    // where a client begins

    @Test
    void a_client_gets_exactly_what_it_lacks() {
        Run run = working();
        print(run, "0123456789");
        complain(run, "abcdef");

        List<StreamFrame> frames = drain(follow(run, 4, 2));

        assertThat(frames)
                .containsExactly(
                        new StreamFrame.Snapshot(RunStatus.RUNNING, 4, 2, Optional.empty(), Optional.empty()),
                        new StreamFrame.Output(STDOUT, 4, 10, "456789"),
                        new StreamFrame.Output(STDERR, 2, 6, "cdef"));
    }

    @Test
    void an_offset_beyond_the_end_is_clamped() {
        Run run = working();
        print(run, "0123");

        RunStream stream = follow(run, 1_000_000_000, -5);

        assertThat(drain(stream))
                .containsExactly(new StreamFrame.Snapshot(RunStatus.RUNNING, 4, 0, Optional.empty(), Optional.empty()));
        print(run, "45");
        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 4, 6, "45"));
    }

    @Test
    void an_offset_beyond_the_end_is_not_clamped_into_a_character() {
        Run run = working();
        byte[] character = "汉".getBytes(UTF_8);
        core.output.append(run.id(), STDOUT, new byte[] {'a', character[0], character[1]});

        RunStream stream = follow(run, 1_000, 0);
        drain(stream);
        core.output.append(run.id(), STDOUT, new byte[] {character[2]});

        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 1, 4, "汉"));
    }

    /** As whoever reads bytes elsewhere knows it. */
    @Test
    void an_offset_at_the_end_moves_back_to_the_start_of_a_character_whose_rest_may_come() {
        Run run = working();
        byte[] character = "汉".getBytes(UTF_8);
        core.output.append(run.id(), STDOUT, new byte[] {'a', character[0], character[1]});

        RunStream stream = follow(run, 3, 0);
        assertThat(drain(stream))
                .containsExactly(new StreamFrame.Snapshot(RunStatus.RUNNING, 1, 0, Optional.empty(), Optional.empty()));
        core.output.append(run.id(), STDOUT, new byte[] {character[2]});

        assertThat(drain(stream)).containsExactly(new StreamFrame.Output(STDOUT, 1, 4, "汉"));
    }

    @Test
    void an_offset_behind_half_a_character_that_was_told_stays() {
        Run run = working();
        core.output.append(run.id(), STDOUT, new byte[] {'a', (byte) 0xE2});
        end(run, RunStatus.FAILED);

        assertThat(outputs(drain(follow(run, 2, 0)), STDOUT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_offset_inside_a_character_moves_back_to_its_start(int inside) {
        Run run = working();
        print(run, "ab😀c");

        RunStream stream = follow(run, 2 + inside, 0);

        assertThat(drain(stream))
                .containsExactly(
                        new StreamFrame.Snapshot(RunStatus.RUNNING, 2, 0, Optional.empty(), Optional.empty()),
                        new StreamFrame.Output(STDOUT, 2, 7, "😀c"));
    }

    @Test
    void an_offset_between_characters_stays() {
        Run run = working();
        print(run, "é😀汉");

        assertThat(drain(follow(run, 2, 0)).get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 2, 0, Optional.empty(), Optional.empty()));
        assertThat(drain(follow(run, 6, 0)).get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 6, 0, Optional.empty(), Optional.empty()));
        assertThat(drain(follow(run, 9, 0)).get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 9, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void an_offset_at_the_border_of_two_attempts_stays() {
        Run run = working();
        core.output.append(run.id(), STDOUT, new byte[] {'a', 'b', 'c', (byte) 0xE2});
        core.output.open(run.id(), 2, "again");
        core.output.append(run.id(), STDOUT, new byte[] {(byte) 0x82, (byte) 0xAC, 'b'});

        assertThat(drain(follow(run, 4, 0)).get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 4, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void an_offset_inside_the_first_character_of_an_attempt_moves_back_to_its_start() {
        Run run = working();
        print(run, "abcdef");
        core.output.open(run.id(), 2, "again");
        print(run, "€uro");

        assertThat(drain(follow(run, 7, 0)).get(0))
                .isEqualTo(new StreamFrame.Snapshot(RunStatus.RUNNING, 6, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void the_offsets_of_the_stream_are_what_a_client_goes_on_with() {
        Run run = working();
        print(run, "0123");
        complain(run, "ab");
        RunStream stream = follow(run);
        ToldFrame last = stream.nextTold().orElseThrow();
        for (Optional<ToldFrame> next = stream.nextTold(); next.isPresent(); next = stream.nextTold()) {
            last = next.get();
        }

        assertThat(last.stdout()).isEqualTo(4);
        assertThat(last.stderr()).isEqualTo(2);
    }

    // finding and watching

    @Test
    void a_follower_is_woken_when_something_may_have_changed_and_not_after_it_left() {
        Run run = working();
        AtomicInteger calls = new AtomicInteger();
        FollowRun.Following following =
                core.server().followRun.follow(run.requestId(), StreamStart.ofLog(0, 0), calls::incrementAndGet);

        core.server().signals.wake(run.id());
        assertThat(calls).hasValue(1);
        following.watch().close();
        following.watch().close();
        core.server().signals.wake(run.id());

        assertThat(calls).hasValue(1);
    }

    @Test
    void readers_do_not_take_anything_from_each_other() {
        Run run = working();
        print(run, "hello");

        assertThat(drain(follow(run))).isEqualTo(drain(follow(run)));
    }

    @Test
    void an_unknown_request_and_one_without_a_run_are_refused() {
        RequestId waiting = core.create(
                        new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), true))
                .id();

        assertThatThrownBy(() -> core.server()
                        .followRun
                        .follow(
                                new RequestId("99999999-9999-4999-8999-999999999999"),
                                StreamStart.ofLog(0, 0),
                                RunStreamTest::nobody))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        thrown -> assertThat(thrown.refusal().code()).isEqualTo(ErrorCode.REQUEST_NOT_FOUND));
        assertThatThrownBy(
                        () -> core.server().followRun.follow(waiting, StreamStart.ofLog(0, 0), RunStreamTest::nobody))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        thrown -> assertThat(thrown.refusal().code()).isEqualTo(ErrorCode.RUN_NOT_FOUND));
    }

    private static void nobody() {}

    private RequestId create() {
        return core.create(new CreateRunCommand(
                        "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", true), false))
                .id();
    }

    private Run take() {
        return core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
    }

    private Run working() {
        create();
        Run run = take();
        openOutput(run);
        return run;
    }

    private void openOutput(Run run) {
        core.output.open(run.id(), 1, "do it");
    }

    private void print(Run run, String text) {
        core.output.append(run.id(), STDOUT, text.getBytes(UTF_8));
    }

    private void complain(Run run, String text) {
        core.output.append(run.id(), STDERR, text.getBytes(UTF_8));
    }

    private void end(Run run, RunStatus status) {
        RunFailure failure = new RunFailure(RunFailureCode.TIMEOUT, "too long");
        RunChange ended =
                switch (status) {
                    case SUCCEEDED -> run.succeeded(List.of(), RunFixtures.NOW);
                    case FAILED -> run.failed(failure, List.of(), RunFixtures.NOW);
                    case CANCELED -> run.canceled(RunFixtures.NOW);
                    case QUEUED, RUNNING, WAITING_USER -> throw new IllegalArgumentException(status.wire());
                };
        assertThat(core.runs.save(ended)).isTrue();
    }

    private RunStream follow(Run run) {
        return follow(run, 0, 0);
    }

    private RunStream follow(Run run, long stdoutFrom, long stderrFrom) {
        return core
                .server()
                .followRun
                .follow(run.requestId(), StreamStart.ofLog(stdoutFrom, stderrFrom), RunStreamTest::nobody)
                .stream();
    }

    private static List<StreamFrame> drain(RunStream stream) {
        List<StreamFrame> frames = new ArrayList<>();
        for (Optional<StreamFrame> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    private static List<StreamFrame.Output> outputs(List<StreamFrame> frames, OutputStreamKind stream) {
        return frames.stream()
                .filter(StreamFrame.Output.class::isInstance)
                .map(StreamFrame.Output.class::cast)
                .filter(frame -> frame.stream() == stream)
                .toList();
    }

    private static String text(List<StreamFrame.Output> frames) {
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> text.append(frame.text()));
        return text.toString();
    }

    private static void assertContiguous(List<StreamFrame.Output> frames, long from, long to) {
        long at = from;
        for (StreamFrame.Output frame : frames) {
            assertThat(frame.from()).isEqualTo(at);
            assertThat(frame.to() - frame.from()).isBetween(1L, (long) FRAME_BYTES);
            at = frame.to();
        }
        assertThat(at).isEqualTo(to);
    }
}
