package skillrunner.http.skill;

import java.util.Objects;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.http.page.Messages;
import skillrunner.http.page.VisibleText;

/**
 * An installation as a page shows it.
 *
 * @param status wire name of where it stands, which chooses the colours
 * @param label the same for people
 * @param sentence what that means
 * @param error why it failed; empty unless it did
 * @param again where to ask again; empty once it has ended
 * @param table where to get the table with the new skill marked; empty unless there is one
 */
public record InstallView(String status, String label, String sentence, String error, String again, String table) {
    /** Refuses null parts. */
    public InstallView {
        Objects.requireNonNull(status);
        Objects.requireNonNull(label);
        Objects.requireNonNull(sentence);
        Objects.requireNonNull(error);
        Objects.requireNonNull(again);
        Objects.requireNonNull(table);
    }

    static InstallView of(SkillInstall install, Messages messages) {
        String status = install.status().wire();
        String skill = install.skill().map(id -> VisibleText.of(id.value())).orElse("");
        String sentence = install.action()
                .map(action -> messages.text(
                        "install.done." + action.wire(),
                        skill,
                        install.version().map(VisibleText::of).orElse("")))
                .orElseGet(() -> messages.text("install.sentence." + status));
        return new InstallView(
                status,
                messages.text("status." + status),
                sentence,
                install.error().map(VisibleText::of).orElse(""),
                install.status().isTerminal() ? "" : "/ui/skill-packages/" + install.id() + "/status",
                install.action().isPresent() ? SkillPages.TABLE + "?highlight_skill_id=" + skill : "");
    }

    static InstallView unknown(Messages messages) {
        return new InstallView(
                "failed",
                messages.text("status.failed"),
                messages.text("install.sentence.failed"),
                messages.text("install.unknown"),
                "",
                "");
    }
}
