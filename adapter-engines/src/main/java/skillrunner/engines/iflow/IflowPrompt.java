package skillrunner.engines.iflow;

import skillrunner.engines.prompt.UnattendedPrompt;

/** What iflow is told when a skill brings no prompt of its own. */
final class IflowPrompt {
    static final String TEMPLATE =
            """
            {{ input_prompt }}

            The skill is "{{ skill_id }}". Its folder is {{ skill_dir }}; read SKILL.md there and follow it.
            """
                    + UnattendedPrompt.GIVEN_AND_RULES;

    private IflowPrompt() {}
}
