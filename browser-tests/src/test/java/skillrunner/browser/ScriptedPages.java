package skillrunner.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

/** A server whose engines are scripted CLIs, a browser that looks at it, and the skills that a class of tests puts there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScriptedPages {
    Path home;
    RunningServer server;
    ApiClient api;
    Browser browser;

    /** Puts into the home of the server what the tests need, before it starts. */
    void prepare() throws IOException {}

    /** Returns the settings of the server that are not the usual ones of a test. */
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeAll
    final void start(@TempDir Path folder) throws IOException {
        home = folder;
        for (EngineId engine : EngineId.BUILT_IN) {
            ScriptedCli.install(home.resolve("cache/npm/bin"), engine);
        }
        prepare();
        server = RunningServer.start(home, settings());
        api = server.client();
        browser = Browser.shared();
    }

    @AfterAll
    final void stop() {
        server.close();
    }

    /** Lets a run that may ask end with an answer after it has followed some directives. */
    final String ended(String... directives) {
        List<String> all = new ArrayList<>(List.of(directives));
        all.add("answer {\"status\": \"fine\"}");
        String request = api.create(TestSkill.asking(all.toArray(String[]::new)));
        api.awaitEnd(request);
        return request;
    }

    /** Lets a run come to a question. */
    final String asks(String kind, String members) {
        String request = api.create(TestSkill.asking("answer {\"ask_user\": {\"kind\": \"" + kind
                + "\", \"prompt\": \"Is this right?\", " + members + "}}"));
        api.awaitStatus(request, Set.of("waiting_user"));
        return request;
    }
}
