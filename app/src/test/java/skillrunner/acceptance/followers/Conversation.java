package skillrunner.acceptance.followers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.Processes;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One run that asks, everybody who follows it, and two who answer it. */
final class Conversation {
    private final String request;
    private final String run;
    private final OutputFollower output;
    private final ChatFollower chat;
    private final BytesTaken stdout = new BytesTaken();
    private final BytesTaken stderr = new BytesTaken();
    private final EventsTaken shown = new EventsTaken();
    private final HistoryFollower history;
    private final List<Answerer> answerers;
    private final CompletableFuture<Void> ended;

    Conversation(ApiClient api, String request, MortalServer server, Executor executor, Draws draws) {
        this.request = request;
        this.run = api.path(request, "");
        this.output = new OutputFollower(run + "/events", own(draws));
        this.chat = new ChatFollower(run + "/events", own(draws));
        this.history = new HistoryFollower(run, own(draws));
        this.answerers = List.of(new Answerer(run, "Anna", own(draws)), new Answerer(run, "Ben", own(draws)));
        String streams = "/v1/streams/" + request;
        List<Follower> all = new ArrayList<>(List.of(
                output,
                chat,
                history,
                new DurableFollower(streams + "/stdout", own(draws), stdout),
                new DurableFollower(streams + "/stderr", own(draws), stderr),
                new DurableFollower(streams + "/fcmp", own(draws), shown)));
        all.addAll(answerers);
        this.ended = CompletableFuture.allOf(all.stream()
                .map(follower -> CompletableFuture.runAsync(() -> follower.followToTheEnd(server), executor))
                .toArray(CompletableFuture[]::new));
    }

    /** Threads take turns as they like, and each draws for itself. */
    private static Draws own(Draws draws) {
        return new Draws(draws.between(0, Integer.MAX_VALUE - 1));
    }

    /** Done when the run has ended for everybody. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Waits until the engine speaks, if it is its turn. */
    void awaitEngine(ApiClient api, Path runs) {
        await().until(() -> {
            JsonNode status = api.get(run).json();
            Path log = runs.resolve(status.get("run_id").stringValue())
                    .resolve(".audit/stdout." + (status.get("interaction_count").intValue() + 1) + ".log");
            return !status.get("status").stringValue().equals("running") || (Files.exists(log) && Files.size(log) > 0);
        });
    }

    /** Compares what everybody has with what is on the disk, and what the engine was told with what was decided. */
    void assertWhole(ApiClient api, Path runs, int questions) throws Exception {
        JsonNode status = api.get(run).json();
        String where = request + " " + status;
        assertThat(status.get("status").stringValue()).as(where).isEqualTo("succeeded");
        Path folder = runs.resolve(status.get("run_id").stringValue());
        assertOutput(folder, "stdout", questions + 1, status, output.stdout(), stdout.all());
        assertOutput(folder, "stderr", questions + 1, status, output.stderr(), stderr.all());

        List<JsonNode> told = new ArrayList<>();
        api.get(run + "/events/history").json().get("events").forEach(told::add);
        for (EventsSeen seen : List.of(chat.seen(), shown.seen(), history.seen())) {
            assertThat(seen.all()).as(where).isEqualTo(told);
        }
        assertThat(told.stream().filter(event -> is(event, "user.input.required")))
                .as(where)
                .hasSize(questions);
        assertThat(told.stream().filter(event -> is(event, "interaction.reply.accepted")))
                .as(where)
                .hasSize(questions);
        assertThat(told.stream().filter(event -> is(event, "conversation.completed")))
                .as(where)
                .hasSize(1);
        assertAnswers(folder, questions);
        assertThat(Processes.of(status.get("run_id").stringValue())).as(where).isEmpty();
    }

    private static boolean is(JsonNode event, String type) {
        return event.get("type").stringValue().equals(type);
    }

    private static void assertOutput(
            Path folder, String stream, int attempts, JsonNode status, byte[] asEvents, byte[] asBytes)
            throws IOException, NoSuchAlgorithmException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            written.writeBytes(Files.readAllBytes(folder.resolve(".audit/" + stream + "." + attempt + ".log")));
        }
        byte[] whole = written.toByteArray();
        JsonNode receipt = status.get("receipt").get(stream);
        assertThat(receipt.get("bytes").intValue()).isEqualTo(whole.length);
        assertThat(receipt.get("sha256").stringValue())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(whole)));
        assertThat(asEvents).isEqualTo(whole);
        assertThat(asBytes).isEqualTo(whole);
    }

    /** The engine wrote down what it was told, turn by turn; the first time is the task. */
    private void assertAnswers(Path folder, int questions) throws IOException {
        List<String> given = Files.readAllLines(folder.resolve("workspace/given.txt"));
        Map<Integer, String> decided = new TreeMap<>();
        for (Answerer answerer : answerers) {
            answerer.decided().forEach((question, decision) -> assertThat(decided.merge(
                            question, decision, (one, other) -> one.equals(other) ? one : one + " and " + other))
                    .isEqualTo(decision));
        }
        assertThat(decided).hasSize(questions);
        assertThat(given.subList(1, given.size())).isEqualTo(List.copyOf(decided.values()));
    }
}
