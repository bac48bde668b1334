package skillrunner.domain.skill;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;

/**
 * A skill's {@code assets/runner.json}, checked.
 *
 * @param id the skill's id
 * @param name shown to people
 * @param description shown to people; may be empty
 * @param version the declared version, if any
 * @param engines the engines the skill names; empty means all
 * @param unsupportedEngines the engines the skill rules out
 * @param executionModes the declared modes, not empty
 * @param maxAttempt limit of turns in interactive mode, at least 1
 * @param schemas where each schema lies inside the skill folder
 * @param artifacts the files a run must or may leave
 * @param entrypoint the raw {@code entrypoint} object, for display and prompts
 * @param runtime the raw {@code runtime} object, for display and presets
 */
public record SkillManifest(
        SkillId id,
        String name,
        String description,
        Optional<String> version,
        List<EngineId> engines,
        List<EngineId> unsupportedEngines,
        List<ExecutionMode> executionModes,
        Optional<Integer> maxAttempt,
        Map<SchemaKind, String> schemas,
        List<ArtifactDeclaration> artifacts,
        Map<String, Object> entrypoint,
        Map<String, Object> runtime) {

    /** The key of the prompt for every engine that has none of its own. */
    public static final String COMMON_PROMPT = "common";

    /** Copies the collections and refuses a manifest without a mode. */
    public SkillManifest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(description);
        Objects.requireNonNull(version);
        Objects.requireNonNull(maxAttempt);
        engines = List.copyOf(engines);
        unsupportedEngines = List.copyOf(unsupportedEngines);
        executionModes = List.copyOf(executionModes);
        schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
        artifacts = List.copyOf(artifacts);
        entrypoint = Collections.unmodifiableMap(new LinkedHashMap<>(entrypoint));
        runtime = Collections.unmodifiableMap(new LinkedHashMap<>(runtime));
        if (executionModes.isEmpty()) {
            throw new IllegalArgumentException("execution_modes must not be empty");
        }
    }

    /**
     * Returns the engines the skill runs on: the named ones, or all, without the ones ruled out.
     *
     * @param known every engine there is
     * @return the engines in the canonical order; empty if the manifest rules all of them out
     */
    public List<EngineId> effectiveEngines(Collection<EngineId> known) {
        return known.stream()
                .filter(engine -> engines.isEmpty() || engines.contains(engine))
                .filter(engine -> !unsupportedEngines.contains(engine))
                .sorted()
                .toList();
    }

    /**
     * Returns the skill's own prompt template for an engine: the engine's, else the one that is common to all.
     *
     * @param engine the engine
     * @return the template, or empty if the skill has none
     */
    public Optional<String> prompt(EngineId engine) {
        Map<String, String> prompts = prompts();
        return Stream.of(engine.wire(), COMMON_PROMPT)
                .map(prompts::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * Returns all prompt templates of the skill's own.
     *
     * @return templates by the engine they are for, or by the word for all of them; in their order
     */
    public Map<String, String> prompts() {
        Map<String, String> templates = new LinkedHashMap<>();
        if (entrypoint.get("prompts") instanceof Map<?, ?> prompts) {
            prompts.forEach((name, template) -> {
                if (template instanceof String text) {
                    templates.put(String.valueOf(name), text);
                }
            });
        }
        return templates;
    }

    /**
     * Returns the runtime options that apply where a client gives none.
     *
     * @return options as plain values; empty if the skill presets nothing
     */
    public Map<String, Object> defaultOptions() {
        return runtime.get("default_options") instanceof Map<?, ?> options
                ? ManifestReading.present(options)
                : Map.of();
    }

    /**
     * Fills in the description of a manifest that has none.
     *
     * @param instructions what the skill's own instructions say it is for; may be empty
     * @return this manifest, or one with that description
     */
    public SkillManifest describedBy(String instructions) {
        return description.isBlank() && !instructions.isBlank()
                ? new SkillManifest(
                        id,
                        name,
                        instructions,
                        version,
                        engines,
                        unsupportedEngines,
                        executionModes,
                        maxAttempt,
                        schemas,
                        artifacts,
                        entrypoint,
                        runtime)
                : this;
    }

    /**
     * Fills in the artifacts of a manifest that declares none.
     *
     * @param outputSchema the skill's output schema as plain values
     * @return this manifest, or one with the artifacts that the schema stands for
     */
    public SkillManifest withArtifactsOf(Map<String, ?> outputSchema) {
        return artifacts.isEmpty()
                ? new SkillManifest(
                        id,
                        name,
                        description,
                        version,
                        engines,
                        unsupportedEngines,
                        executionModes,
                        maxAttempt,
                        schemas,
                        ArtifactDeclaration.inferFrom(outputSchema),
                        entrypoint,
                        runtime)
                : this;
    }
}
