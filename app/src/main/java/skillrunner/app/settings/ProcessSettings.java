package skillrunner.app.settings;

import java.util.List;

/**
 * How the processes of runs are kept together.
 *
 * @param pidNamespaces whether each run gets a PID namespace where the machine allows it
 */
public record ProcessSettings(boolean pidNamespaces) {
    private static final Variable PID_NAMESPACES = new Variable(
            "SKILL_RUNNER_PID_NAMESPACES",
            "`true`",
            "Gives each run a PID namespace where the machine allows it, so that nothing a run started outlives it;"
                    + " `skill-runner doctor` says whether it does.");

    static final List<Variable> VARIABLES = List.of(PID_NAMESPACES);

    static ProcessSettings read(EnvironmentReader reader) {
        return new ProcessSettings(reader.flag(PID_NAMESPACES, true));
    }
}
