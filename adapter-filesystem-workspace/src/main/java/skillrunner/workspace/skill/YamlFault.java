package skillrunner.workspace.skill;

import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in words for authors why a reader of YAML stopped. */
final class YamlFault {
    private YamlFault() {}

    /**
     * Explains a fault. The reader tells most of its faults apart by their words alone, so that words it may use one day get
     * the general explanation.
     *
     * @param fault what the reader threw
     * @return a clause without a full stop
     */
    static String explain(MarkedYamlEngineException fault) {
        if (fault instanceof DuplicateKeyException) {
            return "a key occurs twice";
        }
        String words = fault.getContext() + " " + fault.getProblem();
        if (words.contains("mapping values are not allowed")) {
            return "a colon stands in a text that is not in quotes (mapping values are not allowed here)";
        }
        if (words.contains("TAB")) {
            return "a tab stands where only spaces may";
        }
        if (words.contains("cannot start any token")) {
            return "this character can't begin a value that is not in quotes";
        }
        if (words.contains("end of stream") || words.contains("<stream end>")) {
            return "a quote or a bracket is not closed";
        }
        if (words.contains("could not find expected ':'")) {
            return "a key has no colon";
        }
        if (words.contains("unknown escape")) {
            return "a text in double quotes holds an escape that YAML does not know";
        }
        if (words.contains("alias")) {
            return "an alias names nothing, or there are too many of them";
        }
        if (words.contains("tag")) {
            return "a tag that begins with '!' is not known";
        }
        if (words.contains("block end")) {
            return "something follows that belongs to no key: a quote ends too early, or the indentation does not fit";
        }
        return "its form is wrong here";
    }
}
