package skillrunner.app.settings;

import java.util.List;
import skillrunner.embedding.settings.ProcessSettings;

/** The variables of the processes of runs. */
final class ProcessVariables {
    private static final Variable PID_NAMESPACES = new Variable(
            "SKILL_RUNNER_PID_NAMESPACES",
            "`true`",
            "Gives each run a PID namespace where the machine allows it, so that nothing a run started outlives it;"
                    + " `skill-runner doctor` says whether it does.");

    static final List<Variable> VARIABLES = List.of(PID_NAMESPACES);

    private ProcessVariables() {}

    static ProcessSettings read(EnvironmentReader reader) {
        return new ProcessSettings(reader.flag(PID_NAMESPACES, ProcessSettings.USUAL.pidNamespaces()));
    }
}
