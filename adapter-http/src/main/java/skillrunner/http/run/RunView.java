package skillrunner.http.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;
import skillrunner.http.page.ValueView;

/**
 * A run as its page shows it.
 *
 * @param messages the texts
 * @param requestId the request
 * @param address where clients find the run
 * @param skill id of the skill
 * @param skillName its name, or its id if it is gone
 * @param temporary the word for a skill that came with its request; empty for an installed one
 * @param skillPage address of the skill's page; empty for a skill that came with the request
 * @param engine the engine
 * @param status where it stands
 * @param active whether it can still change: {@code true} or {@code false}
 * @param canCancel whether its end can be asked for
 * @param sentence one sentence that says where it stands
 * @param startedAt when its request came, for a running clock
 * @param duration how long it took or has been taking
 * @param question what it asks, if it waits for its user
 * @param problem what went wrong, if anything did
 * @param steps its statuses in time
 * @param warnings words about the verdict, in the reader's language
 * @param result the answer, if there is one
 * @param resultTooLong whether the answer is too long for a page
 * @param resultLost whether the answer is not on the disk any more
 * @param artifacts the first of the files it left
 * @param turns its turns, the oldest first
 * @param facts names and values
 * @param parameter what it was given
 * @param output what is known of its output
 */
public record RunView(
        Messages messages,
        String requestId,
        String address,
        String skill,
        String skillName,
        String temporary,
        String skillPage,
        String engine,
        StatusView status,
        String active,
        boolean canCancel,
        String sentence,
        Moment startedAt,
        String duration,
        @Nullable QuestionView question,
        @Nullable Problem problem,
        List<Step> steps,
        List<String> warnings,
        @Nullable ValueView result,
        boolean resultTooLong,
        boolean resultLost,
        List<Artifact> artifacts,
        List<TurnView> turns,
        List<Fact> facts,
        ValueView parameter,
        Output output) {
    /** So many files are shown at most. */
    public static final int MAX_ARTIFACTS = 500;

    /** Copies the lists. */
    public RunView {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        artifacts = List.copyOf(artifacts);
        turns = List.copyOf(turns);
        facts = List.copyOf(facts);
    }

    /**
     * What went wrong.
     *
     * @param code stable name
     * @param title in words
     * @param message the details
     * @param help what to do
     * @param stderr end of the engine's diagnostics; may be empty
     * @param remedy where it can be mended, if that is on a page
     */
    public record Problem(
            String code, String title, String message, String help, String stderr, @Nullable Remedy remedy) {}

    /**
     * Where something can be mended.
     *
     * @param address of a page
     * @param label what is done there
     */
    public record Remedy(String address, String label) {}

    /**
     * A status that was reached, or the one that comes next.
     *
     * @param status the status
     * @param at when, or null for one that is still to come
     * @param note more about it; may be empty
     * @param took how long it lasted; may be empty
     */
    public record Step(StatusView status, @Nullable Moment at, String note, String took) {}

    /**
     * A file the run left.
     *
     * @param path path inside the run
     * @param page address of the page that shows it
     * @param fragment address of what it shows alone
     * @param address where it can be downloaded
     * @param size how large it is
     */
    public record Artifact(String path, String page, String fragment, String address, String size) {}

    /**
     * A fact.
     *
     * @param name what it is
     * @param value the value
     * @param at the value as a moment, if it is one
     * @param copy whether a person may want to copy it
     * @param link where the value leads; empty if nowhere
     */
    public record Fact(String name, String value, @Nullable Moment at, boolean copy, String link) {}

    /**
     * What is known of the output when the page is made.
     *
     * @param events address of the live stream
     * @param stdoutBytes bytes so far
     * @param stderrBytes bytes so far
     * @param atOnce bytes of stdout that are loaded at once; of more only the end is, until the rest is asked for
     * @param end bytes of that end
     * @param prompt what the engine was told; may be empty
     */
    public record Output(
            String events, String stdoutBytes, String stderrBytes, String atOnce, String end, String prompt) {}
}
