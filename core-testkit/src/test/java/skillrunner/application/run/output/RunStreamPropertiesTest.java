package skillrunner.application.run.output;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Whatever an engine writes, however it arrives and however often a client reconnects: nothing is lost or doubled. */
class RunStreamPropertiesTest {
    private static final byte[][] BROKEN = {
        {(byte) 0xE2, (byte) 0x82},
        {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
        {(byte) 0x80},
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xE0, (byte) 0x80},
        {(byte) 0xFF}
    };

    /** How often a client takes frames before it reconnects, and how many bytes arrive meanwhile. */
    record Visit(int frames, int arriving) {}

    @Test
    void any_schedule_of_arrivals_and_reconnects_tiles_the_output_and_keeps_its_text() {
        Seeds.tryOn(300, draws -> {
            byte[] log = log(draws);
            List<Visit> visits =
                    draws.list(0, 25, () -> new Visit(draws.between(1, 6), draws.between(0, draws.of(5, 10_000))));
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
            core.runs.save(run.succeeded(List.of(), RunFixtures.NOW));
            while (!client.ended) {
                client.connect(core, run, 3);
            }

            assertThat(client.stdout).isEqualTo(log.length);
            assertThat(client.seen.toString()).isEqualTo(new String(log, UTF_8));
        });
    }

    @Test
    void a_client_that_begins_anywhere_in_valid_text_sees_whole_characters_only() {
        Seeds.tryOn(300, draws -> {
            String text = String.join("", draws.list(0, 100, () -> draws.of("a", "é", "汉", "😀")));
            int from = draws.between(0, 500);
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
        });
    }

    /** Pieces of noise, of valid and of broken text, and now and then a block about as long as a frame. */
    private static byte[] log(Draws draws) {
        return joined(draws.list(0, 30, () -> {
            int kind = draws.between(0, 18);
            if (kind < 4) {
                return draws.bytes(12);
            }
            if (kind < 12) {
                return draws.of("a", "é", "汉", "😀", "\n", "\u0000").getBytes(UTF_8);
            }
            if (kind < 18) {
                return draws.of(BROKEN);
            }
            byte[] block = new byte[draws.between(8_189, 8_193)];
            Arrays.fill(block, (byte) 'x');
            return block;
        }));
    }

    /** A client that remembers where it was. */
    private static final class Client {
        private final StringBuilder seen = new StringBuilder();
        private long stdout;
        private boolean ended;

        /** Follows from the last offset, checks each frame, and leaves after some of them. */
        void connect(CoreOnFakes core, Run run, int frames) {
            RunStream stream =
                    core.server().followRun.follow(run.requestId(), StreamStart.ofLog(stdout, 0), () -> {}).stream();
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
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
        core.output.open(run.id(), 1, "do it");
        return run;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
