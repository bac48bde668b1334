package skillrunner.domain.skill;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/** The rules for {@code assets/runner.json} and for the identity of a package. Immutable. */
public final class PackageRules {
    /** Path of the manifest inside a package. */
    public static final String RUNNER_JSON = "assets/runner.json";

    /** Path of the instructions inside a package. */
    public static final String SKILL_MD = "SKILL.md";

    private final EngineListRules engines;

    /**
     * Takes the engines a package may name.
     *
     * @param known every engine there is
     */
    public PackageRules(Collection<EngineId> known) {
        this.engines = new EngineListRules(known);
    }

    /**
     * Judges a manifest.
     *
     * @param root the root object as plain values: maps, lists, texts, numbers and null, which counts as absent; unknown
     *     keys are ignored
     * @return what it says if a skill can be made of it, and all that is wrong with it
     */
    public ManifestJudgement judge(Map<String, ?> root) {
        return new ManifestReading(root, engines).judgement();
    }

    /**
     * Checks that a package has one name everywhere. The name in the front matter may be another if the manifest says that the
     * package was made of a skill of that name.
     *
     * @param folder the top-level folder
     * @param id the manifest's id, if it has one
     * @param name the name in the front matter, if it has one
     * @param adopted the name of the skill that the package was made of, if it was
     * @return what is wrong; nothing if a name is missing, for that is another rule's business
     */
    public static List<PackageFinding> identity(
            String folder, Optional<String> id, Optional<String> name, Optional<String> adopted) {
        if (id.filter(folder::equals).isPresent() && name.isPresent() && name.equals(adopted)) {
            return List.of();
        }
        if (id.filter(folder::equals).equals(id) && name.filter(folder::equals).equals(name)) {
            return List.of();
        }
        return List.of(new PackageFinding(
                "",
                "",
                "Skill identity mismatch: the top-level directory is '" + Findings.shown(folder) + "'"
                        + id.map(text -> ", runner.json id is '" + Findings.shown(text) + "'")
                                .orElse("")
                        + name.map(text -> ", SKILL.md name is '" + Findings.shown(text) + "'")
                                .orElse(""),
                "give the directory, the id in assets/runner.json and the name in SKILL.md the same text"));
    }
}
