package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;

/**
 * Makes RASP events of what an engine says in one attempt. Each event of the engine gives one RASP event with the bytes it came
 * from; others, without bytes, may follow from it. All that this remembers follows from the RASP events, and of an
 * {@link EngineEvent.Aside} from its being told again, so that {@link #restore} of those that are stored puts a new mapper where
 * the old one was, and {@link #accept} passes over what is stored already: the same output may be told as often as anybody
 * likes. Used by one thread.
 */
public final class RaspMapper {
    /** So many raw events at most; the raw files have the rest. */
    public static final int MOST_RAW_ROWS = 100_000;

    /** Of so many messages it is known that they were said. */
    private static final int MOST_MESSAGES = 100_000;

    /** A longer line is told by its beginning, in bytes. */
    public static final int MOST_LINE_BYTES = 1 << 20;

    private final int attempt;
    private final ParserProfile parser;
    private final Map<OutputStreamKind, Told> told = new EnumMap<>(OutputStreamKind.class);
    private final SaidTexts messages = new SaidTexts(MOST_MESSAGES);
    private final StringBuilder pieces = new StringBuilder();
    private @Nullable String piecesOf;
    private boolean open;
    private boolean tooLarge;
    private int finals;
    private int rawRows;
    private boolean unparsed;
    private boolean saidUnparsed;
    private boolean saidLimit;
    private boolean saidUnsure;
    private int owesTooLong;
    private @Nullable String session;
    private EngineEvent.@Nullable Aside aside;
    private boolean spoke;
    private boolean owesSessionChanged;
    private DoneMarkers markers = DoneMarkers.NONE;

    /**
     * How far a stream is told: the last range, how many events of the engine came from just that one, and how many of them
     * were told since the output was last begun.
     */
    private record Told(long from, long to, int events, int repeated) {
        static final Told NOTHING = new Told(0, 0, 0, 0);

        Told and(OutputRange at) {
            boolean same = events > 0 && at.from() == from && at.to() == to;
            int now = same ? events + 1 : 1;
            return new Told(at.from(), at.to(), now, now);
        }
    }

