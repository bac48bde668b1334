package skillrunner.http.skill;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.http.file.PreviewView;
import skillrunner.http.file.TreeView;
import skillrunner.http.page.Moment;

/**
 * A skill as its page shows it.
 *
 * @param id its id
 * @param address its page
 * @param name what people call it
 * @param purpose what it is for; may be empty
 * @param health wire name of its health, which chooses the colours
 * @param healthLabel the same for people
 * @param problems what is wrong with it
 * @param adopt where a package can be made of it; empty if it can't
 * @param facts what else there is to say
 * @param schemas what it takes and gives
 * @param tree its files
 * @param preview the file that is shown, if one is
 */
public record SkillView(
        String id,
        String address,
        String name,
        String purpose,
        String health,
        String healthLabel,
        List<String> problems,
        String adopt,
        List<Fact> facts,
        List<SchemaView> schemas,
        TreeView tree,
        @Nullable PreviewView preview) {
    /** Copies the lists. */
    public SkillView {
        problems = List.copyOf(problems);
        facts = List.copyOf(facts);
        schemas = List.copyOf(schemas);
    }

    /**
     * One thing to say.
     *
     * @param name what about
     * @param values what; none is shown as a dash
     * @param at a moment instead, if it is one
     */
    public record Fact(String name, List<String> values, @Nullable Moment at) {
        /** Copies the list. */
        public Fact {
            values = List.copyOf(values);
        }
    }
}
