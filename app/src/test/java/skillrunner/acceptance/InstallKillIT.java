package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 of the server in the middle of installations and updates. */
@Tag("chance")
class InstallKillIT {
    /** Enough for each verification; {@code -Dskillrunner.kills=500} looks longer. */
    private static final int KILLS = Integer.getInteger("skillrunner.kills", 12);

    private static final int FILES = 60;
    private static final List<String> SKILLS = List.of("one", "two", "three");

    /** What was sent of one skill, and what is known of it. */
    private static final class Sent {
        private final Map<String, Integer> acknowledged = new LinkedHashMap<>();
        private final Set<Integer> unacknowledged = new HashSet<>();
        private int next = 1;
    }

    @TempDir
    private Path home;

    private final Random random = new Random();
    private final Map<String, Sent> sent = new TreeMap<>();

    @Test
    void whenever_a_server_dies_the_old_or_the_new_version_is_live_and_whole() throws Exception {
        SKILLS.forEach(skill -> sent.put(skill, new Sent()));
        for (int round = 0; round < KILLS; round++) {
            int moment = random.nextInt(300);
            try (RunningServer server = RunningServer.start(home, Map.of())) {
                check(server.client(), "round " + round);
                List<CompletableFuture<Void>> uploads = new ArrayList<>();
                SKILLS.forEach(skill ->
                        uploads.add(CompletableFuture.runAsync(() -> uploadUntilKilled(server.client(), skill))));
                // The moment is random on purpose; nothing is asserted about time.
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS))
                        .join();
                server.kill();
                uploads.forEach(CompletableFuture::join);
            }
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            check(server.client(), "the end");
        }
        assertThat(sent.values()).allMatch(skill -> skill.next > KILLS / 2);
    }

    private void uploadUntilKilled(ApiClient api, String skill) {
        Sent known = Objects.requireNonNull(sent.get(skill));
        while (true) {
            int version = known.next++;
            known.unacknowledged.add(version);
            try {
                TestPackage made = TestPackage.of(skill, version + ".0");
                for (int file = 0; file < FILES; file++) {
                    made.file("files/" + file + ".txt", "version " + version);
                }
                ApiClient.Answer answer = api.install(made.zip());
                String request = answer.json().get("request_id").stringValue();
                known.acknowledged.put(request, version);
                known.unacknowledged.remove(version);
                if (version % 3 != 0) {
                    api.awaitInstall(request);
                }
            } catch (CompletionException | IOException | org.awaitility.core.ConditionTimeoutException e) {
                return;
            }
        }
    }

    private void check(ApiClient api, String when) throws IOException {
        for (Map.Entry<String, Sent> skill : sent.entrySet()) {
            String where = when + ", skill " + skill.getKey();
            Sent known = skill.getValue();
            int installed = 0;
            for (Map.Entry<String, Integer> request : known.acknowledged.entrySet()) {
                JsonNode end = api.get("/v1/skill-packages/" + request.getKey()).json();
                assertThat(end.get("status").stringValue())
                        .as("%s %s", where, end)
                        .isIn("succeeded", "failed");
                if (end.get("status").stringValue().equals("succeeded")) {
                    installed = Math.max(installed, request.getValue());
                }
            }
            Path folder = home.resolve("data/skills").resolve(skill.getKey());
            if (!Files.exists(folder)) {
                assertThat(installed).as(where).isZero();
                continue;
            }
            String spelled = api.get("/v1/skills/" + skill.getKey())
                    .json()
                    .get("version")
                    .stringValue();
            int live = Integer.parseInt(spelled.substring(0, spelled.indexOf('.')));
            if (!known.unacknowledged.contains(live)) {
                assertThat(live).as(where).isEqualTo(installed);
            } else {
                assertThat(live).as(where).isGreaterThan(installed);
            }
            for (int file = 0; file < FILES; file++) {
                assertThat(folder.resolve("files/" + file + ".txt")).as(where).hasContent("version " + live);
            }
        }
        for (String place : List.of("data/skills/.staging", "data/skill_installs/requests")) {
            if (Files.exists(home.resolve(place))) {
                try (Stream<Path> left = Files.list(home.resolve(place))) {
                    assertThat(left).as(when).isEmpty();
                }
            }
        }
    }
}
