package skillrunner.acceptance.followers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.TestSkill;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 of the server under runs that ask and everybody who follows and answers them. */
@Tag("chance")
class KilledUnderFollowersIT {
    private static final int KILLS = Integer.getInteger("skillrunner.kills", 8);

    private static final int QUESTIONS = 3;

    /** A turn takes about as long, and the start of a server is over. */
    private static final int LATEST_MOMENT = 1_200;

    /** Asks in three turns and answers in the fourth; cuts characters in two, and ends neither stream with an end of line. */
    private static final String TALKER =
            """
            #!/bin/sh
            case "$*" in *--version*) echo 'codex-cli 0.169.0'; exit 0 ;; esac
            cat | tr '\\n' ' ' | sed 's/ *$//' >>given.txt
            echo >>given.txt
            turn=$(($(wc -l <given.txt)))
            echo '{"type":"thread.started","thread_id":"0199a213-81c0-7800-8aa1-bbab2a035a53"}'
            echo '{"type":"turn.started"}'
            say() {
              printf '{"type":"item.completed","item":{"id":"%s","type":"%s","text":"%s"}}\\n' "$1" "$2" "$3"
            }
            many=$(printf '%0400d' 0 | sed 's/0/中😀é/g')
            i=0
            while [ $i -lt 24 ]; do
              i=$((i + 1))
              say r$i reasoning "turn $turn, thought $i $many"
              echo "no JSON at all $i $many"
              printf 'note %s of turn %s \\360\\237' $i $turn >&2
              printf '{"type":"item.completed","item":{"id":"h%s","type":"reasoning","text":"half \\344\\270' $i
              [ $((i % 3)) -ne 0 ] || sleep 0.05
              printf '\\255"}}\\n'
              printf '\\230\\200\\n' >&2
            done
            printf 'no end of line é' >&2
            if [ $turn -le 3 ]; then
              say m agent_message "Which colour, please, for $turn? 哪种颜色？"
            else
              say m agent_message '{\\"__SKILL_DONE__\\": true, \\"status\\": \\"fine\\"}'
            fi
            printf '{"type":"turn.completed"}'
            """;

    @TempDir
    private Path home;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeEach
    void install() throws Exception {
        TestSkill.installAsking(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        Files.writeString(program, TALKER);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void everybody_has_everything_once_whenever_the_server_dies() {
        Seeds.tryOn(1, this::talkWhileTheServerDies);
    }

    private void talkWhileTheServerDies(Draws draws) throws Exception {
        try (MortalServer server = new MortalServer(home)) {
            int left = KILLS;
            while (left > 0) {
                List<Conversation> talks = List.of(ofSkill(server, draws), ofTemporarySkill(server, draws));
                CompletableFuture<Void> ended = CompletableFuture.allOf(
                        talks.stream().map(Conversation::ended).toArray(CompletableFuture[]::new));
                while (left > 0 && !endsWithin(draws.between(0, LATEST_MOMENT), ended)) {
                    server.killAndStart();
                    left--;
                    // Two servers that die in the preparation of one turn end its run.
                    for (Conversation talk : talks) {
                        talk.awaitEngine(server.awaitClient(), home.resolve("data/runs"));
                    }
                }
                ended.get(2, TimeUnit.MINUTES);
                for (Conversation talk : talks) {
                    talk.assertWhole(server.awaitClient(), home.resolve("data/runs"), QUESTIONS);
                }
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** The moment is random on purpose; nothing is asserted about time. */
    private static boolean endsWithin(int millis, CompletableFuture<Void> ended) {
        CompletableFuture<Void> moment =
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        CompletableFuture.anyOf(moment, ended).join();
        return ended.isDone();
    }

    private Conversation ofSkill(MortalServer server, Draws draws) throws Exception {
        ApiClient api = server.awaitClient();
        return new Conversation(api, api.create(TestSkill.asking()), server, clients, draws);
    }

    private Conversation ofTemporarySkill(MortalServer server, Draws draws) throws Exception {
        ApiClient api = server.awaitClient().ofTemporarySkills();
        String request = api.create(TestSkill.request(Map.of("execution_mode", "interactive")));
        assertThat(api.uploadSkill(request, TestSkill.sentAsking("talks").zip()).status())
                .isEqualTo(200);
        return new Conversation(api, request, server, clients, draws);
    }
}
