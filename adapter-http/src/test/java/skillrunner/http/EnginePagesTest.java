package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

@Tag("one-jdk")
class EnginePagesTest extends EngineTestBed {
    private static final String TABLE = "/ui/management/engines/table";
    private static final String UPGRADES = "/ui/engines/upgrades";
    private static final String CODEX_MODELS = "/ui/engines/codex/models";
    private static final String SNAPSHOTS = CODEX_MODELS + "/snapshots";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String SHOWN = "&lt;img src=x onerror=alert(1)&gt;";

    EnginePagesTest(@TempDir Path temporary) {
        super(temporary, Set.of(IFLOW), false);
    }

    // the page and its table

    @Test
    void the_page_is_there_before_any_version_is_detected() throws Exception {
        HttpResponse<String> page = get("/ui/engines");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Upgrade all", "Detecting versions", "hx-get=\"" + TABLE + "\" hx-trigger=\"load")
                .contains("href=\"/ui/engines\" aria-current=\"page\"")
                .contains("<section id=\"upgrade\" hidden>", "href=\"/ui/engines?table=now\"")
                .doesNotContain("data-engine=");
        assertThat(get("/ui/engines", "Accept-Language", "zh").body()).contains("升级全部", "正在检测版本");
    }

    @Test
    void without_a_script_the_table_comes_with_the_page() throws Exception {
        assertThat(get("/ui/engines?table=now").body()).contains("data-engine=\"codex\"", "<html");
    }

    @Test
    void the_table_shows_what_the_management_api_says_of_every_engine() throws Exception {
        versions.install(CODEX, "0.169.0");
        programs.install("codex");
        credentials.add(".codex/auth.json");
        installed.put(
                CODEX,
                List.of(
                        new InstalledVersion("0.169.0", ManualClock.START, true, false, Optional.empty()),
                        new InstalledVersion("0.168.0", ManualClock.START, false, true, Optional.empty())));

        String table = get(TABLE).body();

        assertThat(table).doesNotContain("<html");
        assertThat(Pattern.compile("<tr data-engine=\"([a-z]+)\"")
                        .matcher(table)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly("codex", "gemini", "iflow", "opencode");
        assertThat(row(table, "codex"))
                .contains("0.169.0", "managed", ">yes<", "available", "Roll back to 0.168.0")
                .contains("href=\"/ui/engines/codex/models\"")
                .contains("name=\"engine\" value=\"codex\"")
                .contains("aria-label=\"Upgrade codex\">Upgrade<");
        assertThat(row(table, "gemini"))
                .contains("<span class=\"number\">-</span>", "not installed", ">no<", "unknown")
                .contains("aria-label=\"Install gemini\">Install<")
                .doesNotContain("Roll back");
        assertThat(row(table, "iflow")).contains("not in use").doesNotContain("value=\"iflow\"");
        assertThat(get(TABLE, "Accept-Language", "zh-CN").body())
                .contains(">升级该引擎<", ">升级该引擎（安装）<", "模型管理", "回退到 0.168.0");
    }

    @Test
    void a_broken_catalogue_does_not_break_the_table() throws Exception {
        snapshots.breakManifest(GEMINI);

        assertThat(row(get(TABLE).body(), "gemini")).contains(">0</a>");
        HttpResponse<String> page = get("/ui/engines/gemini/models");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).contains("The list of models can’t be read");
    }

    @Test
    void the_old_address_of_the_table_names_the_new_one() throws Exception {
        HttpResponse<String> table = get("/ui/engines/table");

        assertThat(table.statusCode()).isEqualTo(200);
        assertThat(table.body()).contains("data-engine=\"codex\"");
        assertThat(table.headers().firstValue("Deprecation")).hasValue("true");
        assertThat(table.headers().firstValue("Sunset")).hasValue("2026-06-30");
        assertThat(table.headers().firstValue("Link").orElseThrow()).startsWith("<" + TABLE + ">;");
    }

    @Test
    void the_withdrawn_shell_is_not_there() throws Exception {
        assertThat(get("/ui/engines/auth-shell").statusCode()).isEqualTo(404);
    }

    // upgrades

    @Test
    void an_accepted_upgrade_is_asked_for_again_every_second_until_it_has_ended() throws Exception {
        HttpResponse<String> created =
                post(UPGRADES, List.of("mode", "single", "engine", "codex"), "HX-Request", "true");

        String id = tasks.all().get(0).id().value();
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.body())
                .startsWith("<section id=\"upgrade\"")
                .contains(id, "data-status=\"queued\"", "hx-get=\"" + status(id) + "\" hx-trigger=\"every 1s\"");
        assertThat(get("/ui/engines").body()).contains("hx-trigger=\"every 1s\"", id);

        background.runAll();

        String ended = get(status(id), "HX-Request", "true").body();
        assertThat(ended)
                .contains("data-status=\"succeeded\"", "upgraded codex", "href=\"/v1/engines/upgrades/" + id + "\"")
                .doesNotContain("every 1s", "<html");
        assertThat(get("/ui/engines").body()).contains("<section id=\"upgrade\" hidden>");
    }

    @Test
    void without_a_script_a_form_leads_to_the_whole_page() throws Exception {
        String page = post(UPGRADES, List.of("mode", "all")).body();

        assertThat(page).contains("<html", "data-status=\"queued\"", "Upgrade of all engines");
        String id = tasks.all().get(0).id().value();
        assertThat(get(status(id)).body()).contains("<html", "<noscript>", id);
    }

    @Test
    void the_engine_at_work_shows_what_it_has_written_and_the_others_how_they_ended() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        upgrader.answers(CODEX, EngineUpgradeResult.succeeded("added 3 packages", "npm warn", Optional.of("0.170.0")));
        upgrader.onUpgrade(GEMINI, task -> {
            upgrader.writes("fetching " + HOSTILE, "");
            clock.advance(Duration.ofSeconds(63));
            try {
                seen.set(get(status(task.value()), "HX-Request", "true").body());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return EngineUpgradeResult.failed("", "", "Upgrade command exited with code 1", Optional.empty());
        });
        post(UPGRADES, List.of("mode", "all"));

        background.runAll();

        assertThat(seen.get())
                .contains("engine 2 of 4", "data-status=\"running\"", "data-ended=\"1\"", "1 min 3 s")
                .contains("now 0.170.0", "added 3 packages", "npm warn")
                .contains("fetching " + SHOWN)
                .doesNotContain(HOSTILE);
        String ended = get(status(tasks.all().get(0).id().value()), "HX-Request", "true")
                .body();
        assertThat(ended)
                .contains("data-request=", "Upgrade command exited with code 1", "The command wrote nothing")
                .contains("Skipped", "SKILL_RUNNER_ENGINES");
        assertThat(ended).startsWith("<section").contains("aria-labelledby=\"upgrade-title\" data-status=\"failed\"");
    }

    @Test
    void what_a_command_writes_for_a_terminal_reads_well() throws Exception {
        String stdout = "\033[32mgreen\033[0m \033]0;title\007text\r\n10%\r55%\r100% done\nnul \0 \u202Eleft";
        upgrader.answers(CODEX, EngineUpgradeResult.succeeded(stdout, "</pre>" + HOSTILE, Optional.empty()));
        post(UPGRADES, List.of("mode", "single", "engine", "codex"));

        background.runAll();

        assertThat(get(status(tasks.all().get(0).id().value())).body())
                .contains(">green text\n100% done\nnul ␀ ⟨U+202E⟩left</pre>", "&lt;/pre&gt;" + SHOWN)
                .doesNotContain("\033", HOSTILE);
    }

    @Test
    void of_a_long_output_only_the_end_is_shown() throws Exception {
        String lines = IntStream.rangeClosed(1, 30_000)
                .mapToObj(number -> "line " + number)
                .collect(Collectors.joining("\n"));
        upgrader.answers(CODEX, EngineUpgradeResult.succeeded(lines, "x".repeat(200_000), Optional.empty()));
        post(UPGRADES, List.of("mode", "single", "engine", "codex"));

        background.runAll();

        String panel = get(status(tasks.all().get(0).id().value()), "HX-Request", "true")
                .body();
        assertThat(panel)
                .contains("line 30000</pre>", ">line 29801\n", "The last 200 lines are shown.")
                .doesNotContain("line 29800\n");
        assertThat(panel).hasSizeLessThan(60_000);
    }

    @Test
    void while_one_upgrade_works_another_is_answered_with_the_conflict() throws Exception {
        post(UPGRADES, List.of("mode", "all"));

        HttpResponse<String> refused = post(UPGRADES, List.of("mode", "all"), "HX-Request", "true");

        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body())
                .contains("<code>-</code>", "data-status=\"failed\"", "Another upgrade is queued or running")
                .contains("href=\"" + status(tasks.all().get(0).id().value()) + "\"")
                .doesNotContain("every 1s");
        assertThat(tasks.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "some,,must be single or all",
        "single,,is required",
        "single,claude,must be one of",
        "all,codex,left out",
        "single,iflow,does not use"
    })
    void what_can_not_be_upgraded_is_told_in_the_panel(String mode, String engine, String expected) throws Exception {
        List<String> form = engine == null ? List.of("mode", mode) : List.of("mode", mode, "engine", engine);

        HttpResponse<String> refused = post(UPGRADES, form, "HX-Request", "true");

        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body())
                .contains("<code>-</code>", "data-status=\"failed\"", expected)
                .doesNotContain("every 1s");
        assertThat(tasks.all()).isEmpty();
    }

    @Test
    void a_form_without_a_mode_is_refused() throws Exception {
        assertThat(post(UPGRADES, List.of("engine", "codex")).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33333333-3333-4333-8333-333333333333", "%27%20OR%201=1--", "%3Cscript%3E"})
    void an_unknown_upgrade_has_a_panel_that_says_so(String id) throws Exception {
        HttpResponse<String> panel = get(status(id), "HX-Request", "true");

        assertThat(panel.statusCode()).isEqualTo(200);
        assertThat(panel.body())
                .contains("<code>-</code>", "data-status=\"failed\"", "Upgrade request not found")
                .doesNotContain("every 1s", "<script");
    }

    // going back

    @Test
    void going_back_to_an_earlier_version_is_told_on_the_page() throws Exception {
        installed.put(
                CODEX, List.of(new InstalledVersion("0.168.0", ManualClock.START, false, true, Optional.empty())));

        HttpResponse<String> done = post("/ui/engines/codex/rollback", List.of());

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(get(location(done)).body()).contains("id=\"message\"", "codex is back at 0.168.0");
    }

    @Test
    void going_back_is_refused_with_the_reason() throws Exception {
        HttpResponse<String> none = post("/ui/engines/codex/rollback", List.of());

        assertThat(none.statusCode()).isEqualTo(303);
        assertThat(get(location(none)).body()).contains("id=\"error\"", "There is no earlier version");
        assertThat(post("/ui/engines/claude/rollback", List.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_form_of_another_site_changes_nothing() throws Exception {
        for (String path : List.of(UPGRADES, "/ui/engines/codex/rollback", SNAPSHOTS)) {
            assertThat(post(path, List.of("mode", "all", "id", "a"), "Origin", "https://elsewhere.example")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(tasks.all()).isEmpty();
    }

    // models

    @Test
    void the_models_of_an_engine_come_with_where_they_come_from() throws Exception {
        versions.install(CODEX, "0.9.0");

        String page = get(CODEX_MODELS).body();

        assertThat(page)
                .contains("href=\"/ui/engines\" id=\"back\"", "0.9.0", "models_1.0.0.json", "codex-model")
                .contains("Every snapshot is newer than the CLI", "\"snapshots\" : [ {")
                .contains(
                        "Add a snapshot for version 0.9.0", "data-suggestion=\"/v1/engines/codex/models/suggestion\"");
        assertThat(get(CODEX_MODELS, "Accept-Language", "zh").body()).contains("新增当前版本快照");
        versions.install(GEMINI, "1.0.0");
        assertThat(get("/ui/engines/gemini/models").body())
                .contains("name=\"supported_effort\"", "There already is a snapshot for this version")
                .doesNotContain("data-suggestion");
    }

    @Test
    void notices_are_shown_as_text() throws Exception {
        String page = get(CODEX_MODELS + "?error=" + encoded(HOSTILE) + "&message=" + encoded("</p>" + HOSTILE))
                .body();

        assertThat(page).contains(SHOWN, "&lt;/p&gt;" + SHOWN).doesNotContain(HOSTILE);
        assertThat(get("/ui/engines?error=" + encoded(HOSTILE)).body())
                .contains(SHOWN)
                .doesNotContain(HOSTILE);
        assertThat(get(CODEX_MODELS + "?message=Snapshot+created", "Accept-Language", "zh")
                        .body())
                .contains("快照已创建");
    }

    @Test
    void without_a_version_there_is_no_form_but_what_to_do() throws Exception {
        assertThat(get(CODEX_MODELS).body())
                .contains("The version of the codex CLI is not known", "the newest snapshot serves")
                .doesNotContain("<form method=\"post\" action=\"/ui/engines/codex");
    }

    @Test
    void an_engine_that_is_asked_for_its_models_has_no_form() throws Exception {
        versions.install(OPENCODE, "1.18.33");
        assertThat(get("/ui/engines/opencode/models").body())
                .contains("Snapshots are not supported for opencode", "came with the server", "never", "openai/gpt-5")
                .doesNotContain("name=\"supported_effort\"");
        lists.print("openai/gpt-6\n");
        refresh.refresh(OPENCODE);
        lists.fail("exit code 1 " + HOSTILE);
        refresh.refresh(OPENCODE);

        assertThat(get("/ui/engines/opencode/models").body())
                .contains("from an earlier answer", "2026-01-02T03:04:05", "exit code 1 " + SHOWN, "gpt-6")
                .doesNotContain(HOSTILE);

        HttpResponse<String> refused = post("/ui/engines/opencode/models/snapshots", List.of("id", "a"));
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(location(refused)).startsWith("/ui/engines/opencode/models?error=Snapshots+are+not+supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "CODEX", "%3Cb%3E"})
    void an_unknown_engine_has_a_page_that_says_so(String engine) throws Exception {
        HttpResponse<String> page = get("/ui/engines/" + engine + "/models");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is no such engine");
        assertThat(post("/ui/engines/" + engine + "/models/snapshots", List.of("id", "a"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void rows_of_the_form_become_a_snapshot() throws Exception {
        versions.install(CODEX, "2.0.0");

        HttpResponse<String> created = post(
                SNAPSHOTS,
                List.of(
                        "id",
                        "a",
                        "display_name",
                        "A",
                        "deprecated",
                        "false",
                        "notes",
                        " ",
                        "supported_effort",
                        "low, ,high",
                        "id",
                        "  ",
                        "display_name",
                        "dropped",
                        "deprecated",
                        "true",
                        "notes",
                        "dropped",
                        "supported_effort",
                        "dropped",
                        "id",
                        " b ",
                        "display_name",
                        "",
                        "deprecated",
                        "ON",
                        "notes",
                        HOSTILE,
                        "supported_effort",
                        " , "));

        assertThat(created.statusCode()).isEqualTo(303);
        assertThat(location(created)).isEqualTo(CODEX_MODELS + "?message=Snapshot+created");
        assertThat(snapshots.models(CODEX, new ModelSnapshotRef("2.0.0", "models_2.0.0.json")))
                .hasValue(List.of(
                        new ModelEntry(
                                "a",
                                Optional.of("A"),
                                false,
                                Optional.empty(),
                                Optional.of(List.of("low", "high")),
                                Optional.empty(),
                                Optional.empty()),
                        new ModelEntry(
                                "b",
                                Optional.empty(),
                                true,
                                Optional.of(HOSTILE),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
        assertThat(get(location(created)).body())
                .contains("Snapshot created", "low, high", "models_2.0.0.json", SHOWN)
                .doesNotContain(HOSTILE);
    }

    @Test
    void an_existing_snapshot_is_refused_and_stays_as_it_is() throws Exception {
        versions.install(CODEX, "1.0.0");

        HttpResponse<String> refused = post(SNAPSHOTS, List.of("id", "other"));

        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(get(location(refused)).body())
                .contains("id=\"error\"", "There already is a snapshot", "codex-model")
                .doesNotContain("<code>other</code>");
    }

    @Test
    void rows_that_can_not_be_taken_are_named_as_the_form_numbers_them() throws Exception {
        versions.install(CODEX, "2.0.0");

        HttpResponse<String> refused = post(SNAPSHOTS, List.of("id", "", "id", "a b", "id", "c"));

        assertThat(get(location(refused)).body()).contains("Row 2, id: must hold no white space");
    }

    @Test
    void a_form_without_a_usable_row_is_refused() throws Exception {
        versions.install(CODEX, "2.0.0");

        HttpResponse<String> blank = post(SNAPSHOTS, List.of("id", " ", "display_name", "x"));

        assertThat(blank.statusCode()).isEqualTo(303);
        assertThat(location(blank)).isEqualTo(CODEX_MODELS + "?error=No+valid+model+rows+submitted");
        assertThat(post(SNAPSHOTS, List.of("display_name", "x")).statusCode()).isEqualTo(400);
    }

    private static String status(String id) {
        return UPGRADES + "/" + id + "/status";
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String row(String table, String engine) {
        int start = table.indexOf("<tr data-engine=\"" + engine + "\"");
        return table.substring(start, table.indexOf("</tr>", start));
    }
}
