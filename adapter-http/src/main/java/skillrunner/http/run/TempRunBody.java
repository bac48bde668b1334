package skillrunner.http.run;

import java.util.Set;
import skillrunner.application.run.admission.CreateTempRunCommand;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.JsonBody;

/** What a client sends to ask for a run of a skill that it will send. */
final class TempRunBody {
    private static final Set<String> FIELDS = Set.of("engine", "input", "parameter", "model", "runtime_options");

    private TempRunBody() {}

    /**
     * Reads the body.
     *
     * @throws RefusedException with all that is wrong with it
     */
    static CreateTempRunCommand command(JsonBody body) {
        body.allowOnly(FIELDS);
        CreateTempRunCommand command = new CreateTempRunCommand(
                body.text("engine").orElse(EngineId.CODEX.wire()),
                body.anything("input"),
                body.object("parameter"),
                body.text("model"),
                body.object("runtime_options"));
        body.refuseIfWrong();
        return command;
    }
}
