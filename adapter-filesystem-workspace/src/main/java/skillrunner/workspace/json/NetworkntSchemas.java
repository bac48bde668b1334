package skillrunner.workspace.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.json.SchemaBreach;
import skillrunner.application.json.SchemaValidator;
import skillrunner.workspace.budget.Budget;
import skillrunner.workspace.budget.ForeignCode;
import skillrunner.workspace.budget.OverBudgetException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link SchemaValidator} by networknt's validator, with fetching switched off. A schema is foreign code: each check has a
 * budget, and one that exceeds it is given up with a message of its own. Safe for concurrent use.
 */
public final class NetworkntSchemas implements SchemaValidator {
    /**
     * What keeps a schema from being used.
     *
     * @param place JSON pointer into the schema; empty for all of it
     * @param reason what is wrong there, in words for its author
     * @param remedy what to do about it
     */
    public record Problem(String place, String reason, String remedy) {
        /** Refuses null parts. */
        public Problem {
            Objects.requireNonNull(place);
            Objects.requireNonNull(reason);
            Objects.requireNonNull(remedy);
        }
    }

    private static final int MOST_MESSAGES = 100;
    private static final int MOST_CHARACTERS = 1_000;

    /** Their breaches are told at the object, and are about one of its members. */
    private static final Set<String> MEMBER_KEYWORDS =
            Set.of("required", "additionalProperties", "unevaluatedProperties", "dependentRequired");

    private static final String REMEDY = "write a schema that JSON Schema allows";

    /** Stands in for the address that a file in a package does not have; relative ids and references start from it. */
    private static final SchemaLocation ADDRESS = SchemaLocation.of("https://skill.invalid/schema.json");

    /** Made at the first use: it would be a part of every start that no start needs. */
    private static final class Engine {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
        static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaCacheEnabled(false)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .regularExpressionFactory(SchemaPattern::new)
                                .build())
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    private final Budget budget;

    /** Makes an instance with the usual budget; one is enough. */
    public NetworkntSchemas() {
        this(Budget.ONE_CALL);
    }

    /**
     * Makes an instance.
     *
     * @param budget what one check may use up
     */
    public NetworkntSchemas(Budget budget) {
        this.budget = Objects.requireNonNull(budget);
    }

    /**
     * Checks a schema itself: by the meta-schema of its dialect, and that every reference in it leads to a place inside
     * it or inside a meta-schema.
     *
     * @param schema the schema as plain values
     * @return what is wrong; empty if the schema can be used
     */
    public List<Problem> problems(Map<String, Object> schema) {
        try {
            return ForeignCode.run(budget, () -> examine(schema));
        } catch (OverBudgetException e) {
            return List.of(new Problem("", "the schema can't be examined: " + e.getMessage(), REMEDY));
        } catch (RuntimeException e) {
            return List.of(SchemaFaults.explain(schema));
        }
    }

    @Override
    public List<SchemaBreach> breaches(Map<String, Object> schema, Object value) {
        try {
            return ForeignCode.run(budget, () -> check(schema, value));
        } catch (OverBudgetException e) {
            return List.of(new SchemaBreach("", Optional.empty(), GIVEN_UP + e.getMessage()));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the schema can't be used: " + said(SchemaFaults.explain(schema)), e);
        }
    }

    private List<Problem> examine(Map<String, Object> schema) {
        String dialect =
                schema.get("$schema") instanceof String uri ? uri : SpecificationVersion.DRAFT_2020_12.getDialectId();
        Optional<SpecificationVersion> known = Arrays.stream(SpecificationVersion.values())
                .filter(version -> bare(version.getDialectId()).equals(bare(dialect)))
                .findFirst();
        if (known.isEmpty()) {
            return List.of(new Problem(
                    "/$schema", "the dialect is not known", "write one of JSON Schema's own, or leave it out"));
        }
        List<Problem> breaches = new ArrayList<>(SchemaFaults.patterns(schema));
        breaches.addAll(SchemaFaults.dynamicReferences(schema));
        errors(Engine.REGISTRY.getSchema(SchemaLocation.of(known.get().getDialectId())), schema).stream()
                .limit(MOST_MESSAGES)
                .map(error -> new Problem(error.getInstanceLocation().toString(), cut(error.getMessage()), REMEDY))
                .forEach(breaches::add);
        if (breaches.isEmpty()) {
            compiled(schema).initializeValidators();
        }
        return breaches;
    }

    private List<SchemaBreach> check(Map<String, Object> schema, Object value) {
        return breaches(errors(compiled(schema), value));
    }

    private List<Error> errors(Schema schema, Object value) {
        ExecutionContext check =
                new InterruptibleCheck(schema.createExecutionContext().getExecutionConfig());
        return schema.validate(check, Engine.MAPPER.<JsonNode>valueToTree(value), OutputFormat.DEFAULT);
    }

    private Schema compiled(Map<String, Object> schema) {
        return Engine.REGISTRY.getSchema(
                ADDRESS, Engine.MAPPER.<JsonNode>valueToTree(SchemaFaults.withoutOldIds(schema)));
    }

    private static String said(Problem problem) {
        return (problem.place().isEmpty() ? "" : problem.place() + ": ") + problem.reason();
    }

    private static String bare(String dialect) {
        return dialect.endsWith("#") ? dialect.substring(0, dialect.length() - 1) : dialect;
    }

    private static List<SchemaBreach> breaches(List<Error> errors) {
        List<SchemaBreach> breaches = new ArrayList<>();
        for (Error error : errors.subList(0, Math.min(errors.size(), MOST_MESSAGES))) {
            breaches.add(new SchemaBreach(
                    cut(error.getInstanceLocation().toString()),
                    MEMBER_KEYWORDS.contains(error.getKeyword())
                            ? Optional.ofNullable(error.getProperty()).map(NetworkntSchemas::cut)
                            : Optional.empty(),
                    cut(error.getMessage())));
        }
        if (errors.size() > MOST_MESSAGES) {
            breaches.add(new SchemaBreach("", Optional.empty(), "and " + (errors.size() - MOST_MESSAGES) + " more"));
        }
        return breaches;
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " ...";
    }
}
