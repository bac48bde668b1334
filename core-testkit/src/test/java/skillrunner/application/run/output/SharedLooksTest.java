package skillrunner.application.run.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.run.OutputStreamKind.STDOUT;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What many clients of one run are told together. */
class SharedLooksTest {
    private final CoreOnFakes core = new CoreOnFakes();
    private final AtomicInteger reads = new AtomicInteger();
    private Run run = new RunFixtures().queuedRun(new RunFixtures().awaitingRequest());

    @BeforeEach
    void work() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
        core.output.open(run.id(), 1, "do it");
        core.output.onRead(reads::incrementAndGet);
    }

    @Test
    void clients_that_keep_up_are_given_the_same_frame_and_the_output_is_read_once() {
        List<FollowRun.Following> clients = follow(50);
        clients.forEach(client -> drain(client.stream()));
        say("news");
        reads.set(0);

        List<ToldFrame> told = new ArrayList<>();
        clients.forEach(client -> told.addAll(drain(client.stream())));

        assertThat(told).hasSize(50).allSatisfy(frame -> assertThat(frame).isSameAs(told.get(0)));
        // Both streams where the news begins and where it ends.
        assertThat(reads).hasValue(4);
    }

    @Test
    void what_is_sent_of_a_frame_is_made_once() {
        List<FollowRun.Following> clients = follow(3);
        clients.forEach(client -> drain(client.stream()));
        say("news");
        AtomicInteger made = new AtomicInteger();

        for (FollowRun.Following client : clients) {
            byte[] form = drain(client.stream()).get(0).form(frame -> {
                made.incrementAndGet();
                return frame.frame().toString().getBytes(UTF_8);
            });
            assertThat(form).isNotEmpty();
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void a_client_that_is_behind_reads_for_itself_and_misses_nothing() {
        List<FollowRun.Following> clients = follow(3);
        FollowRun.Following slow = clients.get(2);
        clients.forEach(client -> drain(client.stream()));
        say("one, ");
        drain(clients.get(0).stream());
        drain(clients.get(1).stream());
        say("two, ");
        drain(clients.get(0).stream());
        say("three");

        assertThat(text(slow)).isEqualTo("one, two, three");
        assertThat(text(clients.get(0))).isEqualTo("three");
        assertThat(text(clients.get(1))).isEqualTo("two, three");
    }

    @Test
    void who_is_far_behind_does_not_keep_the_others_from_seeing_together() {
        List<FollowRun.Following> clients = follow(20);
        clients.forEach(client -> drain(client.stream()));
        FollowRun.Following behind = follow(1).get(0);
        say("x".repeat(200 * RunStream.FRAME_BYTES));
        for (int frame = 0; frame < 80; frame++) {
            behind.stream().nextTold();
        }
        clients.forEach(client -> drain(client.stream()));
        say("news");
        for (int frame = 0; frame < 80; frame++) {
            behind.stream().nextTold();
        }
        reads.set(0);

        clients.forEach(client -> drain(client.stream()));

        assertThat(reads).hasValue(4);
    }

    @Test
    void output_that_no_signal_told_of_is_found_by_who_looks_anew() {
        List<FollowRun.Following> clients = follow(2);
        clients.forEach(client -> drain(client.stream()));
        core.output.append(run.id(), STDOUT, "quietly".getBytes(UTF_8));

        core.server().followRun.lookAnew();

        clients.forEach(client -> assertThat(text(client)).isEqualTo("quietly"));
    }

    @Test
    void everybody_is_woken_until_they_leave() {
        AtomicInteger woken = new AtomicInteger();
        List<FollowRun.Following> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(
                    core.server().followRun.follow(run.requestId(), StreamStart.ofLog(0, 0), woken::incrementAndGet));
        }
        core.server().signals.wake(run.id());
        clients.get(0).watch().close();
        clients.get(0).watch().close();
        core.server().signals.wake(run.id());
        clients.forEach(client -> client.watch().close());
        core.server().signals.wake(run.id());

        assertThat(woken).hasValue(5);
    }

    @Test
    void told_events_wake_those_who_want_events_and_take_nothing_from_the_others() {
        List<String> woken = new ArrayList<>();
        List<FollowRun.Following> clients = new ArrayList<>();
        clients.add(core.server().followRun.follow(run.requestId(), StreamStart.ofLog(0, 0), () -> woken.add("log")));
        core.server().signals.told(run.id());
        assertThat(woken).isEmpty();

        clients.add(core.server()
                .followRun
                .follow(run.requestId(), new StreamStart(0, 0, true, Optional.of(0L)), () -> woken.add("events")));
        core.server().signals.told(run.id());
        assertThat(woken).containsExactly("events");

        clients.get(1).watch().close();
        core.server().signals.told(run.id());
        assertThat(woken).containsExactly("events");
    }

    @Test
    void what_is_seen_together_outlasts_events_that_nobody_wants() {
        List<FollowRun.Following> clients = follow(20);
        clients.forEach(client -> drain(client.stream()));
        say("news");
        reads.set(0);

        clients.forEach(client -> {
            drain(client.stream());
            core.server().signals.told(run.id());
        });

        assertThat(reads).hasValue(4);
    }

    private void say(String text) {
        core.output.append(run.id(), STDOUT, text.getBytes(UTF_8));
        core.server().signals.wake(run.id());
    }

    private List<FollowRun.Following> follow(int clients) {
        List<FollowRun.Following> following = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            following.add(core.server().followRun.follow(run.requestId(), StreamStart.ofLog(0, 0), () -> {}));
        }
        return following;
    }

    private static List<ToldFrame> drain(RunStream stream) {
        List<ToldFrame> frames = new ArrayList<>();
        for (Optional<ToldFrame> next = stream.nextTold(); next.isPresent(); next = stream.nextTold()) {
            frames.add(next.get());
        }
        return frames;
    }

    private static String text(FollowRun.Following client) {
        StringBuilder text = new StringBuilder();
        drain(client.stream()).forEach(told -> {
            if (told.frame() instanceof StreamFrame.Output output) {
                text.append(output.text());
            }
        });
        return text.toString();
    }
}
