package skillrunner.acceptance;

import java.time.Duration;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Upgrade tasks over the API. */
record Upgrades(ApiClient api) {
    static final String PATH = "/v1/engines/upgrades";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    ApiClient.Answer post(String json) {
        return api.post(PATH, json);
    }

    /** Begins a task for one engine. @return its id */
    String begin(EngineId engine) {
        return accepted(post("{\"mode\": \"single\", \"engine\": \"" + engine + "\"}"));
    }

    /** Begins a task for all engines. @return its id */
    String beginAll() {
        return accepted(post("{\"mode\": \"all\"}"));
    }

    JsonNode find(String task) {
        ApiClient.Answer answer = api.get(PATH + "/" + task);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    JsonNode awaitEnd(String task) {
        return await("end of upgrade " + task)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(
                        () -> find(task),
                        found -> ApiClient.ENDED.contains(found.get("status").stringValue()));
    }

    /** Waits until an engine's command is at work. */
    JsonNode awaitAtWork(String task, EngineId engine) {
        return await(engine + " at work for upgrade " + task)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> find(task), found -> found.path("running")
                        .path("engine")
                        .asString("")
                        .equals(engine.wire()));
    }

    /** Upgrades an engine. @return the ended task */
    JsonNode run(EngineId engine) {
        return awaitEnd(begin(engine));
    }

    JsonNode runAll() {
        return awaitEnd(beginAll());
    }

    /** Tells the version of an engine as the list of engines shows it; empty if null. */
    String shownVersion(EngineId engine) {
        for (JsonNode listed : api.get("/v1/engines").json().get("engines")) {
            if (listed.get("engine").stringValue().equals(engine.wire())) {
                return listed.get("cli_version_detected").asString("");
            }
        }
        throw new AssertionError(engine + " is not listed");
    }

    static JsonNode result(JsonNode task, EngineId engine) {
        return task.get("results").get(engine.wire());
    }

    static String status(JsonNode task, EngineId engine) {
        return result(task, engine).get("status").stringValue();
    }

    static String error(JsonNode task, EngineId engine) {
        return result(task, engine).get("error").asString("");
    }

    private static String accepted(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("status").stringValue()).isEqualTo("queued");
        return answer.json().get("request_id").stringValue();
    }
}
