package skillrunner.e2eclient;

import java.util.HashMap;
import java.util.Map;

/** A skill with a field of every kind, as a server tells of it. */
final class Skills {
    static final String ID = "every-kind";

    private static final String INPUT =
            """
            {"type": "object", "required": ["topic", "paper"], "$defs": {"level": {"type": "integer", "minimum": 1, "maximum": 5}},
             "properties": {
              "topic": {"type": "string", "x-input-source": "inline", "title": "Topic", "description": "What about", "minLength": 3},
              "count": {"$ref": "#/$defs/level", "x-input-source": "inline"},
              "level": {"type": "integer", "minimum": 1, "maximum": 5, "x-input-source": "inline", "default": 2},
              "tags": {"type": "array", "items": {"type": "string"}, "x-input-source": "inline"},
              "author": {"type": "object", "x-input-source": "inline"},
              "free": {"x-input-source": "inline"},
              "paper": {"type": "string", "x-input-source": "file"},
              "extra": {"type": "string"}}}
            """;
    private static final String PARAMETER =
            """
            {"type": "object", "required": ["limit"], "properties": {
              "limit": {"type": "integer"},
              "ratio": {"type": ["number", "null"], "default": 0.5},
              "loud": {"type": "boolean", "default": true},
              "tone": {"enum": ["calm", "angry", 3], "default": "calm"}}}
            """;

    private Skills() {}

    /** What somebody types who does everything right. */
    static Map<String, String> valid() {
        Map<String, String> typed = new HashMap<>();
        typed.put("submission", "ab".repeat(16));
        typed.put("engine", "opencode");
        typed.put("execution_mode", "interactive");
        typed.put("provider", "anthropic");
        typed.put("model", "anthropic/claude");
        typed.put("input__topic", "skills");
        typed.put("input__count", "4");
        typed.put("input__level", "");
        typed.put("input__tags", "[\"a\", \"b\"]");
        typed.put("input__author", "{\"name\": \"Ada\"}");
        typed.put("input__free", "words");
        typed.put("parameter__limit", "10");
        typed.put("parameter__ratio", "0.25");
        typed.put("parameter__loud", "no");
        typed.put("parameter__tone", "3");
        typed.put("runtime__hard_timeout_seconds", "60");
        typed.put("runtime__no_cache", "on");
        return typed;
    }

    static ScriptedBackend told(ScriptedBackend backend) {
        return backend.json(
                        "GET /v1/management/skills",
                        """
                        {"skills": [
                          {"id": "every-kind", "name": "Every kind", "description": "Has a field of every kind", "version": "1.2.0",
                           "effective_engines": ["codex", "opencode"], "execution_modes": ["auto", "interactive"], "health": "healthy", "health_error": null},
                          {"id": "broken", "name": "<script>alert(1)</script>", "version": null, "effective_engines": [], "health": "degraded", "health_error": "missing <b>files</b>"}]}
                        """)
                .json(
                        "GET /v1/management/skills/every-kind",
                        """
                        {"id": "every-kind", "name": "Every kind", "description": "Has a field of every kind",
                         "effective_engines": ["codex", "opencode"], "execution_modes": ["auto", "interactive"], "health": "healthy"}
                        """)
                .json(
                        "GET /v1/management/skills/every-kind/schemas",
                        "{\"skill_id\": \"every-kind\", \"input\": " + INPUT + ", \"parameter\": " + PARAMETER
                                + ", \"output\": null}")
                .json(
                        "GET /v1/management/engines/codex",
                        """
                        {"engine": "codex", "models": [{"id": "gpt-5", "display_name": "GPT-5", "supported_effort": ["low", "high"], "provider": null}]}
                        """)
                .json(
                        "GET /v1/management/engines/opencode",
                        """
                        {"engine": "opencode", "models": [{"id": "anthropic/claude", "provider": "anthropic", "model": "claude"},
                                                          {"id": "openai/gpt-5", "provider": "openai", "model": "gpt-5"}]}
                        """);
    }
}
