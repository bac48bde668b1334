package skillrunner.application.run.turn;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.json.YamlText;
import skillrunner.domain.interaction.AskUserBlocks;
import skillrunner.domain.interaction.QuestionRules;

/** Reads a question from what an agent says to people, with the block of hints in it, if there is one. Safe for concurrent use. */
public final class QuestionHints {
    private static final int MOST_READ = 4;

    private final YamlText yaml;

    public QuestionHints(YamlText yaml) {
        this.yaml = Objects.requireNonNull(yaml);
    }

    /**
     * Reads.
     *
     * @param words the last message of the agent
     * @return the question; the last block that can be read says how it is shown
     */
    QuestionRules.Asked question(String words) {
        AskUserBlocks.Cut cut = AskUserBlocks.cut(words);
        for (int i = cut.blocks().size() - 1; i >= Math.max(0, cut.blocks().size() - MOST_READ); i--) {
            Optional<Map<String, Object>> hints = yaml.parseObject(cut.blocks().get(i));
            if (hints.isPresent()) {
                return QuestionRules.read(QuestionRules.asking(hints.get()).orElse(hints.get()), cut.rest());
            }
        }
        return QuestionRules.plain(cut.rest());
    }
}
