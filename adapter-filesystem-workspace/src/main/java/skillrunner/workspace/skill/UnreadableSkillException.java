package skillrunner.workspace.skill;

import skillrunner.domain.skill.PackageFinding;

/** A file of a skill that can't be read. The finding says which and why, without a path of the server. */
final class UnreadableSkillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PackageFinding finding;

    UnreadableSkillException(PackageFinding finding) {
        super(finding.text());
        this.finding = finding;
    }

    PackageFinding finding() {
        return finding;
    }
}
