package skillrunner.application.run.temporary;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.run.RunRequest;

/** The skill of a request, wherever it comes from. Safe for concurrent use. */
public final class RequestedSkills {
    private final SkillStore installed;
    private final TempPackages temporary;

    public RequestedSkills(SkillStore installed, TempPackages temporary) {
        this.installed = Objects.requireNonNull(installed);
        this.temporary = Objects.requireNonNull(temporary);
    }

    /**
     * Finds the skill of a request.
     *
     * @param request the request
     * @return the skill, or empty if it is gone
     */
    public Optional<InstalledSkill> find(RunRequest request) {
        return switch (request.kind()) {
            case JOB -> installed.find(request.skill());
            case TEMP -> temporary.find(request.id(), request.skill());
        };
    }

    /**
     * Reads a text file of the skill of a request.
     *
     * @param request the request
     * @param skill its skill, found here
     * @param path path inside the skill's folder
     * @return the text, or empty if there is no such regular file
     */
    public Optional<String> readText(RunRequest request, InstalledSkill skill, String path) {
        return switch (request.kind()) {
            case JOB -> installed.readText(skill, path);
            case TEMP -> temporary.readText(skill, path);
        };
    }
}
