package skillrunner.testkit.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.Bell;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.StreamStart;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.testkit.random.Draws;

/** Follows the output of a run to its end, whatever comes between, and proves that all of it came. */
final class Follower {
    private static final int GOES_AWAY_ONE_IN = 40;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final char BROKEN = '\uFFFD';

    private final Draws draws;
    private final Scheduler scheduler;
    private final Connection connection;
    private final RequestId request;
    private final Map<OutputStreamKind, ByteArrayOutputStream> have = new EnumMap<>(OutputStreamKind.class);

    private final World world;

    /** What it was shown, by number. */
    private final List<JournalEvent> events = new ArrayList<>();

    /** Whether no character was broken, so that the bytes are known. */
    private boolean exact = true;

    Follower(Draws draws, Scheduler scheduler, Connection connection, RequestId request, World world) {
        this.world = world;
        this.draws = draws;
        this.scheduler = scheduler;
        this.connection = connection;
        this.request = request;
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            have.put(stream, new ByteArrayOutputStream());
        }
    }

    void follow() {
        boolean complete = false;
        while (!complete) {
            Connection.Asked<Boolean> asked = connection.ask(this::watch);
            complete = Boolean.TRUE.equals(asked.answer());
            if (asked.reply() == Connection.Reply.REFUSED) {
                throw new AssertionError("the accepted request " + request + " can't be followed");
            }
            if (!complete) {
                scheduler.sleep(Duration.ofMillis(draws.between(100, 10_000)));
            }
        }
    }

    private boolean watch(Premises server) throws InterruptedException {
        Bell bell = server.runs.background.bell();
        FollowRun.Following following = server.runs.followRun.follow(
                request,
                new StreamStart(
                        got(OutputStreamKind.STDOUT).size(),
                        got(OutputStreamKind.STDERR).size(),
                        true,
                        Optional.of((long) events.size())),
                bell::ring);
        boolean first = true;
        try (Subscription watch = following.watch()) {
            while (!following.stream().finished()) {
                Optional<StreamFrame> frame = following.stream().next();
                if (frame.isEmpty()) {
                    bell.await(HEARTBEAT);
                } else if (frame.get() instanceof StreamFrame.End end) {
                    require(
                            following.stream().finished()
                                    && following.stream().next().isEmpty(),
                            "something follows the end of " + request);
                    return isLast(end);
                } else {
                    require(
                            first == frame.get() instanceof StreamFrame.Snapshot,
                            "a snapshot that is not the first, or none: " + frame.get());
                    first = false;
                    take(frame.get());
                }
                if (draws.between(1, GOES_AWAY_ONE_IN) == GOES_AWAY_ONE_IN / 2) {
                    return false;
                }
            }
            throw new AssertionError("the stream of " + request + " ends without saying so");
        }
    }

    /** A run that waits for its user goes on. */
    private boolean isLast(StreamFrame.End end) {
        if (!end.reason().equals("terminal")) {
            return false;
        }
        end.receipt().ifPresent(this::prove);
        world.followed(request, List.copyOf(events));
        return true;
    }

    private void take(StreamFrame frame) {
        if (frame instanceof StreamFrame.Snapshot snapshot) {
            goBack(OutputStreamKind.STDOUT, snapshot.stdoutOffset());
            goBack(OutputStreamKind.STDERR, snapshot.stderrOffset());
            require(
                    snapshot.cursor().orElseThrow() == events.size(),
                    "an event was shown that is gone: " + snapshot + ", has " + events.size());
        } else if (frame instanceof StreamFrame.Output output) {
            take(output);
        } else if (frame instanceof StreamFrame.Chat chat) {
            require(
                    chat.event().seq() == events.size() + 1L,
                    "a gap in the events before " + chat + ", has " + events.size());
            events.add(chat.event());
        }
    }

    /** A client that is told to go on from an earlier place drops what it has from there on. */
    private void goBack(OutputStreamKind stream, long offset) {
        ByteArrayOutputStream got = got(stream);
        require(offset <= got.size(), "a gap before " + offset + " in " + stream + ", has " + got.size());
        byte[] kept = Arrays.copyOf(got.toByteArray(), (int) offset);
        got.reset();
        got.writeBytes(kept);
    }

    private void take(StreamFrame.Output output) {
        ByteArrayOutputStream got = got(output.stream());
        require(output.from() == got.size(), "a gap before " + output + ", has " + got.size());
        exact &= output.text().indexOf(BROKEN) < 0;
        byte[] bytes = output.text().getBytes(StandardCharsets.UTF_8);
        got.writeBytes(Arrays.copyOf(bytes, (int) (output.to() - output.from())));
        require(!exact || bytes.length == output.to() - output.from(), "the offsets of " + output + " are wrong");
    }

    private void prove(RunReceipt receipt) {
        prove(OutputStreamKind.STDOUT, receipt.stdout());
        prove(OutputStreamKind.STDERR, receipt.stderr());
    }

    private void prove(OutputStreamKind stream, StreamReceipt receipt) {
        byte[] got = got(stream).toByteArray();
        require(
                got.length == receipt.bytes() && (!exact || digest(got).equals(receipt.sha256())),
                "a client of " + request + " was told of the end and has " + got.length + " bytes of " + stream
                        + ", not those of " + receipt);
    }

    private ByteArrayOutputStream got(OutputStreamKind stream) {
        return Objects.requireNonNull(have.get(stream));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void require(boolean holds, String breach) {
        if (!holds) {
            throw new AssertionError(breach);
        }
    }
}
