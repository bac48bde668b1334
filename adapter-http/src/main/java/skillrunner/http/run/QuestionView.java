package skillrunner.http.run;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Moment;

/**
 * A question that waits for its answer, as a form.
 *
 * @param number the question
 * @param kind what sort of answer it is made for; a wire name
 * @param html what is asked, as HTML made by us; empty if it is plain
 * @param text what is asked, plain; may be empty
 * @param choices answers to choose from
 * @param fields the values that are wanted
 * @param subject what a danger is about, exactly and apart from the agent's words: command and directory; empty for what is no danger
 * @param deadline when somebody else decides; null if nobody ever does
 * @param example the body of a call that answers, as one word of a shell
 */
public record QuestionView(
        int number,
        String kind,
        String html,
        String text,
        List<Choice> choices,
        List<Field> fields,
        List<Subject> subject,
        @Nullable Moment deadline,
        String example) {
    /** Copies the lists. */
    public QuestionView {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(html);
        Objects.requireNonNull(text);
        Objects.requireNonNull(example);
        choices = List.copyOf(choices);
        fields = List.copyOf(fields);
        subject = List.copyOf(subject);
    }

    /**
     * An answer to choose.
     *
     * @param label what it is called
     * @param json what is sent, as JSON
     */
    public record Choice(String label, String json) {}

    /**
     * A value that is wanted.
     *
     * @param name under which it is sent
     * @param label the same as it can be shown
     */
    public record Field(String name, String label) {}

    /**
     * A part of what a danger is about.
     *
     * @param name what it is
     * @param value exactly that, every character visible; empty if it is not known
     * @param note what there is to say in its place; may be empty
     */
    public record Subject(String name, String value, String note) {}
}
