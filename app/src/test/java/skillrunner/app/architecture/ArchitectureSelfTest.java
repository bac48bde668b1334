package skillrunner.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.architecture.AdapterRules;
import skillrunner.architecture.ApplicationRules;
import skillrunner.architecture.ClientRules;
import skillrunner.architecture.CommandLineRules;
import skillrunner.architecture.DomainRules;
import skillrunner.architecture.EngineRules;
import skillrunner.architecture.ExampleClientRules;
import skillrunner.architecture.FileSupportRules;
import skillrunner.architecture.RulesOfEveryModule;
import skillrunner.architecture.WireRules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plants one breach for each rule and sees the rule fail on it. A rule that can't fail guards nothing. */
class ArchitectureSelfTest {
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** What is never shipped as a part of the server, and the rules themselves. */
    private static final Set<String> NO_PRODUCT = Set.of(
            "bom",
            "architecture-rules",
            "core-testkit",
            "api-contract",
            "client-typescript",
            "stand-in-model-server",
            "browser-tests",
            "benchmarks");

    private static final Map<String, ArchRule> RULES = rules();

    /** Rule to the sources of a breach, by class name. */
    private static final Map<String, Map<String, String>> BREACHES = breaches();

    @TempDir
    private Path folder;

    @Test
    void every_rule_has_a_breach() {
        assertThat(BREACHES.keySet()).isEqualTo(RULES.keySet());
    }

    @Test
    void every_module_of_the_product_runs_the_rules_among_its_own_tests() throws IOException {
        Matcher modules = MODULE.matcher(Files.readString(REPOSITORY.resolve("pom.xml")));
        List<String> without = new ArrayList<>();
        while (modules.find()) {
            Path sources = REPOSITORY.resolve(modules.group(1)).resolve("src/test/java");
            if (!NO_PRODUCT.contains(modules.group(1)) && !runsTheRules(sources)) {
                without.add(modules.group(1));
            }
        }
        assertThat(without).isEmpty();
    }

