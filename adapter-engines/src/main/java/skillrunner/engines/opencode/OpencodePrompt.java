package skillrunner.engines.opencode;

import skillrunner.engines.prompt.UnattendedPrompt;

/** What opencode is told when a skill brings no prompt of its own. */
final class OpencodePrompt {
    /** Only the skill's name and description are known to the model until it loads the skill. */
    static final String TEMPLATE =
            """
            {{ input_prompt }}

            Load the skill "{{ skill_id }}" with the tool named skill and follow it. Its folder is {{ skill_dir }}; if the
            tool fails, read SKILL.md there.
            """
                    + UnattendedPrompt.GIVEN_AND_RULES;

    private OpencodePrompt() {}
}
