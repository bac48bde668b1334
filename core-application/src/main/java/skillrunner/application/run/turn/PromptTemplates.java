package skillrunner.application.run.turn;

import java.util.Map;

/** Renders prompt templates. Templates are written by skill authors and can reach nothing but their variables. */
public interface PromptTemplates {
    /**
     * Renders a Jinja template.
     *
     * @param template the template
     * @param variables plain values by name
     * @return the text
     * @throws IllegalArgumentException if the template is broken; the message says where
     */
    String render(String template, Map<String, Object> variables);
}
