package skillrunner.engines.prompt;

/** The part of a default prompt that does not depend on how an engine finds its skills. */
public final class UnattendedPrompt {
    /** Comes after the sentences that name the skill: what was given, and whether anybody answers. A Jinja template. */
    public static final String GIVEN_AND_RULES =
            """

            Inputs:
            {% for key, value in input.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            Parameters:
            {% for key, value in parameter.items() %}- {{ key }}: {{ value }}
            {% endfor %}
            {% if interactive %}Start at once and work until the skill is done. If you can't go on without an answer of your
            user, ask one question as your last message and stop.{% else %}Nobody can answer questions during this run. Do not
            ask for anything; start at once and work until the skill is done.{% endif %}
            """;

    private UnattendedPrompt() {}
}
