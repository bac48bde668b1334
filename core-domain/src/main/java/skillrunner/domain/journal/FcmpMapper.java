package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.interaction.AskUserBlocks;

/**
 * Makes what a front end shows of the RASP events of one attempt. What comes out follows from these events and their order alone,
 * so the same events give the same again. What follows from a move is told by {@link MoveEvents}, not here. Used by one thread.
 */
public final class FcmpMapper {
    private final EchoFilter echo = new EchoFilter();
    private boolean started;

    /** Begins an attempt. */
    public FcmpMapper() {}

    /**
     * Takes the next event.
     *
     * @param event a RASP event
     * @return what is shown with it
     */
    public List<FcmpDraft> accept(RaspDraft event) {
        return switch (event.type()) {
            case RAW_STDOUT -> echo.raw(shown(FcmpType.RAW_STDOUT, event));
            case RAW_STDERR -> echo.raw(shown(FcmpType.RAW_STDERR, event));
            case MESSAGE -> {
                List<FcmpDraft> drafts = after(withoutQuestion(event));
                event.text("text").ifPresent(echo::said);
                yield drafts;
            }
            case SESSION -> session(event);
            case REASONING ->
                event.text("text").filter(text -> !text.isBlank()).isPresent()
                        ? after(shown(FcmpType.REASONING, event))
                        : List.of();
            case TOOL_CALL -> after(shown(FcmpType.TOOL_CALL, event));
            case TOOL_RESULT -> after(shown(FcmpType.TOOL_RESULT, event));
            case USAGE -> after(shown(FcmpType.USAGE, event));
            // A warning about a row does not part it from the next.
            case DIAGNOSTIC -> List.of(shown(FcmpType.DIAGNOSTIC, event));
            case COMPLETION, RUN_TERMINAL -> echo.flush();
            case RUN_STATUS,
                    INPUT_REQUIRED,
                    MESSAGE_PIECE,
                    MESSAGE_SKIPPED,
                    TURN_STARTED,
                    STEP_STARTED,
                    STEP_COMPLETE,
                    TURN_COMPLETE,
                    TURN_FAILED,
                    MODEL,
                    RECORD -> List.of();
        };
    }

    private List<FcmpDraft> session(RaspDraft event) {
        Optional<String> handle = event.text("session_id").filter(name -> !name.isEmpty());
        if (started || handle.isEmpty()) {
            return List.of();
        }
        started = true;
        return after(shown(FcmpType.CONVERSATION_STARTED, event));
    }

    private List<FcmpDraft> after(FcmpDraft draft) {
        List<FcmpDraft> drafts = new ArrayList<>(echo.flush());
        drafts.add(draft);
        return drafts;
    }

    /** What a question is made of is shown as that question; a message that is nothing else stays as it is. */
    private static FcmpDraft withoutQuestion(RaspDraft event) {
        Optional<String> rest =
                event.text("text").map(text -> AskUserBlocks.cut(text).rest()).filter(text -> !text.isBlank());
        if (rest.isEmpty()) {
            return shown(FcmpType.MESSAGE, event);
        }
        Map<String, Object> data = new LinkedHashMap<>(event.data());
        data.put("text", rest.get());
        return new FcmpDraft(FcmpType.MESSAGE, data, event.at());
    }

    private static FcmpDraft shown(FcmpType type, RaspDraft event) {
        return new FcmpDraft(type, event.data(), event.at());
    }
}
