package skillrunner.domain.run;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RunFileRulesTest {
    private final RunFileRules rules = new RunFileRules(
            Set.of(".codex/auth.json", ".gemini/oauth_creds.json", ".iflow/iflow_accounts.json"),
            Set.of("oauth_creds"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".codex/auth.json",
                "copy/of/home/.codex/auth.json",
                "artifacts/.codex/auth.json",
                "artifacts/my_oauth_creds.json.bak",
                ".Gemini/OAuth_Creds.json",
                "auth.json",
                "deep/down/iflow_accounts.json",
                "credentials.json",
                ".config/gcloud/.credentials.json"
            })
    void what_engines_sign_in_with_is_shown_to_nobody(String path) {
        assertThat(rules.isCredential(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "artifacts/auth.json",
                "artifacts/credentials.json",
                "artifacts/report.md",
                "input.json",
                ".codex/config.toml",
                "x.codex/auth.json.txt",
                "oauth/report.md"
            })
    void what_a_skill_may_call_its_files_is_shown(String path) {
        assertThat(rules.isCredential(path)).isFalse();
    }

    @Test
    void a_name_tells_a_file_with_tokens_only_where_an_engine_says_so() {
        RunFileRules others = new RunFileRules(Set.of(".fifth/auth.json"), Set.of("Fifth_Tokens"));

        assertThat(others.isCredential("artifacts/old_fifth_tokens.txt")).isTrue();
        assertThat(others.isCredential("artifacts/my_oauth_creds.json.bak")).isFalse();
    }

    @Test
    void a_folder_is_the_servers_by_its_whole_name() {
        assertThat(RunFileRules.isServers("result")).isTrue();
        assertThat(RunFileRules.isServers(".audit/stdout.1.log")).isTrue();
        assertThat(RunFileRules.isServers("results/a")).isFalse();
        assertThat(RunFileRules.isServers("artifacts/result/a")).isFalse();
        assertThat(RunFileRules.isBundles("bundle/manifest.json")).isTrue();
        assertThat(RunFileRules.isBundles("bundles/a")).isFalse();
    }
}
