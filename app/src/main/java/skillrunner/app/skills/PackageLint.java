package skillrunner.app.skills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import skillrunner.application.json.JsonText;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageFinding.Severity;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.files.FileTrees;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.prompt.JinjaTemplates;
import skillrunner.workspace.skill.PackageAdoption;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.PackageZip;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

/**
 * Checks packages by the code that checks them when they are installed, in the same order: a folder is packed, an archive is
 * unpacked, and what comes out is looked through.
 */
final class PackageLint {
    private static final int MOST_LEFT_OUT_TOLD = 20;

    private final JsonText json = new JacksonJson();
    private final PackageInspection inspection;
    private final ZipIntake intake;
    private final ZipLimits limits;
    private final List<EngineId> inUse;
    private final PackageAdoption adoption = new PackageAdoption(json);
    private final JinjaTemplates templates = new JinjaTemplates(json);

    PackageLint(PackageInspection inspection, ZipIntake intake, ZipLimits limits, List<EngineId> inUse) {
        this.inspection = Objects.requireNonNull(inspection);
        this.intake = Objects.requireNonNull(intake);
        this.limits = Objects.requireNonNull(limits);
        this.inUse = List.copyOf(inUse);
    }

    /** What a package is, with what is left out of it as warnings. */
    record Checked(List<PackageFinding> findings, PackageInspection.Inspected inspected) {
        boolean fine() {
            return findings.stream().noneMatch(PackageFinding::refusesPackage);
        }
    }

    JsonText json() {
        return json;
    }

    /** A folder, or an archive. */
    Checked check(Path path) throws IOException {
        Path temporary = Files.createTempDirectory("skill-lint");
        try {
            return Files.isDirectory(path)
                    ? pack(path.toAbsolutePath().normalize(), temporary.resolve("package.zip"))
                    : unpacked(path, temporary.resolve("package"), List.of());
        } finally {
            FileTrees.remove(temporary);
        }
    }

    /** Packs a folder and checks the archive. */
    Checked pack(Path folder, Path archive) throws IOException {
        Path temporary = Files.createTempDirectory("skill-pack");
        try {
            List<PackageZip.LeftOut> leftOut = PackageZip.pack(folder, archive, limits);
            return unpacked(archive, temporary.resolve("package"), warnings(leftOut));
        } catch (RefusedException e) {
            return refused(e.refusal().detail());
        } finally {
            FileTrees.remove(temporary);
        }
    }

    /**
     * Makes a package of a plain skill and checks it; what is a package already stays as it is.
     *
     * @param source its folder, or an archive
     * @param archive the file to write
     */
    Checked adopt(Path source, Path archive) throws IOException {
        Path temporary = Files.createTempDirectory("skill-adopt");
        try {
            Path taken = source;
            List<PackageZip.LeftOut> leftOut = List.of();
            if (Files.isDirectory(source)) {
                taken = temporary.resolve("source.zip");
                leftOut = PackageZip.pack(source, taken, limits);
            } else if (Files.size(source) > limits.archiveBytes()) {
                return refused("the archive is larger than " + limits.archiveBytes() + " bytes");
            }
            Path unpacked = temporary.resolve("unpacked");
            Path folder =
                    adoption.adopt(unpacked.resolve(intake.unpackPackage(taken, unpacked, PackageRules.SKILL_MD)));
            Checked packed = pack(folder, archive);
            List<PackageFinding> findings = new ArrayList<>(warnings(leftOut));
            findings.addAll(packed.findings());
            return new Checked(findings, packed.inspected());
        } catch (RefusedException e) {
            return e.refusal().code() == ErrorCode.PACKAGE_INVALID
                    ? refused(
                            new PackageFinding("", "", e.refusal().detail(), "docs/skills.md says what can be adopted"))
                    : refused(e.refusal().detail());
        } finally {
            FileTrees.remove(temporary);
        }
    }

    private static Checked refused(String reason) {
        return refused(ofPackage(reason));
    }

    private static Checked refused(PackageFinding finding) {
        return new Checked(List.of(finding), PackageInspection.Inspected.NOTHING);
    }

    private Checked unpacked(Path archive, Path folder, List<PackageFinding> before) throws IOException {
        List<PackageFinding> findings = new ArrayList<>(before);
        PackageInspection.Inspected inspected = PackageInspection.Inspected.NOTHING;
        try {
            if (Files.size(archive) > limits.archiveBytes()) {
                findings.add(ofPackage("the archive is larger than " + limits.archiveBytes() + " bytes"));
            } else {
                inspected = inspection.inspect(folder.resolve(intake.unpackPackage(archive, folder)));
                findings.addAll(inspected.findings());
                inspected
                        .manifest()
                        .filter(manifest -> manifest.effectiveEngines(inUse).isEmpty())
                        .ifPresent(manifest -> findings.add(new PackageFinding(
                                Severity.WARNING,
                                PackageRules.RUNNER_JSON,
                                "/engines",
                                0,
                                0,
                                "none of the skill's engines is in use here",
                                "engines in use (SKILL_RUNNER_ENGINES): "
                                        + inUse.stream().map(EngineId::wire).collect(Collectors.joining(", ")))));
                inspected.manifest().map(this::brokenPrompts).ifPresent(findings::addAll);
            }
        } catch (RefusedException e) {
            findings.add(ofPackage(e.refusal().detail()));
        }
        return new Checked(findings, inspected);
    }

    /** The installation takes them, and each run for such an engine fails. */
    private List<PackageFinding> brokenPrompts(SkillManifest manifest) {
        List<PackageFinding> broken = new ArrayList<>();
        manifest.prompts().forEach((name, template) -> templates
                .broken(template)
                .ifPresent(said -> broken.add(new PackageFinding(
                        Severity.WARNING,
                        PackageRules.RUNNER_JSON,
                        JsonPointer.member("/entrypoint/prompts", name),
                        0,
                        0,
                        "the prompt is no Jinja template: " + said,
                        "docs/skills.md says what a prompt may hold"))));
        return broken;
    }

    private static PackageFinding ofPackage(String message) {
        return new PackageFinding(
                "", "", message, "see the limits in docs/configuration.md; 'skills pack' packs a folder");
    }

    private static List<PackageFinding> warnings(List<PackageZip.LeftOut> leftOut) {
        List<PackageFinding> warnings = new ArrayList<>();
        for (PackageZip.LeftOut one : leftOut.subList(0, Math.min(leftOut.size(), MOST_LEFT_OUT_TOLD))) {
            warnings.add(warning(one.path(), "left out of the package: " + one.reason()));
        }
        if (leftOut.size() > MOST_LEFT_OUT_TOLD) {
            warnings.add(warning("", (leftOut.size() - MOST_LEFT_OUT_TOLD) + " more files or folders are left out"));
        }
        return warnings;
    }

    private static PackageFinding warning(String file, String message) {
        return new PackageFinding(
                Severity.WARNING, file, "", 0, 0, message, "put a regular file in its place if the skill needs it");
    }
}
