package skillrunner.domain.skill;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules say of a manifest. Lint, pack, installation and the list of skills all ask for this one judgement, so what
 * one of them accepts the others do.
 */
public sealed interface ManifestJudgement {
    /**
     * Returns what is wrong with it.
     *
     * @return in the order of the rules, without lines
     */
    List<PackageFinding> findings();

    /**
     * Returns its id as it is written, also if that has a form that is not allowed.
     *
     * @return the text, or empty if it has none
     */
    Optional<String> id();

    /**
     * Returns its version.
     *
     * @return the version, or empty if it has none in the form of one
     */
    Optional<SkillVersion> version();

    /**
     * Returns the schemas it asks for and where each is to be looked for.
     *
     * @return paths inside the package
     */
    Map<SchemaKind, String> schemas();

    /**
     * Of a package that has no manifest that could be read.
     *
     * @return without a finding of its own: that there is none is for the reader to tell
     */
    static ManifestJudgement ofNone() {
        return new Invalid(List.of(), Optional.empty(), Optional.empty(), SchemaKind.standardPaths());
    }

    /**
     * A skill can be made of it.
     *
     * @param manifest what it says
     * @param findings warnings, and what only a package must have
     */
    record Valid(SkillManifest manifest, List<PackageFinding> findings) implements ManifestJudgement {
        /** Copies the list and refuses a finding that no skill can do with. */
        public Valid {
            Objects.requireNonNull(manifest);
            findings = List.copyOf(findings);
            if (findings.stream().anyMatch(PackageFinding::degradesSkill)) {
                throw new IllegalArgumentException("a manifest with errors is not valid");
            }
        }

        @Override
        public Optional<String> id() {
            return Optional.of(manifest.id().value());
        }

        @Override
        public Optional<SkillVersion> version() {
            return manifest.version().flatMap(SkillVersion::parse);
        }

        @Override
        public Map<SchemaKind, String> schemas() {
            return manifest.schemas();
        }
    }

    /**
     * No skill can be made of it.
     *
     * @param findings why, among whatever else is wrong
     * @param id its id as it is written
     * @param version its version, if that has the form of one
     * @param schemas the schemas it asks for
     */
    record Invalid(
            List<PackageFinding> findings,
            Optional<String> id,
            Optional<SkillVersion> version,
            Map<SchemaKind, String> schemas)
            implements ManifestJudgement {
        /** Copies the collections. */
        public Invalid {
            findings = List.copyOf(findings);
            Objects.requireNonNull(id);
            Objects.requireNonNull(version);
            schemas = Map.copyOf(schemas);
        }
    }
}
