package skillrunner.app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How engines are shown in a terminal.
 *
 * @param life how long a session may last
 * @param idle how long a session lasts that nobody looks at
 * @param byTtyd whether ttyd shows it, and not the server itself
 * @param ttydHost the address ttyd binds
 * @param ttydPort its port, if it has to be a certain one
 * @param ttyd the program, if the operator names it
 */
public record TerminalSettings(
        Duration life, Duration idle, boolean byTtyd, String ttydHost, OptionalInt ttydPort, Optional<Path> ttyd) {
    private static final Variable LIFE = new Variable(
            "UI_SHELL_HARD_TTL_SECONDS",
            "`1800`",
            "How long an engine may be shown in the terminal, in seconds; at least 60.");
    private static final Variable IDLE = new Variable(
            "UI_SHELL_IDLE_SECONDS",
            "`900`",
            "How long it goes on when nobody looks at it, in seconds; at least 60. ttyd does not tell who looks.");
    private static final Variable GATEWAY = new Variable(
            "UI_SHELL_GATEWAY",
            "`auto`",
            "What shows the terminal: `embedded` is the server itself, on its own port and behind its own password; `ttyd` is that program, on a port of its own; `auto` is `embedded`.");
    private static final Variable HOST = new Variable(
            "UI_SHELL_TTYD_BIND_HOST",
            "`127.0.0.1`",
            "The address ttyd binds. It asks for no password, so no other than loopback is taken unless `SKILL_RUNNER_ALLOW_INSECURE_BIND` allows it.");
    private static final Variable PORT = new Variable(
            "UI_SHELL_TTYD_PORT",
            "`7681`",
            "The port of ttyd. If it is set, a session is refused while it is taken; else one of the 30 behind it is used then.");
    private static final Variable PROGRAM =
            new Variable("SKILL_RUNNER_TTYD_PATH", "none", "The program ttyd, where it is not found by its name.");

    static final List<Variable> VARIABLES = List.of(LIFE, IDLE, GATEWAY, HOST, PORT, PROGRAM);

    private static final long DEFAULT_LIFE = 1_800;
    private static final long DEFAULT_IDLE = 900;
    private static final long LEAST_SECONDS = 60;
    private static final long MOST_SECONDS = 604_800;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String TTYD = "ttyd";
    private static final List<String> GATEWAYS = List.of("auto", "embedded", TTYD);

    /** Refuses null parts. */
    public TerminalSettings {
        Objects.requireNonNull(life);
        Objects.requireNonNull(idle);
        Objects.requireNonNull(ttydHost);
        Objects.requireNonNull(ttydPort);
        Objects.requireNonNull(ttyd);
    }

    static TerminalSettings read(EnvironmentReader reader) {
        String gateway = reader.text(GATEWAY).orElse("auto").toLowerCase(Locale.ROOT);
        if (!GATEWAYS.contains(gateway)) {
            throw new BadSettingException(GATEWAY.name(), gateway, "one of " + GATEWAYS + " is needed");
        }
        String host = reader.text(HOST).orElse(LOOPBACK);
        if (!AccessSettings.isLoopback(host) && !AccessSettings.allowsInsecureBind(reader)) {
            throw new BadSettingException(
                    HOST.name(),
                    host,
                    "other machines could reach the terminal, and ttyd would ask them for no password; use a loopback address");
        }
        return new TerminalSettings(
                seconds(reader, LIFE, DEFAULT_LIFE),
                seconds(reader, IDLE, DEFAULT_IDLE),
                gateway.equals(TTYD),
                host,
                reader.text(PORT).isPresent()
                        ? OptionalInt.of((int) reader.number(PORT, 1, 1, 65_535))
                        : OptionalInt.empty(),
                reader.text(PROGRAM).map(Path::of));
    }

    private static Duration seconds(EnvironmentReader reader, Variable variable, long usual) {
        return Duration.ofSeconds(Math.max(LEAST_SECONDS, reader.number(variable, usual, 1, MOST_SECONDS)));
    }
}