    /**
     * Begins an attempt.
     *
     * @param attempt its number
     * @param parser how its output is read
     */
    public RaspMapper(int attempt, ParserProfile parser) {
        this.attempt = attempt;
        this.parser = parser;
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            told.put(stream, Told.NOTHING);
        }
    }

    /**
     * Takes an event that is stored. Behind the last one {@link #startAgain} is to be called.
     *
     * @param stored the next event of the attempt
     */
    public void restore(RaspDraft stored) {
        note(stored);
    }

    /** To be called before the output is told again from its beginning. */
    public void startAgain() {
        told.replaceAll((stream, last) -> new Told(last.from(), last.to(), last.events(), 0));
    }

    /**
     * Takes what the engine says next.
     *
     * @param event the event
     * @return what is new with it; nothing if it is known
     */
    public List<RaspDraft> accept(EngineEvent event) {
        if (event instanceof EngineEvent.Aside heard) {
            aside = heard;
            return accept(heard.asRaw());
        }
        if (isKnown(event.at())) {
            return List.of();
        }
        List<RaspDraft> drafts = new ArrayList<>(due());
        if (endsMessage(event)) {
            finish(drafts);
        }
        if (event instanceof EngineEvent.Raw && rawRows >= MOST_RAW_ROWS) {
            if (!saidLimit) {
                add(drafts, RaspDraft.diagnostic(DiagnosticCode.RAW_ROWS_LIMIT_EXCEEDED));
            }
            return drafts;
        }
        add(drafts, draft(event));
        drafts.addAll(due());
        return drafts;
    }

    /**
     * Tells what was held back, since the attempt says nothing more.
     *
     * @return what is new with it
     */
    public List<RaspDraft> finish() {
        List<RaspDraft> drafts = new ArrayList<>(due());
        finish(drafts);
        if (!spoke && aside != null && aside.answer().isPresent()) {
            add(drafts, RaspDraft.of(RaspType.MESSAGE, message(aside.answer().get())));
        }
        double confidence = finals > 0 ? parser.understood() : parser.raw();
        if (!saidUnsure
                && confidence < ParserProfile.LOW
                && told.values().stream().anyMatch(it -> it.events() > 0)) {
            add(drafts, RaspDraft.unsure(confidence));
        }
        return drafts;
    }

    /**
     * Returns what was found of the mark of a finished task.
     *
     * @return what the messages so far hold
     */
    public DoneMarkers markers() {
        return markers;
    }

    /**
     * Returns how far the output is told.
     *
     * @return the end of each stream's last event; the end of everything once there was too much to tell
     */
    public OutputPosition told() {
        return saidLimit
                ? new OutputPosition(Long.MAX_VALUE, Long.MAX_VALUE)
                : new OutputPosition(end(OutputStreamKind.STDOUT), end(OutputStreamKind.STDERR));
    }

    private long end(OutputStreamKind stream) {
        return Objects.requireNonNull(told.get(stream)).to();
    }

    private boolean isKnown(OutputRange at) {
        Told last = Objects.requireNonNull(told.get(at.stream()));
        if (last.events() == 0 || at.from() > last.from() || at.to() > last.to()) {
            return false;
        }
        if (at.from() < last.from()) {
            return true;
        }
        if (last.repeated() < last.events()) {
            told.put(at.stream(), new Told(last.from(), last.to(), last.events(), last.repeated() + 1));
            return true;
        }
        return false;
    }

    private void add(List<RaspDraft> drafts, RaspDraft draft) {
        note(draft);
        drafts.add(draft);
    }

    private void finish(List<RaspDraft> drafts) {
        if (!open) {
            return;
        }
        String text = pieces.toString();
        if (tooLarge || text.isBlank() || messages.contains(text.strip())) {
            add(
                    drafts,
                    RaspDraft.of(RaspType.MESSAGE_SKIPPED, skipped(tooLarge ? Optional.empty() : Optional.of(text))));
        } else {
            add(drafts, RaspDraft.of(RaspType.MESSAGE, message(text)));
        }
    }

    /** What follows from what was told, and has not been told yet. */
    private List<RaspDraft> due() {
        List<RaspDraft> drafts = new ArrayList<>();
        if (unparsed && !saidUnparsed) {
            add(drafts, RaspDraft.diagnostic(DiagnosticCode.UNPARSED_CONTENT_FELL_BACK_TO_RAW));
        }
        while (owesTooLong > 0) {
            add(drafts, RaspDraft.diagnostic(DiagnosticCode.LINE_TOO_LONG));
        }
        if (owesSessionChanged) {
            add(drafts, RaspDraft.diagnostic(DiagnosticCode.SESSION_CHANGED));
        }
        return drafts;
    }

    /** Everything that is remembered, is remembered here. */
    private void note(RaspDraft draft) {
        boolean assembled = draft.meant() == RaspType.MESSAGE && draft.at().isEmpty();
        draft.at().ifPresent(at -> told.computeIfPresent(at.stream(), (stream, last) -> last.and(at)));
        switch (draft.meant()) {
            case MESSAGE -> {
                draft.text(RaspRows.TEXT).ifPresent(text -> {
                    messages.add(text.strip());
                    markers = markers.and(
                            text, new DoneMarkers.Place(draft.text("message_id").orElse(""), draft.at()));
                });
                finals++;
                spoke = true;
                if (assembled) {
                    forgetPieces();
                }
            }
            case MESSAGE_PIECE -> {
                open = true;
                piecesOf = draft.text(RaspRows.PIECES_OF).orElse(null);
                draft.text(RaspRows.TEXT).ifPresentOrElse(this::append, () -> tooLarge = true);
            }
            case MESSAGE_SKIPPED -> {
                // Whoever spoke at such length spoke all the same.
                spoke = true;
                if (draft.at().isEmpty()) {
                    forgetPieces();
                }
            }
            case RAW_STDOUT, RAW_STDERR, RECORD -> noteRaw(draft);
            case SESSION ->
                draft.text("session_id").ifPresent(named -> {
                    owesSessionChanged |= session != null && !session.equals(named);
                    session = named;
                });
            case DIAGNOSTIC -> noteDiagnostic(draft);
            default -> {
                // says nothing that counts for what follows
            }
        }
    }

    private void append(String text) {
        if (pieces.length() + text.length() > OutputCandidates.MOST_CHARACTERS) {
            tooLarge = true;
        } else {
            pieces.append(text);
        }
    }

    private void noteRaw(RaspDraft draft) {
        rawRows++;
        unparsed |= draft.meant().isRaw();
        if (draft.meant().isRaw() && draft.at().filter(RaspRows::isTooLong).isPresent()) {
            owesTooLong++;
        }
    }

    private void noteDiagnostic(RaspDraft draft) {
        saidUnparsed |= draft.warnsOf(DiagnosticCode.UNPARSED_CONTENT_FELL_BACK_TO_RAW);
        saidUnsure |= draft.warnsOf(DiagnosticCode.LOW_CONFIDENCE_PARSE);
        saidLimit |= draft.warnsOf(DiagnosticCode.RAW_ROWS_LIMIT_EXCEEDED);
        if (draft.warnsOf(DiagnosticCode.LINE_TOO_LONG)) {
            owesTooLong--;
        }
        if (draft.warnsOf(DiagnosticCode.SESSION_CHANGED)) {
            owesSessionChanged = false;
        }
    }

    private void forgetPieces() {
        pieces.setLength(0);
        piecesOf = null;
        open = false;
        tooLarge = false;
    }

    private boolean endsMessage(EngineEvent event) {
        if (event instanceof EngineEvent.Message message) {
            return isOnItsOwn(message) || !Objects.equals(piecesOf, message.id().orElse(null));
        }
        if (event instanceof EngineEvent.ToolCall || event instanceof EngineEvent.ToolResult) {
            return piecesOf == null;
        }
        return event instanceof EngineEvent.TurnBegan
                || event instanceof EngineEvent.StepBegan
                || event instanceof EngineEvent.BareAnswer
                || event instanceof EngineEvent.Closing;
    }

    /** A part with a name comes whole, if it comes again, it is another word on the same. */
    private static boolean isOnItsOwn(EngineEvent.Message message) {
        return message.extent() == EngineEvent.Message.Extent.WHOLE
                || message.part().isPresent();
    }

    private RaspDraft draft(EngineEvent event) {
        if (event instanceof EngineEvent.Message message && isOnItsOwn(message)) {
            return spoken(message.at(), message.text());
        } else if (event instanceof EngineEvent.BareAnswer answer) {
            return spoken(answer.at(), answer.text());
        }
        return RaspRows.of(event);
    }

    private RaspDraft spoken(OutputRange at, Optional<String> text) {
        return text.filter(words -> !words.isBlank() && !messages.contains(words.strip()))
                .map(words -> RaspDraft.of(RaspType.MESSAGE, message(words), at))
                .orElseGet(() -> RaspDraft.of(RaspType.MESSAGE_SKIPPED, skipped(text), at));
    }

    private Map<String, Object> message(String text) {
        return EventData.of("message_id", "m_" + attempt + "_" + (finals + 1))
                .with(RaspRows.TEXT, text)
                .map();
    }

    private static Map<String, Object> skipped(Optional<String> text) {
        String reason = text.isEmpty() ? "too_long" : text.get().isBlank() ? "blank" : "repeated";
        return EventData.of("reason", reason).map();
    }
}
