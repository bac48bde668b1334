package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.acceptance.ScriptedSignIns.SESSIONS;
import static skillrunner.acceptance.ScriptedSignIns.answer;
import static skillrunner.acceptance.ScriptedSignIns.await;
import static skillrunner.acceptance.ScriptedSignIns.cancel;

/** A server is killed while an engine's own program signs in, in each state; the next one clears up. */
class DelegateSignInKillIT {
    private static final String ACCOUNTS = "{ \"accounts\":[ {\"email\":\"a@example.org\"} ] }\n";

    /** It stops where a file says, with a child in a session of its own. */
    private static final String PROGRAM =
            """
            setsid sleep 1000 </dev/null >/dev/null 2>&1 &
            echo $! >>"$HOME/pids"
            until=$(cat "$HOME/until")
            test $until = waiting_user && trap '' TERM HUP INT
            test $until = starting && hang
            say 'Project ID (leave blank): '
            test $until = waiting_orchestrator && hang
            line
            say '\\r\\nOAuth URL:\\r\\nhttps://accounts.google.com/o/oauth2/v2/auth?state=one\\r\\n\\r\\n'
            say 'Paste the redirect URL (or just the code) here: '
            hang
            """;

    @Test
    void what_it_left_is_ended_and_told(@TempDir Path home) throws Exception {
        ScriptedSignIns programs = new ScriptedSignIns(home);
        Path accounts = programs.put(".config/opencode/antigravity-accounts.json", ACCOUNTS);
        programs.program("opencode", PROGRAM);
        String former = "";
        for (String state :
                List.of("starting", "waiting_orchestrator", "waiting_user", "code_submitted_waiting_result", "")) {
            try (RunningServer server = RunningServer.start(home, Map.of("PATH", programs.path()))) {
                ApiClient api = server.client();
                if (!former.isEmpty()) {
                    checkEnd(api, former, programs, accounts);
                }
                programs.put("until", state);
                if (!state.isEmpty()) {
                    former = reach(state, api, programs);
                    assertThat(accounts).content().doesNotContain("a@example.org");
                    server.kill();
                } else {
                    programs.put("until", "starting");
                    cancel(api, programs.begin(api, "opencode", "auth_code_or_url", "google"));
                    programs.awaitNoProgram();
                }
            }
        }
        assertThat(accounts).hasContent(ACCOUNTS);
    }

    private static String reach(String state, ApiClient api, ScriptedSignIns programs) throws Exception {
        String session = programs.begin(api, "opencode", "auth_code_or_url", "google");
        if (state.equals("code_submitted_waiting_result")) {
            await(api, session, "waiting_user");
            answer(api, session, "http://localhost:51121/oauth-callback?code=some-code&state=one");
        }
        JsonNode reached = await(api, session, state);
        assertThat(reached.get("status").stringValue()).as(reached.toString()).isEqualTo(state);
        Awaitility.await().until(() -> programs.pids().size() >= 2);
        return session;
    }

    private static void checkEnd(ApiClient api, String session, ScriptedSignIns programs, Path accounts)
            throws Exception {
        ApiClient.Answer told = api.get(SESSIONS + "/" + session);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().get("status").stringValue()).isEqualTo("failed");
        assertThat(told.json().get("error_code").stringValue()).isEqualTo("ORCHESTRATOR_RESTART_INTERRUPTED");
        Path events = Path.of(told.json().get("log_root").stringValue()).resolve("events.jsonl");
        Awaitility.await().until(() -> Files.readString(events).contains("session_finished"));
        programs.awaitNoProgram();
        assertThat(accounts).hasContent(ACCOUNTS);
        assertThat(events).content().containsOnlyOnce("session_finished");
        Files.deleteIfExists(programs.agentHome().resolve("pids"));
    }
}
