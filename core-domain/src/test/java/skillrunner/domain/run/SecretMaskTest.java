package skillrunner.domain.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            mcp_servers.a.env.API_KEY="abc"                       | mcp_servers.a.env.API_KEY=***
            mcp_servers.a.env={ "API_KEY" = "a\\"b", "X" = "1" }   | mcp_servers.a.env={ "API_KEY" = ***, "X" = "1" }
            {"apiKey": "abc", "model": "m"}                       | {"apiKey": ***, "model": "m"}
            {"tokens": ["a]", "b"], "model": "m"}                 | {"tokens": ***, "model": "m"}
            http_headers={ "Authorization" = "Bearer abc" }       | http_headers={ "Authorization" = *** }
            Authorization: Bearer abcdefgh                        | Authorization: ***
            --api-key=abc                                         | --api-key=***
            x.password='abc                                       | x.password=***
            url="https://user:pw@host/x"                          | url="https://***@host/x"
            use sk-abcdefghijklmnop now                           | use *** now
            """)
    void what_is_named_like_a_secret_or_looks_like_one_is_hidden(String argument, String shown) {
        assertThat(SecretMask.masked(List.of(argument), Set.of())).containsExactly(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec",
                "-c",
                "--skip-git-repo-check",
                "approval_policy=\"never\"",
                "cli_auth_credentials_store=\"file\"",
                "model_auto_compact_token_limit=100000",
                "max_tokens=4096",
                "env_key=\"MY_KEY\"",
                "hide_api_key=true",
                "project_root_markers=[]",
                "monkey business"
            })
    void everything_else_stays(String argument) {
        assertThat(SecretMask.masked(List.of(argument), Set.of())).containsExactly(argument);
    }

    @Test
    void the_argument_after_an_option_for_a_secret_is_hidden() {
        assertThat(SecretMask.masked(List.of("--token", "abc", "--model", "m", "--password", "--json"), Set.of()))
                .containsExactly("--token", "***", "--model", "m", "--password", "--json");
    }

    @Test
    void the_value_of_a_secret_variable_is_hidden_wherever_it_stands() {
        Set<String> secrets = SecretMask.secretsAmong(
                Map.of("OPENAI_API_KEY", "hunter2-hunter2", "PATH", "/usr/bin:/bin", "SHORT_KEY", "1"));

        assertThat(secrets).containsExactly("hunter2-hunter2");
        assertThat(SecretMask.masked(List.of("x=hunter2-hunter2", "1", "/usr/bin:/bin"), secrets))
                .containsExactly("x=***", "1", "/usr/bin:/bin");
    }

    @Test
    void a_long_argument_is_cut_and_one_that_never_ends_its_quotes_is_borne() {
        String hostile = "token=\"" + "\\\"".repeat(200_000);

        assertThat(SecretMask.masked(
                        List.of("a".repeat(500_000), hostile, "=".repeat(500_000), "x={".repeat(2_000)), Set.of()))
                .allSatisfy(argument -> assertThat(argument.length()).isLessThan(2_100));
    }
}
