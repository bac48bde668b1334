package skillrunner.delegate;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.application.json.JsonText;
import skillrunner.application.signin.SignInDriver;
import skillrunner.delegate.CredentialWatch.Place;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/** All drivers that sign engines in by the engines' own programs. */
public final class DelegateDrivers {
    private static final String OPENCODE_AUTH = ".local/share/opencode/auth.json";

    private DelegateDrivers() {}

    /**
     * Makes them.
     *
     * @param settings what the operator set
     * @param consoles where programs run
     * @param binaries where they are
     * @param engines the engines of this server
     * @param trusted the folders in which they work without asking
     * @param json reads and writes the engines' files
     * @param clock tells the time
     * @param background gives threads
     * @return the drivers, in the order of menus
     */
    public static List<SignInDriver> of(
            DelegateSettings settings,
            Consoles consoles,
            EngineBinaries binaries,
            Engines engines,
            TrustedFolders trusted,
            JsonText json,
            Clock clock,
            BackgroundTasks background) {
        Parts parts = new Parts(
                settings,
                consoles,
                binaries,
                engine -> engines.cli(engine).map(EngineCli::binaryNames).orElse(List.of()),
                engines::variables,
                trusted,
                json,
                clock,
                background);
        LoopbackReplay replay = new LoopbackReplay(background);
        return List.of(codex(parts, replay), gemini(parts), iflow(parts), opencode(parts, replay));
    }

    private static DelegateDriver codex(Parts parts, LoopbackReplay replay) {
        return new DelegateDriver(
                List.of(way(EngineId.CODEX, SignInMethod.CALLBACK), way(EngineId.CODEX, SignInMethod.AUTH_CODE_OR_URL)),
                way -> codexScripts(way.method(), parts, replay),
                way -> List.of(Place.file(".codex/auth.json")),
                Optional.empty(),
                parts);
    }

    /** At somebody else's issuer its screen shows codes for devices only, and its protocol pages only. */
    private static List<Script> codexScripts(SignInMethod method, Parts parts, LoopbackReplay replay) {
        Optional<String> issuer = parts.settings().openAiIssuer();
        Script byScreen = new CodexScript(method, issuer, replay);
        Script byProtocol = new CodexProtocol(method, issuer, parts.json(), replay);
        if (issuer.isEmpty()) {
            return List.of(byProtocol, byScreen);
        }
        return List.of(method == SignInMethod.CALLBACK ? byProtocol : byScreen);
    }

    private static DelegateDriver gemini(Parts parts) {
        return new DelegateDriver(
                List.of(way(EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL)),
                way -> List.of(new GeminiScript()),
                way -> List.of(Place.file(".gemini/oauth_creds.json")),
                Optional.of(new DelegateDriver.SessionFile(
                        ".gemini/settings.json", "{\"general\":{\"enableAutoUpdate\":false}}\n")),
                parts);
    }

    private static DelegateDriver iflow(Parts parts) {
        return new DelegateDriver(
                List.of(way(EngineId.IFLOW, SignInMethod.AUTH_CODE_OR_URL)),
                way -> List.of(new IflowScript()),
                way -> List.of(Place.file(".iflow/oauth_creds.json")),
                Optional.empty(),
                parts);
    }

    private static DelegateDriver opencode(Parts parts, LoopbackReplay replay) {
        return new DelegateDriver(
                List.of(
                        OpencodeAccount.OPENAI.way(SignInMethod.CALLBACK),
                        OpencodeAccount.OPENAI.way(SignInMethod.AUTH_CODE_OR_URL),
                        OpencodeAccount.GOOGLE.way(SignInMethod.AUTH_CODE_OR_URL)),
                way -> List.of(new OpencodeScript(OpencodeAccount.of(way), way.method(), replay)),
                DelegateDrivers::opencodePlaces,
                Optional.empty(),
                parts);
    }

    private static List<Place> opencodePlaces(SignInWay way) {
        OpencodeAccount account = OpencodeAccount.of(way);
        Place entry = new Place(OPENCODE_AUTH, Optional.of(account.provider().id()));
        return account == OpencodeAccount.GOOGLE ? List.of(entry, Place.file(GoogleAccounts.PATH)) : List.of(entry);
    }

    private static SignInWay way(EngineId engine, SignInMethod method) {
        return SignInWay.of(SignInTransport.CLI_DELEGATE, engine, method);
    }
}
