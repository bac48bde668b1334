package skillrunner.engines.codex;

import skillrunner.engines.prompt.UnattendedPrompt;

/** What codex is told when a skill brings no prompt of its own. */
final class CodexPrompt {
    /** Begins with the skill's mention, for which codex puts the whole SKILL.md into the conversation. */
    static final String TEMPLATE =
            """
            ${{ skill_id }}

            Run the skill "{{ skill_id }}" now. Its folder is {{ skill_dir }}; read SKILL.md there and follow it.
            """
                    + UnattendedPrompt.GIVEN_AND_RULES;

    private CodexPrompt() {}
}
