package skillrunner.engines.iflow;

/** What iflow is told when a skill brings no prompt of its own. */
final class IflowPrompt {
    static final String TEMPLATE =
            """
            {{ input_prompt }}

            The skill is "{{ skill_id }}". Its folder is {{ skill_dir }}; read SKILL.md there and follow it.

            Inputs:
            {% for key, value in input.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Parameters:
            {% for key, value in parameter.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Nobody can answer questions during this run. Do not ask for anything; start at once and work until the skill
            is done.
            """;

    private IflowPrompt() {}
}
