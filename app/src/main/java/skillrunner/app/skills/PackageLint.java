package skillrunner.app.skills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import skillrunner.application.json.JsonText;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.files.FileTrees;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

/** Checks packages by the code that checks them when they are installed. */
final class PackageLint {
    private final JsonText json = new JacksonJson();
    private final PackageInspection inspection = new PackageInspection(EngineId.BUILT_IN, json, new NetworkntSchemas());

    JsonText json() {
        return json;
    }

    PackageInspection.Inspected folder(Path folder) {
        return inspection.inspect(folder);
    }

    /** A folder, or an archive that is unpacked for a while. */
    List<PackageFinding> findings(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return folder(path.toAbsolutePath().normalize()).findings();
        }
        Path temporary = Files.createTempDirectory("skill-lint");
        try {
            Path unpacked = temporary.resolve("package");
            String top = new ZipIntake(ZipLimits.UPLOAD).unpackPackage(path, unpacked);
            return folder(unpacked.resolve(top)).findings();
        } catch (RefusedException e) {
            return List.of(new PackageFinding("", "", e.refusal().detail(), "pack the folder by 'skills pack'"));
        } finally {
            FileTrees.remove(temporary);
        }
    }
}
