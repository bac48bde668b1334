package skillrunner.http.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProtectedPathsTest {
    private static final ProtectedPaths UI = new ProtectedPaths(AccessScope.UI);
    private static final ProtectedPaths ALL = new ProtectedPaths(AccessScope.ALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui",
                "/ui/runs",
                "/ui/runs/22222222-2222-4222-8222-222222222222",
                "/ui/management/runs/table",
                "/ui/preferences",
                "/ui/assets",
                "/ui/engines/auth/session/active",
                "/v1/skill-packages",
                "/v1/skill-packages/install",
                "/v1/skill-packages/4711",
                "/v1/engines/upgrades",
                "/v1/engines/upgrades/4711",
                "/v1/engines/codex/models/manifest",
                "/v1/engines/codex/models/snapshots",
                "/v1/engines/codex/models/suggestion",
                "/v1/engines/nobody/models/manifest",
                "/v1/engines/codex/rollback",
                "/v1/engines/codex/auth",
                "/v1/engines/auth-status",
                "/v1/engines/auth",
                "/v1/engines/auth/sessions",
                "/v1/engines/auth/oauth-proxy/sessions/4711/input",
                "/v1/engines/auth/callback",
                "/v1/engines/auth/callback/openai/more",
                "/v1/engines/auth/oauth-proxy/callback",
                "/v1/engines/auth/cli-delegate/callback/openai"
            })
    void the_pages_and_the_administration_are_covered_by_both_scopes(String path) {
        assertThat(UI.covers(path)).isTrue();
        assertThat(ALL.covers(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/metrics",
                "/v1/skills",
                "/v1/skills/demo",
                "/v1/jobs",
                "/v1/jobs/22222222-2222-4222-8222-222222222222/events",
                "/v1/engines",
                "/v1/engines/codex/models",
                "/v1/temp-skill-runs",
                "/mcp",
                "/v1/management/engines",
                "/v1/management/runs/22222222-2222-4222-8222-222222222222",
                "/v1/ui",
                "/uix",
                "/auth/callback/more",
                "/healthz/more",
                "/ui-static",
                "/v1/skill-packages-more"
            })
    void the_api_is_covered_by_the_scope_for_all_only(String path) {
        assertThat(UI.covers(path)).isFalse();
        assertThat(ALL.covers(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz",
                "/readyz",
                "/readyz/",
                "/ui/assets/0123456789abcdef/app.css",
                "/ui/assets/0123456789abcdef/",
                "/ui-static/app.js",
                "/auth/callback",
                "/v1/engines/auth/callback/openai",
                "/v1/engines/auth/oauth-proxy/callback/openai"
            })
    void assets_signs_of_life_and_callbacks_are_open_in_both_scopes(String path) {
        assertThat(UI.covers(path)).isFalse();
        assertThat(ALL.covers(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/",
                "//ui",
                "//ui/engines",
                "///ui///runs",
                "/UI/runs",
                "/Ui",
                "/%75i/engines",
                "/%75%69",
                "/%2575i/engines",
                "/%25252575i/engines",
                "/ui%2Fruns",
                "/ui%2fruns",
                "/ui%252fruns",
                "\\ui\\runs",
                "/ui\\runs",
                "/%5cui%5cruns",
                "/ui;a=b/runs",
                "/ui;jsessionid=1",
                "/ui%3Bx/runs",
                "/./ui/runs",
                "/x/../ui/runs",
                "/../ui/runs",
                "/../../ui",
                "/x/%2e%2e/ui/runs",
                "/x/.%2E/ui/runs",
                "/x/..;/ui/runs",
                "/x/..%3b/ui/runs",
                "/%2e/ui",
                "/ui/../v1/jobs",
                "/ui/assets/..",
                "/ui/assets/../engines",
                "/ui/assets/x/../../runs",
                "/ui/assets/x/..%2f..%2fruns",
                "/ui/assets/%2e%2e/runs",
                "/ui/assets/..;/runs",
                "/ui/assets/..\\runs",
                "/ui/assets/.",
                "/ui/assets//",
                "/ui/runs/%2e%2e%2fassets%2fx",
                "/ui/runs/../assets/x",
                "/ui/runs/..%5cassets%5cx",
                "/ui-static/../ui/runs",
                "/healthz/../ui",
                "/auth/callback/../../ui",
                "/v1/engines/%75pgrades",
                "/v1/engines/upgrades/",
                "/v1/engines/UPGRADES",
                "/V1/Engines/Upgrades",
                "/v1/engines//upgrades",
                "/v1/engines/x/..;/upgrades",
                "/v1//engines/codex/models/manifest",
                "/v1/engines/codex/models/manifest/",
                "/v1/engines/codex/models/manifest;v=1",
                "/v1/engines/codex/models/%6danifest",
                "/v1/engines/co%2fdex/models/manifest",
                "/v1/engines/auth/callback/%2e%2e/sessions",
                "/v1/engines/auth/callback/..",
                "/v1/engines/auth/callback/a%2fb",
                "/v1/engines/auth/oauth-proxy/callback/..%2fsessions",
                "/%zz/../ui",
                "/%/../ui",
                "/%u/../ui"
            })
    void no_spelling_opens_what_is_covered(String path) {
        assertThat(UI.covers(path)).isTrue();
        assertThat(ALL.covers(path)).isTrue();
    }

    @Test
    void what_is_encoded_more_often_than_anybody_means_is_covered() {
        assertThat(UI.covers("/%" + "25".repeat(20) + "75i")).isTrue();
        assertThat(UI.covers("/v1/jobs/%" + "25".repeat(20) + "75")).isTrue();
        assertThat(UI.covers("/v1/jobs/100%25")).isFalse();
    }

    @Test
    void a_path_full_of_escapes_is_judged_quickly() {
        String path = "/v1/" + "%25".repeat(2_000) + "/../".repeat(500);

        assertThat(UI.covers(path)).isFalse();
    }
}
