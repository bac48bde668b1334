package skillrunner.http.run;

import java.util.Set;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.JsonBody;

/** What a client sends to ask for a job. */
final class JobBody {
    private static final Set<String> FIELDS =
            Set.of("skill_id", "engine", "input", "parameter", "model", "runtime_options", "await_upload");

    private JobBody() {}

    /**
     * Reads the body.
     *
     * @throws RefusedException with all that is wrong with it
     */
    static CreateRunCommand command(JsonBody body) {
        body.allowOnly(FIELDS);
        CreateRunCommand command = new CreateRunCommand(
                body.requiredText("skill_id"),
                body.text("engine").orElse(EngineId.CODEX.wire()),
                body.anything("input"),
                body.object("parameter"),
                body.text("model"),
                body.object("runtime_options"),
                body.flag("await_upload"));
        body.refuseIfWrong();
        return command;
    }
}
