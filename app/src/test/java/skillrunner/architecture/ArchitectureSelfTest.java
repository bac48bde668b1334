package skillrunner.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plants one breach for each rule and sees the rule fail on it. A rule that can't fail guards nothing. */
class ArchitectureSelfTest {
    /** Rule to the sources of a breach, by class name. */
    private static final Map<String, Map<String, String>> BREACHES = breaches();

    @TempDir
    private Path folder;

    @Test
    void every_rule_has_a_breach() {
        assertThat(BREACHES.keySet()).isEqualTo(ArchitectureRules.ALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_breach_is_seen(String rule) throws IOException {
        JavaClasses planted = compile(BREACHES.getOrDefault(rule, Map.of()));
        assertThatThrownBy(() ->
                        ArchitectureRules.named(rule).allowEmptyShould(true).check(planted))
                .as(rule)
                .isInstanceOf(AssertionError.class);
    }

    static Stream<String> names() {
        return BREACHES.keySet().stream();
    }

    private JavaClasses compile(Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-d", folder.toString(), "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            String name = source.getKey();
            Files.writeString(
                    file,
                    "package " + name.substring(0, name.lastIndexOf('.')) + ";\npublic class "
                            + name.substring(name.lastIndexOf('.') + 1) + " { " + source.getValue() + " }\n",
                    StandardCharsets.UTF_8);
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new ClassFileImporter().importPath(folder);
    }

    private static Map<String, Map<String, String>> breaches() {
        Map<String, Map<String, String>> breaches = new LinkedHashMap<>();
        breaches.put(
                "the domain knows the language and itself only",
                Map.of("skillrunner.domain.run.Planted", "java.nio.file.Path path;"));
        breaches.put(
                "the application knows the domain and the JDK only",
                Map.of("skillrunner.application.run.Planted", "org.slf4j.Logger logger;"));
        breaches.put(
                "the application touches no file, socket, process or database",
                Map.of("skillrunner.application.run.Planted", "java.net.Socket socket;"));
        breaches.put(
                "adapters never see each other",
                Map.of(
                        "skillrunner.http.run.Planted", "skillrunner.sqlite.run.Other other;",
                        "skillrunner.sqlite.run.Other", ""));
        breaches.put(
                "the support of files knows no adapter",
                Map.of("skillrunner.files.Planted", "skillrunner.application.run.turn.RunWorkspaces workspaces;"));
        breaches.put(
                "nothing depends on the app",
                Map.of("skillrunner.http.run.Planted", "skillrunner.app.Other other;", "skillrunner.app.Other", ""));
        breaches.put(
                "packages form no cycles",
                Map.of(
                        "skillrunner.http.run.Planted", "skillrunner.http.skill.Other other;",
                        "skillrunner.http.skill.Other", "skillrunner.http.run.Planted planted;"));
        breaches.put(
                "the web framework stays in its adapter",
                Map.of("skillrunner.workspace.run.Planted", "io.javalin.http.Context context;"));
        breaches.put(
                "SQL stays in its adapter", Map.of("skillrunner.workspace.run.Planted", "java.sql.Connection sql;"));
        breaches.put(
                "only the process adapter starts processes",
                Map.of("skillrunner.workspace.run.Planted", "Object o = new ProcessBuilder(\"true\");"));
        breaches.put(
                "engine drivers touch no file",
                Map.of("skillrunner.engines.codex.Planted", "java.nio.file.Path path;"));
        breaches.put(
                "only the app asks the clock and makes ids",
                Map.of("skillrunner.workspace.run.Planted", "Object o = java.time.Instant.now();"));
        breaches.put(
                "only the app reads the environment and ends the process",
                Map.of("skillrunner.workspace.run.Planted", "Object o = System.getenv(\"HOME\");"));
        breaches.put(
                "only the app makes threads",
                Map.of("skillrunner.workspace.run.Planted", "Object o = new Thread(() -> {});"));
        breaches.put("no mutable static state", Map.of("skillrunner.workspace.run.Planted", "static int count;"));
        breaches.put(
                "a run changes its status by its lifecycle only",
                Map.of(
                        "skillrunner.application.run.Planted",
                        "skillrunner.domain.run.Run change(skillrunner.domain.run.Run r) {"
                                + " return new skillrunner.domain.run.Run(r.id(), r.requestId(), r.skill(), r.engine(),"
                                + " skillrunner.domain.run.RunStatus.SUCCEEDED, r.attempt(), r.fence(),"
                                + " r.cancelRequested(), r.failure(), r.warnings(), r.recovery(), r.createdAt(),"
                                + " r.updatedAt()); }"));
        breaches.put(
                "an upgrade task changes its status by its lifecycle only",
                Map.of(
                        "skillrunner.application.upgrade.Planted",
                        "skillrunner.domain.upgrade.UpgradeTask change(skillrunner.domain.upgrade.UpgradeTask t) {"
                                + " return new skillrunner.domain.upgrade.UpgradeTask(t.id(), t.scope(), t.engines(),"
                                + " skillrunner.domain.upgrade.UpgradeStatus.SUCCEEDED, t.results(), t.createdAt(),"
                                + " t.updatedAt()); }"));
        breaches.put(
                "an installation changes its status by its lifecycle only",
                Map.of(
                        "skillrunner.application.skill.Planted",
                        "skillrunner.domain.skill.SkillInstall change(skillrunner.domain.skill.SkillInstall i) {"
                                + " return new skillrunner.domain.skill.SkillInstall(i.id(),"
                                + " skillrunner.domain.skill.InstallStatus.SUCCEEDED, i.skill(), i.version(),"
                                + " i.action(), i.error(), i.createdAt(), i.updatedAt()); }"));
        breaches.put("wire records stay in their package", Map.of("skillrunner.http.run.PlantedJson", ""));
        breaches.put("names say what a thing does", Map.of("skillrunner.workspace.run.PlantedHelper", ""));
        return breaches;
    }
}
