package skillrunner.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.testkit.run.ScriptedAgentProcesses;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Runs that ask something. */
abstract class ConversationTestBed extends HttpTestBed {
    static final String MANAGED = "/v1/management/runs/" + REQUEST;

    ConversationTestBed(@TempDir Path temporary) {
        super(temporary);
    }

    /** Asks for the first run, which may ask its user something. */
    void asking() {
        core.skills.install(
                aSkill().inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE).build());
        core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("execution_mode", "interactive"), false));
    }

    /** Lets the first run ask its first question. */
    void waiting() {
        asking();
        start().prints("session s-1").prints("say Hello").answers("{\"ask_user\": {\"prompt\": \"Which?\"}}");
        reaches(RunStatus.WAITING_USER);
    }

    /** Lets the first run ask, answers it, and lets it end. */
    void answeredInTwoTurns() throws Exception {
        waiting();
        core.processes.onLaunch(process -> process.prints("session s-1").prints("say Thanks"));
        assertThat(post(JOB + "/interaction/reply", "{\"interaction_id\": 1, \"response\": \"this\"}")
                        .statusCode())
                .isEqualTo(200);
        secondTurn().answers("{\"__SKILL_DONE__\": true}");
        reaches(RunStatus.SUCCEEDED);
    }

    /** Lets the first run say more at once than anybody holds, and end. */
    void talkative() {
        asking();
        start().prints("session s-1")
                .prints("say short")
                .prints("say " + "中 x".repeat(100_000))
                .prints("say " + "y".repeat(70_000))
                .answers("{\"__SKILL_DONE__\": true}");
        reaches(RunStatus.SUCCEEDED);
    }

    /** Waits until the process of the second turn was started, which is after the run is said to work again. */
    ScriptedAgentProcesses.ScriptedProcess secondTurn() {
        await().atMost(PATIENCE).until(() -> core.processes.launches().size() == 2);
        return core.processes.process(RUN, 2);
    }

    void reaches(RunStatus status) {
        await().atMost(PATIENCE).until(() -> core.runs.find(RUN).orElseThrow().status() == status);
    }

    /** What a front end shows of the first run. */
    List<JsonNode> shown() throws Exception {
        return events(get(JOB + "/events/history").body());
    }

    static List<JsonNode> events(String body) {
        return StreamSupport.stream(json(body).get("events").spliterator(), false)
                .toList();
    }

    static List<Long> numbers(List<JsonNode> events) {
        return events.stream().map(event -> event.get("seq").longValue()).toList();
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.get("type").stringValue()).toList();
    }
}
