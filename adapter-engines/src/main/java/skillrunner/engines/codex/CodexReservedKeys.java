package skillrunner.engines.codex;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import skillrunner.engines.settings.SettingsPath;

/** The settings that a skill may not bring, because they reach beyond its own run. */
final class CodexReservedKeys {
    /** Whole settings, with everything below them. */
    private static final Set<String> SETTINGS = Set.of(
            // Leave the sandbox, widen it, or ask somebody who isn't there.
            "allow_symlinked_codex_home",
            "approval_policy",
            "approvals_reviewer",
            "auto_review",
            "default_permissions",
            "permissions",
            "sandbox_mode",
            "sandbox_workspace_write",
            "use_legacy_landlock",
            "windows",
            // Start programs outside of the sandbox.
            "bypass_hook_trust",
            "hooks",
            "js_repl_node_module_dirs",
            "js_repl_node_path",
            "marketplaces",
            "mcp_servers",
            "notify",
            "plugins",
            "zsh_path",
            // Send prompts or credentials elsewhere.
            "apps",
            "chatgpt_base_url",
            "cloud",
            "feedback",
            "model_provider",
            "model_providers",
            "openai_base_url",
            "orchestrator",
            "oss_provider",
            "otel",
            // Hand the server's environment to the model's commands.
            "shell_environment_policy",
            // Touch what all runs share: credentials, trust, sessions, logs.
            "cli_auth_credentials_store",
            "debug",
            "forced_chatgpt_workspace_id",
            "forced_login_method",
            "history",
            "log_dir",
            "memories",
            "profile",
            "profiles",
            "projects",
            "sqlite_home",
            // Take instructions or settings from files outside of the run.
            "model_catalog_json",
            "model_instructions_file",
            "project_doc_fallback_filenames",
            "project_root_markers",
            "skills");

    /** Codex promises nothing about what begins like this. */
    private static final List<String> PREFIXES = List.of("experimental_", "mcp_");

    /** Single settings inside tables that are otherwise free. */
    private static final List<List<String>> PATHS = List.of(
            List.of("agents", SettingsPath.ANY, "config_file"),
            List.of("features", "apps"),
            List.of("features", "apps_mcp_path_override"),
            List.of("features", "codex_hooks"),
            List.of("features", "connectors"),
            List.of("features", "exec_permission_approvals"),
            List.of("features", "external_migration"),
            List.of("features", "hooks"),
            List.of("features", "memories"),
            List.of("features", "memory_tool"),
            List.of("features", "network_proxy"),
            List.of("features", "plugin_hooks"),
            List.of("features", "plugins"),
            List.of("features", "remote_control"),
            List.of("features", "remote_plugin"),
            List.of("features", "request_permissions"),
            List.of("features", "request_permissions_tool"),
            List.of("features", "skill_mcp_dependency_install"),
            List.of("features", "use_legacy_landlock"),
            List.of("features", "use_linux_sandbox_bwrap"));

    private CodexReservedKeys() {}

    /** Finds the first reserved setting, in the order of the names. */
    static Optional<String> firstIn(Map<String, Object> settings) {
        for (String key : new TreeMap<>(settings).keySet()) {
            if (SETTINGS.contains(key) || PREFIXES.stream().anyMatch(key::startsWith)) {
                return Optional.of(key);
            }
        }
        return PATHS.stream()
                .filter(path -> SettingsPath.isSet(settings, path))
                .map(path -> String.join(".", path))
                .findFirst();
    }
}
