package skillrunner.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.domain.engine.EngineId;

/**
 * An engine's CLI as a user meets it.
 *
 * @param engine the engine
 * @param npmPackage npm package that holds it
 * @param binary name of its program
 * @param credentials files below the agent home that are all there once it is signed in
 * @param signIn arguments that sign it in, or empty if its own menu does
 */
public record EngineCli(EngineId engine, String npmPackage, String binary, List<String> credentials, String signIn) {
    /** Every engine, in the order of the product. */
    public static final List<EngineCli> ALL = List.of(
            new EngineCli(EngineId.CODEX, "@openai/codex", "codex", List.of(".codex/auth.json"), "login"),
            new EngineCli(
                    EngineId.GEMINI,
                    "@google/gemini-cli",
                    "gemini",
                    List.of(".gemini/google_accounts.json", ".gemini/oauth_creds.json"),
                    ""),
            new EngineCli(
                    EngineId.IFLOW,
                    "@iflow-ai/iflow-cli",
                    "iflow",
                    List.of(".iflow/iflow_accounts.json", ".iflow/oauth_creds.json"),
                    ""),
            new EngineCli(
                    EngineId.OPENCODE,
                    "opencode-ai",
                    "opencode",
                    List.of(".local/share/opencode/auth.json"),
                    "auth login"));

    /** Copies the list. */
    public EngineCli {
        credentials = List.copyOf(credentials);
    }

    /**
     * Returns the CLI of codex.
     *
     * @return it
     */
    public static EngineCli codex() {
        return ALL.get(0);
    }

    /**
     * Looks for the program.
     *
     * @param binaries where programs are
     * @return its path, or empty
     */
    public Optional<Path> find(EngineBinaries binaries) {
        return binaries.find(List.of(binary)).map(Path::of);
    }

    /**
     * Tells whether it is signed in, as far as files tell.
     *
     * @param agentHome home of the CLIs
     * @return true if every credential file is there
     */
    public boolean signedIn(Path agentHome) {
        return credentials.stream().allMatch(file -> Files.isRegularFile(agentHome.resolve(file)));
    }

    /**
     * Returns the command that installs it where the server looks first.
     *
     * @param npmPrefix the managed prefix
     * @return program and arguments
     */
    public List<String> install(Path npmPrefix) {
        return List.of("npm", "install", "--global", "--prefix", npmPrefix.toString(), npmPackage);
    }
}
