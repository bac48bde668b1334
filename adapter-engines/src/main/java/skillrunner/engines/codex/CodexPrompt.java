package skillrunner.engines.codex;

import skillrunner.engines.prompt.UnattendedPrompt;

/** What codex is told when a skill brings no prompt of its own. */
final class CodexPrompt {
    /**
     * Begins with mentions of the skill, for one of which codex puts the whole SKILL.md into the conversation. It reads a
     * bare name only up to a dot, takes some for variables ({@code $HOME}) and passes over one that two skills have; it
     * takes a link by its path, whatever stands before it, but compares the path letter by letter.
     */
    static final String TEMPLATE =
            """
            ${{ skill_id }} [$skill]({{ skill_dir }}/SKILL.md)

            Run the skill "{{ skill_id }}" now. Its folder is {{ skill_dir }}; read SKILL.md there and follow it.
            """
                    + UnattendedPrompt.GIVEN_AND_RULES;

    private CodexPrompt() {}
}
