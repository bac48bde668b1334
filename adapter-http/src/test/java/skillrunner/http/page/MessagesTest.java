package skillrunner.http.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.engine.CliSource;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.OrchestratorType;
import skillrunner.domain.journal.RaspType;
import skillrunner.domain.model.FallbackReason;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.Recovery;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.domain.terminal.TerminalStatus;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesTest {
    private static final Pattern USED =
            Pattern.compile("(?:\\bt|essages(?:\\([a-z]*\\))?\\.text)\\(\"([a-z][a-z.]*[a-z])\"");
    private static final Messages ENGLISH = Messages.in(Language.ENGLISH);

    @Test
    void both_languages_have_the_same_keys_and_places() {
        Messages chinese = Messages.in(Language.CHINESE);
        assertThat(chinese.keys()).containsExactlyInAnyOrderElementsOf(ENGLISH.keys());
        assertThat(ENGLISH.keys()).allSatisfy(key -> assertThat(places(chinese.text(key)))
                .as(key)
                .containsExactlyInAnyOrderElementsOf(places(ENGLISH.text(key))));
    }

    @Test
    void every_text_a_page_names_is_there() throws IOException {
        List<String> used = new ArrayList<>();
        for (String folder : List.of("src/main/jte", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = USED.matcher(Files.readString(file));
                    while (matcher.find()) {
                        used.add(matcher.group(1));
                    }
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(50).allMatch(ENGLISH::has);
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void every_status_has_a_name_and_a_sentence(RunStatus status) {
        assertThat(ENGLISH.text("status." + status.wire())).isNotBlank();
        assertThat(ENGLISH.text("run.sentence." + status.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(RunFailureCode.class)
    void every_failure_says_what_it_is_and_what_to_do(RunFailureCode code) {
        assertThat(ENGLISH.text("failure." + code.name())).isNotBlank();
        assertThat(ENGLISH.text("failure." + code.name() + ".help")).isNotBlank();
    }

    @Test
    void every_way_in_which_a_run_was_found_after_a_restart_has_words() {
        Instant now = Instant.EPOCH;
        Stream.of(Recovery.reattached(now), Recovery.waiting(now), Recovery.unresumable(now), Recovery.lost(now))
                .map(recovery -> "recovery." + recovery.reason().orElseThrow())
                .forEach(key -> assertThat(ENGLISH.text(key)).isNotBlank());
    }

    @ParameterizedTest
    @EnumSource(TerminalSandbox.Gap.class)
    void every_reason_why_a_terminal_has_no_sandbox_has_words(TerminalSandbox.Gap gap) {
        assertThat(ENGLISH.text("terminal.page.sandbox." + gap.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "ENGINE_CLI_MISSING",
                "ENGINE_NOT_IN_USE",
                "TERMINAL_UNAVAILABLE",
                "STORAGE_UNAVAILABLE",
                "STORAGE_FULL",
                "SERVER_BUSY",
                "INTERNAL_ERROR"
            })
    void every_reason_why_a_terminal_does_not_start_has_words(ErrorCode code) {
        assertThat(ENGLISH.text("terminal.page.problem." + code.name())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(
            value = TerminalStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RUNNING", "EXITED"})
    void every_end_of_a_terminal_that_its_user_did_not_want_has_words(TerminalStatus status) {
        assertThat(ENGLISH.text("terminal.page.over." + status.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(UpgradeStatus.class)
    void every_status_of_an_upgrade_has_a_name(UpgradeStatus status) {
        assertThat(ENGLISH.text("status." + status.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(EngineUpgradeStatus.class)
    void every_end_of_an_engines_upgrade_has_a_name(EngineUpgradeStatus status) {
        assertThat(ENGLISH.text("status." + status.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(CliSource.class)
    void every_place_of_a_cli_has_a_name(CliSource source) {
        assertThat(ENGLISH.text("engines.source." + source.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(SandboxStatus.class)
    void every_standing_of_a_sandbox_has_a_name(SandboxStatus sandbox) {
        assertThat(ENGLISH.text("engines.sandbox." + sandbox.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(FallbackReason.class)
    void every_reason_for_a_fallback_is_told_in_words(FallbackReason reason) {
        assertThat(ENGLISH.text("models.fallback." + reason.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(ModelListing.Source.class)
    void every_source_of_models_has_a_name(ModelListing.Source source) {
        assertThat(ENGLISH.text("models.source." + source.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(LiveModels.Status.class)
    void every_status_of_a_live_list_has_a_name(LiveModels.Status status) {
        assertThat(ENGLISH.text("models.status." + status.wire())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(FcmpType.class)
    void every_event_that_is_shown_has_words(FcmpType type) {
        assertThat(ENGLISH.has("event." + type.wire()) || type == FcmpType.DIAGNOSTIC)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(RaspType.class)
    void everything_an_engine_says_has_words(RaspType type) {
        assertThat(ENGLISH.has("event." + type.wire()) || type == RaspType.DIAGNOSTIC)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(OrchestratorType.class)
    void everything_the_server_decides_has_words(OrchestratorType type) {
        assertThat(ENGLISH.has("event." + type.wire()) || type == OrchestratorType.DIAGNOSTIC)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void every_warning_of_an_event_has_words(DiagnosticCode code) {
        assertThat(ENGLISH.has("talk.note." + code.name()) || ENGLISH.has("warning." + code.name()))
                .isTrue();
    }

    @Test
    void a_text_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> ENGLISH.text("no.such.text")).hasMessageContaining("no.such.text");
    }

    @Test
    void durations_and_sizes_are_short() {
        assertThat(ENGLISH.duration(Duration.ofMillis(1234))).isEqualTo("1.2 s");
        assertThat(ENGLISH.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ENGLISH.duration(Duration.ofSeconds(63))).isEqualTo("1 min 3 s");
        assertThat(ENGLISH.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(ENGLISH.duration(Duration.ofSeconds(-5))).isEqualTo("0.0 s");
        assertThat(ENGLISH.size(0)).isEqualTo("0 bytes");
        assertThat(ENGLISH.size(1)).isEqualTo("1 byte");
        assertThat(Messages.in(Language.CHINESE).size(1)).isEqualTo("1 字节");
        assertThat(ENGLISH.size(1000)).isEqualTo("1,000 bytes");
        assertThat(ENGLISH.size(1536)).isEqualTo("1.5 KiB");
        assertThat(ENGLISH.size(3 * 1024 * 1024)).isEqualTo("3.0 MiB");
        assertThat(ENGLISH.number(1234567)).isEqualTo("1,234,567");
    }

    private static List<String> places(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(result -> result.group())
                .toList();
    }
}
