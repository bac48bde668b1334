package skillrunner.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.OPENCODE;

class OAuthRenewalTest {
    private static final String OPENAI = "/" + OAuthEndpoint.OPENAI_TOKEN;
    private static final String GOOGLE = "/" + OAuthEndpoint.GOOGLE_TOKEN;
    private static final Path CODEX_FILE = Path.of(".codex/auth.json");
    private static final String NOTE = ".auth.json.skill-runner.renewal";

    @TempDir
    private Path home;

    private final ManualClock clock = new ManualClock();
    private ScriptedProvider provider;
    private OAuthRenewal renewal;

    @BeforeEach
    void open() {
        provider = new ScriptedProvider();
        renewal = fresh();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void codex_gets_new_tokens_in_the_place_of_the_old_ones_and_keeps_all_else() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", "\"auth_mode\": \"chatgpt\", \"agent\": {\"kept\": 1.50},"));
        String access = Jwt.of("{\"exp\": " + in(864_000).getEpochSecond() + "}");
        provider.on(
                OPENAI,
                200,
                "{\"access_token\": \"" + access + "\", \"refresh_token\": \"new-refresh\", \"id_token\": \"new-id\"}");

        assertThat(renewal.isDue(CODEX)).isTrue();
        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).singleElement().satisfies(request -> assertThat(request.form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "old-refresh")
                .containsEntry("client_id", OpenAiExchange.CLIENT)
                .doesNotContainKey("client_secret"));
        assertThat(text(CODEX_FILE))
                .contains(access, "new-refresh", "new-id", "1.50", "\"account_id\" : \"one\"", "chatgpt")
                .contains("\"last_refresh\" : \"" + clock.instant())
                .doesNotContain("old-refresh", "old-id");
        assertThat(mode(CODEX_FILE)).isEqualTo("rw-------");
        assertThat(renewal.isDue(CODEX)).isFalse();
        assertThat(renewal.unanswered()).isEmpty();
        assertThat(files(".codex"))
                .containsExactly(".auth.json.renewal.skill-runner.lock", ".auth.json.skill-runner.lock", "auth.json");
    }

    /** As codex does by itself, each of its processes. */
    @Test
    void codex_access_that_does_not_tell_its_end_is_renewed_eight_days_after_it_was_given() throws IOException {
        String file = "{\"tokens\": {\"access_token\": \"opaque\", \"refresh_token\": \"old-refresh\"},"
                + " \"last_refresh\": \"GIVEN\"}";
        put(CODEX_FILE, file.replace("GIVEN", in(-7 * 86_400).toString()));
        assertThat(renewal.isDue(CODEX)).isFalse();
        put(CODEX_FILE, file.replace("GIVEN", "some day"));
        assertThat(renewal.isDue(CODEX)).isFalse();

        put(CODEX_FILE, file.replace("GIVEN", in(-8 * 86_400 + 60).toString()));
        assertThat(renewal.isDue(CODEX)).isTrue();
        provider.on(OPENAI, 200, "{\"access_token\": \"opaque-too\", \"refresh_token\": \"new-refresh\"}");
        renewal.renew(CODEX);
        assertThat(text(CODEX_FILE)).contains("new-refresh");
        assertThat(renewal.isDue(CODEX)).isFalse();
    }

    @Test
    void opencode_and_gemini_are_renewed_in_their_own_forms() throws IOException {
        Path opencode = Path.of(".local/share/opencode/auth.json");
        put(
                opencode,
                "{\"deepseek\": {\"type\": \"api\", \"key\": \"kept\"}, \"openai\": {\"type\": \"oauth\", \"refresh\":"
                        + " \"old-refresh\", \"access\": \"old\", \"expires\": 1, \"accountId\": \"one\"}}");
        Path gemini = Path.of(".gemini/oauth_creds.json");
        put(
                gemini,
                "{\"access_token\": \"old\", \"refresh_token\": \"stays\", \"expiry_date\": 1, \"id_token\": \""
                        + Jwt.of("{\"aud\": \"gemini-client\"}") + "\"}");
        provider.on(
                OPENAI, 200, "{\"access_token\": \"a-new\", \"refresh_token\": \"r-new\", \"expires_in\": \"7200\"}");
        provider.on(GOOGLE, 200, "{\"access_token\": \"g-new\", \"expires_in\": 3599}");

        renewal.renew(OPENCODE);
        renewal.renew(GEMINI);

        assertThat(text(opencode))
                .contains("\"kept\"", "\"a-new\"", "\"r-new\"", "\"one\"")
                .contains("" + in(7200).toEpochMilli());
        assertThat(provider.requests(GOOGLE)).singleElement().satisfies(request -> assertThat(request.form())
                .containsEntry("client_id", "gemini-client")
                .containsEntry("client_secret", "gemini-secret")
                .containsEntry("refresh_token", "stays"));
        assertThat(text(gemini)).contains("\"g-new\"", "\"stays\"", "" + in(3599).toEpochMilli());
        assertThat(Stream.of(OPENCODE, GEMINI).filter(renewal::isDue)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"tokens\": {\"acce",
                "[]",
                "{\"OPENAI_API_KEY\": \"key\", \"tokens\": {\"access_token\": \"OVER\", \"refresh_token\": \"r\"}}",
                "{\"auth_mode\": \"apikey\", \"tokens\": {\"access_token\": \"OVER\", \"refresh_token\": \"r\"}}",
                "{\"tokens\": {\"access_token\": \"OVER\", \"refresh_token\": \"r\", \"id_token\": \"OTHER\"}}",
                "{\"tokens\": {\"access_token\": \"OVER\"}}",
                "{\"tokens\": {\"access_token\": \"opaque\", \"refresh_token\": \"r\"}}",
                "{\"tokens\": {\"access_token\": \"FRESH\", \"refresh_token\": \"r\"}}",
            })
    void what_is_not_due_or_not_ours_causes_no_call_and_no_file(String content) throws IOException {
        put(
                CODEX_FILE,
                content.replace("OVER", Jwt.of("{\"exp\": 1}"))
                        .replace("OTHER", Jwt.of("{\"aud\": [\"another-client\"]}"))
                        .replace("FRESH", Jwt.of("{\"exp\": " + in(3600).getEpochSecond() + "}")));

        assertThat(renewal.isDue(CODEX)).isFalse();
        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).isEmpty();
        assertThat(files(".codex")).containsExactly("auth.json");
    }

    @Test
    void a_sign_in_of_geminis_own_program_is_left_to_it() throws IOException {
        put(
                Path.of(".gemini/oauth_creds.json"),
                "{\"refresh_token\": \"r\", \"expiry_date\": 1, \"id_token\": \"" + Jwt.of("{\"aud\": \"its-own\"}")
                        + "\"}");

        assertThat(renewal.isDue(GEMINI)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": \"invalid_grant\", \"error_description\": \"old-refresh was revoked\"}",
                "{\"error\": {\"code\": \"refresh_token_reused\", \"message\": \"used already\"}}"
            })
    void a_providers_refusal_is_remembered_until_somebody_signs_in(String answer) throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        String before = text(CODEX_FILE);
        provider.on(OPENAI, 401, answer);

        renewal.renew(CODEX);
        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).hasSize(1);
        for (OAuthRenewal any : List.of(renewal, fresh())) {
            assertThat(any.isRefused(CODEX)).isTrue();
            assertThat(any.isDue(CODEX)).isFalse();
            assertThat(any.unanswered()).isEmpty();
        }
        assertThat(text(CODEX_FILE)).isEqualTo(before);
        assertThat(text(Path.of(".codex", NOTE))).doesNotContain("old-refresh");
        assertThat(mode(Path.of(".codex", NOTE))).isEqualTo("rw-------");

        put(CODEX_FILE, codex(5, "another-refresh", ""));

        assertThat(renewal.isRefused(CODEX)).isFalse();
        assertThat(renewal.isDue(CODEX)).isTrue();
    }

    @Test
    void no_way_to_the_provider_is_no_bad_credential() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.close();

        renewal.renew(CODEX);

        assertThat(renewal.isRefused(CODEX)).isFalse();
        assertThat(renewal.unanswered()).isEmpty();
        assertThat(renewal.isDue(CODEX)).as("left alone for a while").isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(renewal.isDue(CODEX)).isTrue();
        assertThat(text(CODEX_FILE)).contains("old-refresh");
    }

    @Test
    void an_answer_that_is_lost_is_asked_for_again_at_once() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        // The connection ends without a word.
        provider.on(OPENAI, 0, "");
        provider.on(OPENAI, 200, "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}");

        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).hasSize(2);
        assertThat(text(CODEX_FILE)).contains("new-refresh");
        assertThat(renewal.unanswered()).isEmpty();
    }

    @Test
    void what_stays_without_an_answer_is_found_by_the_next_server() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.on(OPENAI, 503, "");
        provider.on(OPENAI, 200, "{\"access_token\": 7}");
        provider.on(OPENAI, 200, "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}");

        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).hasSize(2);
        assertThat(renewal.isDue(CODEX)).isFalse();
        OAuthRenewal next = fresh();
        assertThat(next.unanswered()).containsExactly(CODEX);
        next.renew(CODEX);
        assertThat(text(CODEX_FILE)).contains("new-refresh");
        assertThat(next.unanswered()).isEmpty();
    }

    /** It may have been used, whatever is answered to a repetition. */
    @Test
    void an_answer_that_was_lost_stays_so_if_the_provider_is_busy_then() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.on(OPENAI, 0, "");
        provider.on(OPENAI, 429, "{}");

        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).hasSize(2);
        assertThat(fresh().unanswered()).containsExactly(CODEX);
        clock.advance(Duration.ofMinutes(1));
        renewal.renew(CODEX);
        assertThat(provider.requests(OPENAI)).hasSize(3);
        assertThat(fresh().unanswered()).containsExactly(CODEX);
    }

    /** opencode writes the entries of all its providers anew, in place, and its plugin renews one of them by itself. */
    @Test
    void an_engine_that_is_just_writing_its_file_is_waited_for() throws Exception {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        Path lock = home.resolve(".codex/.auth.json.skill-runner.lock");
        provider.on(
                OPENAI,
                200,
                "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}",
                () -> put(CODEX_FILE, "{\"tokens\": {\"acce"));
        Thread renews = new Thread(() -> renewal.renew(CODEX));
        renews.start();
        while (renews.isAlive() && !Files.exists(lock)) {
            Thread.onSpinWait();
        }
        put(CODEX_FILE, codex(5, "old-refresh", "\"written\": true,"));

        renews.join();

        assertThat(text(CODEX_FILE)).contains("new-refresh", "written");
    }

    @Test
    void what_can_not_be_written_since_the_file_is_broken_is_not_forgotten() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.on(
                OPENAI,
                200,
                "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}",
                () -> put(CODEX_FILE, "{\"tokens\": {\"acce"));

        renewal.renew(CODEX);

        put(CODEX_FILE, codex(5, "old-refresh", ""));
        clock.advance(Duration.ofSeconds(15));
        renewal.renew(CODEX);
        assertThat(text(CODEX_FILE)).contains("new-refresh");
        assertThat(provider.requests(OPENAI)).hasSize(1);
    }

    @Test
    void a_file_that_the_home_has_by_a_link_is_renewed_where_it_is() throws IOException {
        Path elsewhere =
                Files.createDirectories(home.resolve("of-the-operator")).resolve("auth.json");
        Files.writeString(elsewhere, codex(5, "old-refresh", ""));
        Files.createDirectories(home.resolve(".codex"));
        Files.createSymbolicLink(home.resolve(CODEX_FILE), elsewhere);
        provider.on(OPENAI, 200, "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}");

        renewal.renew(CODEX);

        assertThat(Files.readString(elsewhere)).contains("new-refresh");
        assertThat(home.resolve(CODEX_FILE)).isSymbolicLink();
    }

    @Test
    void whoever_signs_in_or_out_meanwhile_is_not_overwritten() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.on(
                OPENAI,
                200,
                "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}",
                () -> put(CODEX_FILE, codex(5, "of-another-user", "")));
        provider.on(
                OPENAI,
                200,
                "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}",
                () -> remove(home.resolve(CODEX_FILE)));

        renewal.renew(CODEX);

        assertThat(text(CODEX_FILE)).contains("of-another-user").doesNotContain("new-refresh");

        renewal.renew(CODEX);

        assertThat(home.resolve(CODEX_FILE)).doesNotExist();
        assertThat(renewal.isDue(CODEX)).isFalse();
    }

    @Test
    void a_home_that_takes_no_notes_has_nothing_sent() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        Files.createDirectories(home.resolve(".codex").resolve(NOTE).resolve("in-the-way"));

        renewal.renew(CODEX);

        assertThat(provider.requests(OPENAI)).isEmpty();
        assertThat(text(CODEX_FILE)).contains("old-refresh");
        assertThat(files(".codex")).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void what_was_given_and_could_not_be_written_is_written_later_without_asking_again() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        Path lock = home.resolve(".codex/.auth.json.skill-runner.lock");
        provider.on(
                OPENAI, 200, "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}", () -> makeFolder(lock));

        renewal.renew(CODEX);

        assertThat(text(CODEX_FILE)).contains("old-refresh");
        remove(lock);
        clock.advance(Duration.ofSeconds(15));
        assertThat(renewal.isDue(CODEX)).isTrue();
        renewal.renew(CODEX);
        assertThat(text(CODEX_FILE)).contains("new-refresh");
        assertThat(provider.requests(OPENAI)).hasSize(1);
    }

    @Test
    void a_token_that_would_not_fit_into_a_header_is_no_answer() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        provider.on(OPENAI, 200, "{\"access_token\": \"new\", \"refresh_token\": \"new\\nrefresh\"}");

        renewal.renew(CODEX);

        assertThat(text(CODEX_FILE)).contains("old-refresh").doesNotContain("new");
    }

    @Test
    void a_note_that_is_no_note_says_nothing() throws IOException {
        put(CODEX_FILE, codex(5, "old-refresh", ""));
        put(Path.of(".codex", NOTE), "{\"token\": [], \"state\": \"REFUSED\"}");

        assertThat(renewal.isRefused(CODEX)).isFalse();
        assertThat(renewal.isDue(CODEX)).isTrue();
        put(Path.of(".codex", NOTE), "x".repeat(1 << 20));
        assertThat(renewal.isDue(CODEX)).isTrue();
        assertThat(renewal.isDue(EngineId.IFLOW)).isFalse();
    }

    private OAuthRenewal fresh() {
        return OAuthRenewal.of(provider.settings(), home, clock);
    }

    private Instant in(long seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    private String codex(long seconds, String refresh, String more) {
        return "{" + more + "\"OPENAI_API_KEY\": null, \"tokens\": {\"id_token\": \"old-id\", \"access_token\": \""
                + Jwt.of("{\"exp\": " + in(seconds).getEpochSecond() + "}") + "\", \"refresh_token\": \"" + refresh
                + "\", \"account_id\": \"one\"}}";
    }

    private void put(Path path, String text) {
        try {
            Files.createDirectories(home.resolve(path).getParent());
            Files.writeString(home.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeFolder(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.createDirectory(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(Path path) throws IOException {
        return Files.readString(home.resolve(path));
    }

    private String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(path)));
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