    private static boolean runsTheRules(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.anyMatch(file -> file.endsWith("ArchitectureTest.java"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_breach_is_seen(String rule) throws IOException {
        JavaClasses planted = compile(BREACHES.getOrDefault(rule, Map.of()));
        assertThatThrownBy(() -> Objects.requireNonNull(RULES.get(rule))
                        .allowEmptyShould(true)
                        .check(planted))
                .as(rule)
                .isInstanceOf(AssertionError.class);
    }

    static Stream<String> names() {
        return BREACHES.keySet().stream();
    }

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        Stream.of(
                        DomainRules.class,
                        ApplicationRules.class,
                        AdapterRules.class,
                        FileSupportRules.class,
                        ClientRules.class,
                        CommandLineRules.class,
                        ExampleClientRules.class,
                        EngineRules.class,
                        WireRules.class,
                        RulesOfEveryModule.class)
                .flatMap(set -> Stream.of(set.getFields()))
                .forEach(field -> rules.put(field.getName(), value(field)));
        return rules;
    }

    private static ArchRule value(Field field) {
        try {
            return (ArchRule) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
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
                "the_domain_knows_the_language_and_itself_only",
                Map.of("skillrunner.domain.run.Planted", "java.nio.file.Path path;"));
        breaches.put(
                "the_application_knows_the_domain_and_the_jdk_only",
                Map.of("skillrunner.application.run.Planted", "org.slf4j.Logger logger;"));
        breaches.put(
                "the_application_touches_no_file_socket_process_or_database",
                Map.of("skillrunner.application.run.Planted", "java.net.Socket socket;"));
        breaches.put(
                "adapters_never_see_each_other",
                Map.of(
                        "skillrunner.http.run.Planted", "skillrunner.sqlite.run.Other other;",
                        "skillrunner.sqlite.run.Other", ""));
        breaches.put(
                "the_support_of_files_knows_no_adapter",
                Map.of("skillrunner.files.Planted", "skillrunner.application.run.turn.RunWorkspaces workspaces;"));
        breaches.put(
                "the_client_knows_the_wire_only",
                Map.of("skillrunner.client.Planted", "skillrunner.domain.run.RunStatus status;"));
        breaches.put(
                "the_command_line_knows_the_wire_only",
                Map.of("skillrunner.commandline.run.Planted", "skillrunner.domain.run.RunStatus status;"));
        breaches.put(
                "the_example_client_knows_the_wire_only",
                Map.of("skillrunner.e2eclient.run.Planted", "skillrunner.domain.run.RunStatus status;"));
        breaches.put(
                "one_room_asks_the_server",
                Map.of("skillrunner.e2eclient.run.Planted", "java.net.http.HttpClient client;"));
        breaches.put(
                "a_replay_cannot_ask_the_server",
                Map.of(
                        "skillrunner.e2eclient.recording.Planted", "skillrunner.e2eclient.backend.Backend backend;",
                        "skillrunner.e2eclient.backend.Backend", ""));
        breaches.put(
                "only_the_app_knows_the_example_client",
                Map.of(
                        "skillrunner.http.run.Planted", "skillrunner.e2eclient.run.Other other;",
                        "skillrunner.e2eclient.run.Other", ""));
        breaches.put(
                "nothing_depends_on_the_app",
                Map.of("skillrunner.http.run.Planted", "skillrunner.app.Other other;", "skillrunner.app.Other", ""));
        breaches.put(
                "only_the_app_depends_on_the_embedding",
                Map.of(
                        "skillrunner.sqlite.run.Planted",
                        "skillrunner.embedding.Other other;",
                        "skillrunner.embedding.Other",
                        ""));
        breaches.put(
                "the_embedding_knows_no_wire",
                Map.of("skillrunner.embedding.run.Planted", "java.net.http.HttpClient client;"));
        breaches.put(
                "packages_form_no_cycles",
                Map.of(
                        "skillrunner.http.run.Planted", "skillrunner.http.skill.Other other;",
                        "skillrunner.http.skill.Other", "skillrunner.http.run.Planted planted;"));
        breaches.put(
                "the_web_framework_stays_in_its_adapter",
                Map.of("skillrunner.workspace.run.Planted", "io.javalin.http.Context context;"));
        breaches.put(
                "sql_stays_in_its_adapter", Map.of("skillrunner.workspace.run.Planted", "java.sql.Connection sql;"));
        String path = " java.nio.file.Path p = java.nio.file.Path.of(\"x\"); ";
        breaches.put(
                "files_are_moved_in_the_room_for_files_only",
                Map.of(
                        "skillrunner.process.installs.Planted",
                        path + "void f() throws Exception { java.nio.file.Files.move(p, p); }"));
        breaches.put(
                "files_are_read_whole_in_the_room_for_files_only",
                Map.of(
                        "skillrunner.process.installs.Planted",
                        path + "Object f() throws Exception { return java.nio.file.Files.readString(p); }"));
        breaches.put(
                "what_others_may_have_made_is_opened_by_the_opener",
                Map.of(
                        "skillrunner.workspace.skill.Planted",
                        path + "Object f() throws Exception { return java.nio.channels.FileChannel.open(p); }"));
        breaches.put(
                "a_data_directory_that_is_gone_is_not_made_again",
                Map.of(
                        "skillrunner.process.installs.Planted",
                        path + "Object f() throws Exception { return java.nio.file.Files.createDirectories(p); }"));
        breaches.put(
                "exact_numbers_are_read_in_the_room_for_json_only",
                Map.of(
                        "skillrunner.http.run.Planted",
                        "Object o = tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS;"));
        breaches.put(
                "only_the_process_adapter_starts_processes",
                Map.of("skillrunner.workspace.run.Planted", "Object o = new ProcessBuilder(\"true\");"));
        breaches.put(
                "engine_drivers_touch_no_file",
                Map.of("skillrunner.engines.codex.Planted", "java.nio.file.Path path;"));
        breaches.put(
                "only_the_wiring_asks_the_clock_and_makes_ids",
                Map.of("skillrunner.workspace.run.Planted", "Object o = java.time.Instant.now();"));
        breaches.put(
                "only_the_app_reads_the_environment_and_ends_the_process",
                Map.of("skillrunner.workspace.run.Planted", "Object o = System.getenv(\"HOME\");"));
        breaches.put(
                "only_the_wiring_makes_threads",
                Map.of("skillrunner.workspace.run.Planted", "Object o = new Thread(() -> {});"));
        breaches.put("no_mutable_static_state", Map.of("skillrunner.workspace.run.Planted", "static int count;"));
        breaches.put(
                "a_run_changes_its_status_by_its_lifecycle_only",
                Map.of(
                        "skillrunner.application.run.Planted",
                        "skillrunner.domain.run.Run change(skillrunner.domain.run.Run r) {"
                                + " return new skillrunner.domain.run.Run(r.id(), r.requestId(), r.skill(), r.engine(),"
                                + " skillrunner.domain.run.RunStatus.SUCCEEDED, r.attempt(), r.fence(), r.lease(),"
                                + " r.cancelRequested(), r.failure(), r.warnings(), r.recovery(), r.createdAt(),"
                                + " r.updatedAt()); }"));
        breaches.put(
                "a_temporary_request_changes_its_status_by_its_lifecycle_only",
                Map.of(
                        "skillrunner.application.run.Planted",
                        "skillrunner.domain.run.TempRequest change(skillrunner.domain.run.TempRequest r) {"
                                + " return new skillrunner.domain.run.TempRequest(r.id(), r.engine(), r.model(),"
                                + " r.input(), r.parameter(), r.runtimeOptions(),"
                                + " skillrunner.domain.run.TempRequestStatus.STARTED, r.rejection(), r.createdAt(),"
                                + " r.updatedAt()); }"));
        breaches.put(
                "an_upgrade_task_changes_its_status_by_its_lifecycle_only",
                Map.of(
                        "skillrunner.application.upgrade.Planted",
                        "skillrunner.domain.upgrade.UpgradeTask change(skillrunner.domain.upgrade.UpgradeTask t) {"
                                + " return new skillrunner.domain.upgrade.UpgradeTask(t.id(), t.scope(), t.engines(),"
                                + " skillrunner.domain.upgrade.UpgradeStatus.SUCCEEDED, t.results(), t.createdAt(),"
                                + " t.updatedAt()); }"));
        breaches.put(
                "an_installation_changes_its_status_by_its_lifecycle_only",
                Map.of(
                        "skillrunner.application.skill.Planted",
                        "skillrunner.domain.skill.SkillInstall change(skillrunner.domain.skill.SkillInstall i) {"
                                + " return new skillrunner.domain.skill.SkillInstall(i.id(),"
                                + " skillrunner.domain.skill.InstallStatus.SUCCEEDED, i.skill(), i.version(),"
                                + " i.action(), i.error(), i.createdAt(), i.updatedAt()); }"));
        breaches.put(
                "the_wings_of_runs_form_no_cycle",
                Map.of(
                        "skillrunner.application.run.turn.Planted", "skillrunner.application.run.output.Other other;",
                        "skillrunner.application.run.output.Other",
                                "skillrunner.application.run.turn.Planted planted;"));
        breaches.put(
                "the_root_of_runs_knows_no_wing",
                Map.of("skillrunner.application.run.Planted", "skillrunner.application.run.output.RunOutput output;"));
        breaches.put(
                "only_a_run_makes_its_changes",
                Map.of(
                        "skillrunner.domain.run.Planted",
                        "RunChange change(Run before, Run after) {"
                                + " return new RunChange(RunLifecycle.Event.TURN_STARTED, before, after); }"));
        breaches.put("wire_records_stay_in_their_package", Map.of("skillrunner.http.run.PlantedJson", ""));
        breaches.put("wire_records_hold_values", Map.of("skillrunner.http.run.PlantedJson", "String status;"));
        breaches.put(
                "wire_records_leave_the_form_of_values_to_the_wire_format",
                Map.of(
                        "skillrunner.http.run.PlantedJson",
                        "String form(skillrunner.domain.run.RunStatus status) { return status.wire(); }"));
        breaches.put(
                "pages_know_neither_wire_records_nor_routes",
                Map.of(
                        "skillrunner.http.run.PlantedPages", "skillrunner.http.run.OtherRoutes routes;",
                        "skillrunner.http.run.OtherRoutes", ""));
        breaches.put(
                "routes_serve_clients_only",
                Map.of(
                        "skillrunner.http.run.Planted", "Object o = new skillrunner.http.run.OtherRoutes();",
                        "skillrunner.http.run.OtherRoutes", ""));
        breaches.put(
                "pages_parse_nothing_back",
                Map.of("skillrunner.http.run.PlantedView", "Object o = Integer.parseInt(\"1\");"));
        breaches.put("names_say_what_a_thing_does", Map.of("skillrunner.workspace.run.PlantedHelper", ""));
        return breaches;
    }
}
