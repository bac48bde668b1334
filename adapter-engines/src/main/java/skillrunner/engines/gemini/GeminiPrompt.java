package skillrunner.engines.gemini;

import skillrunner.engines.prompt.UnattendedPrompt;

/** What gemini is told when a skill brings no prompt of its own. */
final class GeminiPrompt {
    /** Only the skill's name and description are known to the model until it activates the skill. */
    static final String TEMPLATE =
            """
            Activate the skill "{{ skill_id }}" with the tool activate_skill and run it now. Its folder is {{ skill_dir }};
            if the tool is missing, read SKILL.md there and follow it.
            """
                    + UnattendedPrompt.GIVEN_AND_RULES;

    private GeminiPrompt() {}
}
