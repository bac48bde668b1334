package skillrunner.process.binaries;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment of a child process, built from an allow-list; the server's secrets can't get into it. */
final class ChildEnvironment {
    /** What every program may need to work on this machine. */
    private static final Set<String> ALLOWED = Set.of(
            "LANG",
            "LC_*",
            "TZ",
            "USER",
            "LOGNAME",
            "SHELL",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "all_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "NODE_EXTRA_CA_CERTS",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "NPM_CONFIG_REGISTRY",
            "npm_config_registry");

    /** What no child may see, whoever asks for it. */
    private static final Set<String> DENIED = Set.of("UI_BASIC_AUTH_*", "SKILL_RUNNER_*", "*CLIENT_SECRET");

    private final List<Path> path;
    private final Path npmPrefix;
    private final Path agentHome;
    private final Map<String, String> server;

    ChildEnvironment(List<Path> path, Path npmPrefix, Path agentHome, Map<String, String> server) {
        this.path = List.copyOf(path);
        this.npmPrefix = npmPrefix;
        this.agentHome = agentHome;
        this.server = Map.copyOf(server);
    }

    Map<String, String> build(Set<String> passed, Map<String, String> set) {
        Map<String, String> child = new TreeMap<>();
        child.put("LANG", "C.UTF-8");
        server.forEach((name, value) -> {
            if ((matches(ALLOWED, name) || matches(passed, name)) && !matches(DENIED, name)) {
                child.put(name, value);
            }
        });
        child.put("PATH", path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        child.put("TERM", "dumb");
        child.put("HOME", agentHome.toString());
        child.put("ZDOTDIR", agentHome.toString());
        child.put("XDG_CONFIG_HOME", agentHome.resolve(".config").toString());
        child.put("XDG_DATA_HOME", agentHome.resolve(".local/share").toString());
        child.put("XDG_STATE_HOME", agentHome.resolve(".local/state").toString());
        child.put("XDG_CACHE_HOME", agentHome.resolve(".cache").toString());
        child.put("NPM_CONFIG_PREFIX", npmPrefix.toString());
        child.putAll(set);
        return child;
    }

    private static boolean matches(Set<String> patterns, String name) {
        return patterns.contains(name) || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return (pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1)))
                || (pattern.startsWith("*") && name.endsWith(pattern.substring(1)));
    }
}
