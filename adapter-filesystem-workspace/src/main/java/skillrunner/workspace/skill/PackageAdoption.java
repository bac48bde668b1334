package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skillrunner.application.json.JsonText;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SkillAdoption;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.UntrustedFolder;

/**
 * Makes a package of a folder that holds only instructions for an agent, as {@link SkillAdoption} says. Nothing that is there is
 * changed; the folder gets the name of the skill. Safe for concurrent use on different folders.
 */
public final class PackageAdoption {
    private static final int DEEPEST_NAMED = 6;
    private static final int MOST_NAMED = 5;

    private final JsonText json;

    public PackageAdoption(JsonText json) {
        this.json = Objects.requireNonNull(json);
    }

    /**
     * Adds what makes a package of a skill; a folder with a manifest stays as it is.
     *
     * @param folder an unpacked folder that nobody else can reach, with nothing but folders and regular files in it
     * @return the folder under the name it has now
     * @throws RefusedException with {@code PACKAGE_INVALID} if no package can be made of it; then it is not to be used
     * @throws IOException if it can't be read or written
     */
    public Path adopt(Path folder) throws IOException {
        if (exists(folder, PackageRules.RUNNER_JSON)) {
            return folder;
        }
        FrontMatter front = frontMatter(folder);
        SkillAdoption.Plain plain = new SkillAdoption.Plain(
                front.name(), String.valueOf(folder.getFileName()), front.description(), front.version());
        SkillAdoption.Addition addition = SkillAdoption.of(plain, path -> exists(folder, path))
                .orElseThrow(() -> refused("SKILL.md: no id can be made of the name '" + shown(plain.name())
                        + "': use letters a to z or digits in it, or in the name of the folder"));
        for (Map.Entry<String, Map<String, Object>> file : addition.files().entrySet()) {
            write(folder.resolve(file.getKey()), json.pretty(file.getValue()));
        }
        Path named = folder.resolveSibling(addition.id().value());
        if (!named.equals(folder)) {
            // What is staged is brought to the disk when it is published.
            FileTrees.renameUnsynced(folder, named);
        }
        return named;
    }

    private static FrontMatter frontMatter(Path folder) throws IOException {
        try (UntrustedFolder opened =
                UntrustedFolder.open(folder).orElseThrow(() -> refused("there is no folder to be adopted"))) {
            PackageFile file = new PackageFile(opened, PackageRules.SKILL_MD);
            if (!file.exists()) {
                throw refused("there is no SKILL.md at the top of the skill's folder, so there is nothing to adopt"
                        + elsewhere(folder));
            }
            return FrontMatter.read(file.text());
        } catch (UnreadableSkillException e) {
            throw refused(e.finding().text());
        }
    }

    /** Whole repositories are packed with one skill or many somewhere in them. */
    private static String elsewhere(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEEPEST_NAMED)) {
            List<String> found = files.filter(file -> file.endsWith(PackageRules.SKILL_MD))
                    .sorted(Comparator.naturalOrder())
                    .map(file -> "'" + shown(folder.relativize(file).toString()) + "'")
                    .limit(MOST_NAMED)
                    .toList();
            return found.isEmpty()
                    ? ""
                    : "; pack only the folder of one: " + found.stream().collect(Collectors.joining(", "));
        }
    }

    private static void write(Path file, String text) throws IOException {
        try {
            DurableFiles.createDirectoriesUnsynced(Objects.requireNonNull(file.getParent()));
        } catch (FileAlreadyExistsException e) {
            throw refused(
                    "'" + file.getParent().getFileName() + "' is a file, and a package needs a folder of this name");
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }

    private static boolean exists(Path folder, String path) {
        return Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(ErrorCode.PACKAGE_INVALID, detail);
    }

    private static String shown(String text) {
        return Excerpt.of(text.replaceAll("\\p{Cntrl}", "?"));
    }
}
