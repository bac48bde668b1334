package skillrunner.engines.opencode;

/** What opencode is told when a skill brings no prompt of its own. */
final class OpencodePrompt {
    /** Only the skill's name and description are known to the model until it loads the skill. */
    static final String TEMPLATE =
            """
            {{ input_prompt }}

            Load the skill "{{ skill_id }}" with the tool named skill and follow it. Its folder is {{ skill_dir }}; if the
            tool fails, read SKILL.md there.

            Inputs:
            {% for key, value in input.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Parameters:
            {% for key, value in parameter.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Nobody can answer questions during this run. Do not ask for anything; start at once and work until the skill
            is done.
            """;

    private OpencodePrompt() {}
}
