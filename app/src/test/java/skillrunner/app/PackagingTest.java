package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import skillrunner.app.agents.AgentManagerCommand;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.Settings;
import skillrunner.app.settings.Variable;

import static org.assertj.core.api.Assertions.assertThat;

/** What the container and the unit of systemd name is there in the product. Neither is started by a test. */
class PackagingTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository"), "started without Maven"));
    private static final String DOCKERFILE = "Dockerfile";
    private static final String UNIT = "packaging/skill-runner.service";
    private static final Pattern VARIABLE = Pattern.compile("\\b(SKILL_RUNNER_[A-Z_]+|UI_[A-Z_]+|HOST|PORT|HOME)=");
    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?:--from=build /src/)?(\\S+) \\S+$");

    @ParameterizedTest
    @ValueSource(strings = {DOCKERFILE, UNIT, "docs/operations.md"})
    void every_variable_is_one_of_the_server(String file) throws IOException {
        Set<String> known = Settings.VARIABLES.stream().map(Variable::name).collect(Collectors.toSet());
        String launcher = text("scripts/skill-runner");
        assertThat(all(VARIABLE, file))
                .isNotEmpty()
                .allMatch(name -> known.contains(name) || launcher.contains("${" + name + ":-}"));
    }

    @Test
    void what_is_copied_is_there_or_made_by_the_build() throws IOException {
        List<String> copied = all(COPIED, DOCKERFILE);
        assertThat(copied).containsExactly(".", "app/target/dist");
        assertThat(text("app/pom.xml"))
                .contains(
                        "<dist.dir>${project.build.directory}/dist</dist.dir>",
                        "todir=\"${dist.dir}/bin\"",
                        "file=\"${project.basedir}/../scripts/skill-runner\"");
        assertThat(ROOT.resolve("mvnw")).isExecutable();
        assertThat(text("pom.xml")).contains("<id>distribution</id>");
    }

    @Test
    void both_start_the_server_by_the_launcher() throws IOException {
        assertThat(text(DOCKERFILE))
                .contains("ln -s /opt/skill-runner/bin/skill-runner ", "\"skill-runner\"]\nCMD [\"serve\"]");
        assertThat(text(UNIT)).contains("ExecStart=/opt/skill-runner/bin/skill-runner serve\n");
        assertThat(ServeCommand.class.getAnnotation(Command.class).name()).isEqualTo("serve");
        assertThat(AgentManagerCommand.class.getAnnotation(Command.class).name())
                .isEqualTo("agent-manager");
    }

    @Test
    void the_container_runs_as_nobody_special_and_asks_the_server_how_it_is() throws IOException {
        String file = text(DOCKERFILE);
        assertThat(file).containsPattern("(?m)^USER skill-runner$").contains("--uid 10001", "VOLUME /data");
        assertThat(file.indexOf("\nUSER ")).isLessThan(file.indexOf("\nENTRYPOINT "));
        assertThat(file.substring(file.lastIndexOf("\nUSER "))).doesNotContain("USER root", "\nRUN ");
        assertThat(file).contains("HEALTHCHECK", "/healthz");
        // What belongs to a registry is mounted for one step and never becomes a layer, an argument or a variable.
        assertThat(file).contains("type=secret").doesNotContain("ARG ", "_authToken", "PASSWORD=");
    }

    @Test
    void the_unit_ends_the_server_only_and_leaves_runs_what_their_namespaces_need() throws IOException {
        String unit = text(UNIT);
        assertThat(unit)
                .contains(
                        "KillMode=process\n",
                        "RestartPreventExitStatus=" + LostStore.EXIT_CODE + " " + BadSettingException.EXIT_CODE + "\n",
                        "User=skill-runner\n",
                        "NoNewPrivileges=yes\n",
                        "ProtectSystem=strict\n");
        assertThat(unit)
                .doesNotContainPattern("(?m)^(ProtectProc|ProcSubset|ProtectKernelTunables|ProtectKernelLogs|PrivateTmp"
                        + "|PrivateUsers|MemoryDenyWriteExecute|DynamicUser)=");
        assertThat(unit).containsPattern("(?m)^RestrictNamespaces=.*\\buser\\b.*\\bpid\\b.*\\bmnt\\b");
    }

    private static List<String> all(Pattern pattern, String file) throws IOException {
        return pattern.matcher(text(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
