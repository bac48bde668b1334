package skillrunner.testkit.usecase;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import skillrunner.application.run.CreateRunCommand;
import skillrunner.application.run.RunStream;
import skillrunner.application.run.StreamFrame;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Whatever an engine writes, however it arrives and however often a client reconnects: nothing is lost or doubled. */
class RunStreamPropertiesTest {
    /** How often a client takes frames before it reconnects, and how many bytes arrive meanwhile. */
    record Visit(int frames, int arriving) {}

    @Property(tries = 300)
    void any_schedule_of_arrivals_and_reconnects_tiles_the_output_and_keeps_its_text(
            @ForAll("logs") byte[] log, @ForAll("visits") List<Visit> visits) {
        CoreOnFakes core = new CoreOnFakes();
        Run run = working(core);
        Client client = new Client();
        int written = 0;
        for (Visit visit : visits) {
            int more = Math.min(visit.arriving(), log.length - written);
            core.output.append(run.id(), OutputStreamKind.STDOUT, Arrays.copyOfRange(log, written, written + more));
            written += more;
            client.connect(core, run, visit.frames());
        }
        core.output.append(run.id(), OutputStreamKind.STDOUT, Arrays.copyOfRange(log, written, log.length));
        core.runs.saveRunning(run.succeeded(List.of(), RunFixtures.NOW));
        while (!client.ended) {
            client.connect(core, run, 3);
        }

        assertThat(client.stdout).isEqualTo(log.length);
        assertThat(client.seen.toString()).isEqualTo(new String(log, UTF_8));
    }

    @Property(tries = 300)
    void a_client_that_begins_anywhere_in_valid_text_sees_whole_characters_only(
            @ForAll("texts") String text, @ForAll @IntRange(min = 0, max = 500) int from) {
        CoreOnFakes core = new CoreOnFakes();
        Run run = working(core);
        Client client = new Client();
        byte[] log = text.getBytes(UTF_8);
        core.output.append(run.id(), OutputStreamKind.STDOUT, log);
        client.stdout = from;

        client.connect(core, run, Integer.MAX_VALUE);

        assertThat(text).endsWith(client.seen.toString());
        assertThat(client.seen.toString().getBytes(UTF_8).length)
                .isBetween(Math.max(0, log.length - from), Math.max(0, log.length - from) + 3);
    }

    @Provide
    Arbitrary<byte[]> logs() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(12);
        Arbitrary<byte[]> valid =
                Arbitraries.of("a", "é", "汉", "😀", "\n", "\u0000").map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> broken = Arbitraries.of(
                new byte[] {(byte) 0xE2, (byte) 0x82},
                new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xE0, (byte) 0x80},
                new byte[] {(byte) 0xFF});
        Arbitrary<byte[]> block = Arbitraries.of(8_189, 8_190, 8_191, 8_192, 8_193)
                .map(size -> {
                    byte[] bytes = new byte[size];
                    Arrays.fill(bytes, (byte) 'x');
                    return bytes;
                });
        return Arbitraries.frequencyOf(Tuple.of(4, noise), Tuple.of(8, valid), Tuple.of(6, broken), Tuple.of(1, block))
                .list()
                .ofMaxSize(30)
                .map(RunStreamPropertiesTest::joined);
    }

    @Provide
    Arbitrary<List<Visit>> visits() {
        Arbitrary<Integer> frames = Arbitraries.integers().between(1, 6);
        Arbitrary<Integer> bytes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 10_000));
        return Combinators.combine(frames, bytes).as(Visit::new).list().ofMaxSize(25);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "汉", "😀").list().ofMaxSize(100).map(parts -> String.join("", parts));
    }

    /** A client that remembers where it was. */
    private static final class Client {
        private final StringBuilder seen = new StringBuilder();
        private long stdout;
        private boolean ended;

        /** Follows from the last offset, checks each frame, and leaves after some of them. */
        void connect(CoreOnFakes core, Run run, int frames) {
            RunStream stream = core.server().followRun.follow(run.requestId(), stdout, 0, () -> {}).stream();
            for (int i = 0; i < frames; i++) {
                Optional<StreamFrame> next = stream.next();
                if (next.isEmpty()) {
                    return;
                }
                if (next.get() instanceof StreamFrame.Snapshot snapshot) {
                    assertThat(i).isZero();
                    assertThat(snapshot.stdoutOffset()).isLessThanOrEqualTo(stdout);
                    stdout = snapshot.stdoutOffset();
                } else if (next.get() instanceof StreamFrame.Output output) {
                    assertThat(output.from()).isEqualTo(stdout);
                    assertThat(output.to() - output.from()).isBetween(1L, 8192L);
                    stdout = output.to();
                    seen.append(output.text());
                } else if (next.get() instanceof StreamFrame.End) {
                    ended = true;
                }
            }
        }
    }

    private static Run working(CoreOnFakes core) {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        Run run = core.runs.takeNextQueued("node-1", RunFixtures.NOW).orElseThrow();
        core.output.open(run.id(), 1, "do it");
        return run;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
