package skillrunner.engines.codex;

/** What codex is told when a skill brings no prompt of its own. */
final class CodexPrompt {
    /** Begins with the skill's mention, for which codex puts the whole SKILL.md into the conversation. */
    static final String TEMPLATE =
            """
            ${{ skill_id }}

            Run the skill "{{ skill_id }}" now. Its folder is {{ skill_dir }}; read SKILL.md there and follow it.

            Inputs:
            {% for key, value in input.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Parameters:
            {% for key, value in parameter.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Nobody can answer questions during this run. Do not ask for anything; start at once and work until the skill
            is done.
            """;

    private CodexPrompt() {}
}
