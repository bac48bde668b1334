package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.json.JsonText;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;
import skillrunner.files.UnfitFileException;

/**
 * What a publication is about to do, written down before it does the first of its two renames.
 *
 * @param skill whose place it takes
 * @param action what it will have done
 * @param kept where what was installed goes, relative to the folder of skills; empty if nothing was
 */
record PublishJournal(SkillId skill, InstallAction action, Optional<String> kept) {
    private static final int MOST_BYTES = 64 << 10;

    /** Writes it whole or not at all; it is on disk when this returns. */
    void write(Path file, JsonText json) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("skill", skill.value());
        members.put("action", action.wire());
        kept.ifPresent(path -> members.put("kept", path));
        DurableFiles.write(file, json.pretty(members));
    }

    /** Reads it; a file that we did not write counts as none. */
    static Optional<PublishJournal> read(Path file, JsonText json) {
        try {
            return json.parseObject(SmallFiles.readText(file, MOST_BYTES)).flatMap(PublishJournal::of);
        } catch (NoSuchFileException | UnfitFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private static Optional<PublishJournal> of(Map<String, Object> members) {
        Optional<SkillId> skill =
                members.get("skill") instanceof String id ? SkillId.parse(id) : Optional.<SkillId>empty();
        Optional<String> kept = members.get("kept") instanceof String path
                        && RelativePath.parse(path).isPresent()
                ? Optional.of(path)
                : Optional.<String>empty();
        return skill.map(id -> new PublishJournal(id, InstallAction.of(String.valueOf(members.get("action"))), kept));
    }
}
