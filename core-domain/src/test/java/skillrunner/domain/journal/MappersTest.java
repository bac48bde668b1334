package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

class MappersTest {
    private long offset;

    @Test
    void every_event_of_an_engine_leaves_an_event_with_its_bytes() {
        List<EngineEvent> all = everything();

        List<RaspDraft> told = told(new RaspMapper(1, ParserProfile.LINES), all);

        assertThat(told.stream().map(RaspDraft::at).flatMap(Optional::stream))
                .containsExactlyElementsOf(all.stream().map(EngineEvent::at).toList());
    }

    @Test
    void no_kind_of_event_is_forgotten_here() {
        assertThat(everything().stream().map(EngineEvent::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds());
    }

    private static List<Class<? extends EngineEvent>> kinds() {
        List<Class<? extends EngineEvent>> kinds = new ArrayList<>();
        for (Class<?> kind : EngineEvent.class.getPermittedSubclasses()) {
            kinds.add(kind.asSubclass(EngineEvent.class));
        }
        return kinds;
    }

    @Test
    void wherever_the_telling_was_cut_off_it_goes_on_with_what_is_missing() {
        List<EngineEvent> all = everything();
        RaspMapper whole = new RaspMapper(1, ParserProfile.LINES);
        List<RaspDraft> expected = new ArrayList<>(told(whole, all));
        expected.addAll(whole.finish());

        for (int cut = 0; cut <= expected.size(); cut++) {
            List<RaspDraft> stored = new ArrayList<>(expected.subList(0, cut));
            RaspMapper again = new RaspMapper(1, ParserProfile.LINES);
            stored.forEach(again::restore);
            again.startAgain();
            stored.addAll(told(again, all));
            stored.addAll(again.finish());

            assertThat(stored).as("cut at %s", cut).isEqualTo(expected);
        }
    }

    /** A warning on the side is no message; words on the side of an engine that says nothing else are its answer. */
    @Test
    void an_aside_is_a_message_only_if_there_is_no_other() {
        List<EngineEvent> silent = List.of(aside("first", 0), aside("the answer", 6));

        RaspMapper whole = new RaspMapper(1, ParserProfile.LINES);
        List<RaspDraft> expected = new ArrayList<>(told(whole, silent));
        expected.addAll(whole.finish());

        assertThat(expected)
                .extracting(RaspDraft::meant)
                .containsExactly(RaspType.RAW_STDERR, RaspType.DIAGNOSTIC, RaspType.RAW_STDERR, RaspType.MESSAGE);
        assertThat(expected.get(3).text("text")).contains("the answer");
        for (int cut = 0; cut <= expected.size(); cut++) {
            RaspMapper again = new RaspMapper(1, ParserProfile.LINES);
            List<RaspDraft> stored = new ArrayList<>(expected.subList(0, cut));
            stored.forEach(again::restore);
            again.startAgain();
            stored.addAll(told(again, silent));
            stored.addAll(again.finish());

            assertThat(stored).as("cut at %s", cut).isEqualTo(expected);
        }

        RaspMapper spoken = new RaspMapper(1, ParserProfile.LINES);
        told(spoken, List.of(aside("a warning", 0), says("Hello")));
        assertThat(spoken.finish()).isEmpty();

        RaspMapper longWinded = new RaspMapper(1, ParserProfile.LINES);
        told(longWinded, List.of(aside("a warning", 0), EngineEvent.Message.whole(next(4), Optional.empty())));
        assertThat(longWinded.finish()).extracting(RaspDraft::meant).doesNotContain(RaspType.MESSAGE);

        RaspMapper tooLong = new RaspMapper(1, ParserProfile.LINES);
        told(
                tooLong,
                List.of(new EngineEvent.Aside(
                        new OutputRange(OutputStreamKind.STDERR, 0, 9), "a", false, Optional.empty())));
        assertThat(tooLong.finish()).extracting(RaspDraft::meant).doesNotContain(RaspType.MESSAGE);
    }

    @Test
    void what_is_told_twice_leaves_nothing() {
        RaspMapper mapper = new RaspMapper(1, ParserProfile.LINES);
        List<EngineEvent> all = everything();
        told(mapper, all);
        mapper.finish();

        mapper.startAgain();

        assertThat(told(mapper, all)).isEmpty();
        assertThat(mapper.finish()).isEmpty();
    }

    @Test
    void the_same_words_are_one_message() {
        List<RaspDraft> told = told(
                new RaspMapper(2, ParserProfile.LINES),
                List.of(says("Done"), says(" Done\n"), says(" "), says("More")));

        assertThat(told)
                .extracting(RaspDraft::type)
                .containsExactly(
                        RaspType.MESSAGE, RaspType.MESSAGE_SKIPPED, RaspType.MESSAGE_SKIPPED, RaspType.MESSAGE);
        assertThat(told.get(0).data()).containsEntry("message_id", "m_2_1").containsEntry("text", "Done");
        assertThat(told.get(1).data()).containsEntry("reason", "repeated");
        assertThat(told.get(2).data()).containsEntry("reason", "blank");
        assertThat(told.get(3).data()).containsEntry("message_id", "m_2_2");
    }

    @Test
    void pieces_are_a_message_once_it_ends() {
        RaspMapper mapper = new RaspMapper(1, ParserProfile.LINES);

        List<RaspDraft> told = told(mapper, List.of(piece("Hel"), piece("lo"), new EngineEvent.TurnBegan(next(5))));

        assertThat(told)
                .extracting(RaspDraft::type)
                .containsExactly(
                        RaspType.MESSAGE_PIECE, RaspType.MESSAGE_PIECE, RaspType.MESSAGE, RaspType.TURN_STARTED);
        assertThat(told.get(2).data()).containsEntry("text", "Hello");
    }

    @Test
    void raw_text_warns_once_and_a_line_that_is_too_long_each_time() {
        List<RaspDraft> told = told(
                new RaspMapper(1, ParserProfile.LINES),
                List.of(
                        raw("[1,2]", 6),
                        raw("x".repeat(5_000), RaspMapper.MOST_LINE_BYTES + 1),
                        raw("y".repeat(5_000), RaspMapper.MOST_LINE_BYTES + 1)));

        assertThat(told.stream().filter(it -> it.type() == RaspType.DIAGNOSTIC).map(it -> it.data()
                        .get("code")))
                .containsExactly("UNPARSED_CONTENT_FELL_BACK_TO_RAW", "LINE_TOO_LONG", "LINE_TOO_LONG");
        assertThat(told.get(2).data()).containsEntry("line", "x".repeat(4_096));
    }

    @Test
    void beyond_the_limit_raw_rows_are_left_out_and_messages_are_not() {
        RaspMapper mapper = new RaspMapper(1, ParserProfile.LINES);
        for (int i = 0; i < RaspMapper.MOST_RAW_ROWS; i++) {
            mapper.accept(raw("row", 4));
        }

        assertThat(mapper.accept(raw("one", 4)))
                .extracting(it -> it.data().get("code"))
                .containsExactly("RAW_ROWS_LIMIT_EXCEEDED");
        assertThat(mapper.accept(raw("more", 5))).isEmpty();
        assertThat(mapper.accept(says("Done"))).extracting(RaspDraft::type).containsExactly(RaspType.MESSAGE);
        assertThat(mapper.told()).isEqualTo(new OutputPosition(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @Test
    void the_mapper_knows_how_far_the_output_is_told() {
        RaspMapper mapper = new RaspMapper(1, ParserProfile.LINES);
        mapper.accept(raw("one", 4));
        mapper.accept(new EngineEvent.Raw(
                new OutputRange(OutputStreamKind.STDERR, 3, 9), "two", true, EngineEvent.Raw.Sort.TEXT));

        assertThat(mapper.told()).isEqualTo(new OutputPosition(4, 9));
    }

    @Test
    void another_session_is_warned_of_and_the_first_begins_the_conversation() {
        List<RaspDraft> told = told(
                new RaspMapper(1, ParserProfile.LINES),
                List.of(
                        new EngineEvent.SessionNamed(next(2), "a"),
                        new EngineEvent.SessionNamed(next(2), "a"),
                        new EngineEvent.SessionNamed(next(2), "b")));

        assertThat(told.get(told.size() - 1).data()).containsEntry("code", "SESSION_CHANGED");
        assertThat(shown(told))
                .extracting(FcmpDraft::type)
                .containsExactly(FcmpType.CONVERSATION_STARTED, FcmpType.DIAGNOSTIC);
    }

    // what a front end shows

    @Test
    void three_lines_of_a_message_that_come_again_are_left_out_and_counted() {
        List<RaspDraft> told = told(
                new RaspMapper(1, ParserProfile.LINES),
                List.of(
                        says("```\none\ntwo\nthree\nfour\n```"),
                        raw("one", 4),
                        raw(" two ", 6),
                        raw("three", 6),
                        raw("four", 5),
                        raw("five", 5)));

        List<FcmpDraft> shown = shown(told);

        assertThat(lines(shown)).containsExactly("five");
        assertThat(shown)
                .filteredOn(it -> it.data().containsKey("suppressed_count"))
                .extracting(it -> it.data().get("suppressed_count"))
                .containsExactly(4);
        assertThat(told).filteredOn(it -> it.type().isRaw()).hasSize(5);
    }

    @Test
    void two_lines_are_no_echo_and_come_in_their_order() {
        List<RaspDraft> told = told(
                new RaspMapper(1, ParserProfile.LINES),
                List.of(says("one\ntwo"), raw("one", 4), raw("two", 4), raw("five", 5)));

        assertThat(lines(shown(told))).containsExactly("one", "two", "five");
    }

    @Test
    void what_is_held_back_comes_before_whatever_else_is_shown() {
        List<RaspDraft> told = told(
                new RaspMapper(1, ParserProfile.LINES),
                List.of(says("one\ntwo"), raw("one", 4), raw("two", 4), says("Done")));

        List<FcmpDraft> shown = shown(told);

        assertThat(shown.get(shown.size() - 1).type()).isEqualTo(FcmpType.MESSAGE);
        assertThat(lines(shown)).containsExactly("one", "two");
    }

    @Test
    void what_is_held_back_comes_at_the_end_of_the_attempt() {
        FcmpMapper mapper = new FcmpMapper();
        List<RaspDraft> told = told(new RaspMapper(1, ParserProfile.LINES), List.of(says("one\ntwo"), raw("one", 4)));
        List<FcmpDraft> shown = new ArrayList<>();
        told.forEach(it -> shown.addAll(mapper.accept(it)));

        assertThat(lines(shown)).isEmpty();
        assertThat(mapper.accept(RaspDraft.of(RaspType.COMPLETION, Map.of())))
                .extracting(it -> it.data().get("line"))
                .containsExactly("one");
    }

    private static List<RaspDraft> told(RaspMapper mapper, List<EngineEvent> said) {
        List<RaspDraft> drafts = new ArrayList<>();
        said.forEach(event -> drafts.addAll(mapper.accept(event)));
        return drafts;
    }

    private static List<FcmpDraft> shown(List<RaspDraft> told) {
        FcmpMapper mapper = new FcmpMapper();
        List<FcmpDraft> shown = new ArrayList<>();
        told.forEach(it -> shown.addAll(mapper.accept(it)));
        return shown;
    }

    private static List<Object> lines(List<FcmpDraft> shown) {
        return shown.stream()
                .filter(it -> it.type() == FcmpType.RAW_STDOUT)
                .<Object>map(it -> it.data().get("line"))
                .toList();
    }

    private List<EngineEvent> everything() {
        OutputRange shared = next(20);
        return List.of(
                new EngineEvent.SessionNamed(shared, "s-1"),
                new EngineEvent.TurnBegan(shared),
                new EngineEvent.StepBegan(next(3)),
                piece("He"),
                piece("llo"),
                new EngineEvent.Thought(next(3), "hm"),
                new EngineEvent.ToolCall(next(3), Optional.of("c"), "bash", "ls"),
                new EngineEvent.ToolResult(
                        next(3),
                        Optional.of("c"),
                        Optional.empty(),
                        Optional.empty(),
                        EngineEvent.ToolResult.Ending.SUCCEEDED,
                        OptionalInt.of(0)),
                raw("text", 5),
                new EngineEvent.Raw(next(9), "{\"a\": 1}", true, EngineEvent.Raw.Sort.RECORD),
                raw("z".repeat(5_000), RaspMapper.MOST_LINE_BYTES + 7),
                new EngineEvent.Raw(
                        new OutputRange(OutputStreamKind.STDERR, 0, 4), "err", true, EngineEvent.Raw.Sort.TEXT),
                new EngineEvent.Notice(next(2), "slow"),
                new EngineEvent.ModelUsed(next(2), "gpt"),
                new EngineEvent.SignInAsked(next(2), SignInSign.DEMAND),
                new EngineEvent.SessionNamed(next(2), "s-2"),
                new EngineEvent.Usage(next(2), EngineEvent.Usage.Span.TURN, 1, 2, 3, 4, OptionalDouble.of(Double.NaN)),
                says("Hello"),
                says("World"),
                EngineEvent.Message.whole(next(4), Optional.empty()),
                new EngineEvent.BareAnswer(next(3), Optional.of("bare")),
                new EngineEvent.Aside(
                        new OutputRange(OutputStreamKind.STDERR, 4, 9), "aside", true, Optional.of("aside")),
                new EngineEvent.Closing(next(3), new TurnFacts.Closing.Missing()),
                new EngineEvent.Closing(next(3), new TurnFacts.Closing.Unclear("?")),
                new EngineEvent.Closing(next(3), new TurnFacts.Closing.Failed("no")),
                new EngineEvent.Closing(next(3), new TurnFacts.Closing.Completed()),
                piece("never ended"));
    }

    private static EngineEvent aside(String text, long from) {
        return new EngineEvent.Aside(
                new OutputRange(OutputStreamKind.STDERR, from, from + text.length() + 1),
                text,
                true,
                Optional.of(text));
    }

    private EngineEvent says(String text) {
        return EngineEvent.Message.whole(next(text.length() + 1), Optional.of(text));
    }

    private EngineEvent piece(String text) {
        return new EngineEvent.Message(
                next(text.length() + 1),
                Optional.of(text),
                EngineEvent.Message.Extent.PIECE,
                Optional.empty(),
                Optional.empty());
    }

    private EngineEvent raw(String text, int bytes) {
        return new EngineEvent.Raw(next(bytes), text, true, EngineEvent.Raw.Sort.TEXT);
    }

    private OutputRange next(int length) {
        long from = offset;
        offset += length;
        return new OutputRange(OutputStreamKind.STDOUT, from, offset);
    }
}
