package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageRules;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.workspace.zip.BrokenOffException;
import skillrunner.workspace.zip.PackageZip;
import skillrunner.workspace.zip.ZipIntake;

/**
 * Packages as folders: the archive below {@code requests/<id>}, unpacked below {@code .staging/<id>} of the folder of
 * skills, so that a rename brings it into its place. Safe for concurrent use on different installations.
 */
public final class FilesystemSkillPackages implements SkillPackages {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemSkillPackages.class);
    private static final String STAGING = ArrivingPackages.STAGING;
    private static final String ARCHIVE = "skill_package.zip";
    private static final String JOURNAL = "publish.json";

    private final Path requests;
    private final Path skills;
    private final ZipIntake intake;
    private final PackageInspection inspection;
    private final JsonText json;
    private final PackageAdoption adoption;
    private final PackagePublisher publisher;

    /**
     * Takes its places and collaborators.
     *
     * @param requests folder of what is kept of installations
     * @param skills folder of installed skills
     * @param intake unpacks archives
     * @param inspection checks packages
     * @param json reads and writes journals
     * @param clock dates what is moved aside
     */
    public FilesystemSkillPackages(
            Path requests, Path skills, ZipIntake intake, PackageInspection inspection, JsonText json, Clock clock) {
        this(requests, skills, intake, inspection, json, clock, PackagePublisher.Rename.ATOMIC);
    }

    FilesystemSkillPackages(
            Path requests,
            Path skills,
            ZipIntake intake,
            PackageInspection inspection,
            JsonText json,
            Clock clock,
            PackagePublisher.Rename rename) {
        this.requests = Objects.requireNonNull(requests);
        this.skills = Objects.requireNonNull(skills);
        this.intake = Objects.requireNonNull(intake);
        this.inspection = Objects.requireNonNull(inspection);
        this.json = Objects.requireNonNull(json);
        this.adoption = new PackageAdoption(json);
        this.publisher = new PackagePublisher(skills, inspection, json, clock, rename);
    }

    @Override
    public void receive(InstallId id, InputStream archive) throws IOException {
        Path folder = request(id);
        try {
            DurableFiles.createDirectoriesUnsynced(folder);
            intake.store(archive, folder.resolve(ARCHIVE));
        } catch (RefusedException e) {
            FileTrees.remove(folder);
            if (e.refusal().code() == ErrorCode.ARCHIVE_INVALID) {
                throw RefusedException.invalid("/file", "the uploaded file is empty");
            }
            throw e;
        } catch (BrokenOffException | RuntimeException e) {
            FileTrees.remove(folder);
            throw e;
        } catch (IOException e) {
            throw DiskFaults.explained(e, folder);
        }
    }

    @Override
    public void collect(InstallId id, String location) {
        Path folder = request(id);
        try {
            DurableFiles.createDirectoriesUnsynced(folder);
            PackageZip.pack(Path.of(location), folder.resolve(ARCHIVE), intake.limits());
        } catch (NotDirectoryException | NoSuchFileException e) {
            FileTrees.remove(folder);
            throw new RefusedException(ErrorCode.ARCHIVE_INVALID, "The folder of the skill is gone");
        } catch (RuntimeException e) {
            FileTrees.remove(folder);
            throw e;
        } catch (IOException e) {
            RuntimeException explained = DiskFaults.explained(e, folder);
            FileTrees.remove(folder);
            throw explained;
        }
    }

    @Override
    public Content unpack(InstallId id, PlainSkills plain) {
        try {
            DurableFiles.createDirectoriesUnsynced(skills.resolve(STAGING));
            Path archive = request(id).resolve(ARCHIVE);
            boolean adopts = plain == PlainSkills.ADOPTED;
            String top = adopts
                    ? intake.unpackPackage(archive, staging(id), PackageRules.SKILL_MD)
                    : intake.unpackPackage(archive, staging(id));
            Path unpacked = staging(id).resolve(top);
            PackageContent.removeRepositories(unpacked);
            Path folder = adopts ? adoption.adopt(unpacked) : unpacked;
            PackageInspection.Inspected inspected = inspection.inspect(folder);
            if (inspected.installable()) {
                return new Content.Good(
                        inspected.skill().orElseThrow(), inspected.version().orElseThrow());
            }
            return new Content.Bad(PackageContent.told(inspected.findings(), PackageFinding::refusesPackage));
        } catch (RefusedException e) {
            return new Content.Bad(e.refusal().detail());
        } catch (IOException e) {
            throw DiskFaults.explained(e, staging(id));
        }
    }

    @Override
    public Publication publish(InstallId id, Content.Good content) {
        return publisher.publish(staged(id, content.skill().value()), journal(id), content);
    }

    @Override
    public void clean(InstallId id) {
        FileTrees.remove(staging(id));
        try {
            Files.deleteIfExists(request(id).resolve(ARCHIVE));
        } catch (IOException e) {
            throw DiskFaults.explained(e, request(id));
        }
    }

    @Override
    public void forget(InstallId id) {
        repair(id);
        FileTrees.remove(request(id));
        FileTrees.remove(staging(id));
    }

    @Override
    public Map<InstallId, InstallAction> recover() {
        Map<InstallId, InstallAction> published = new LinkedHashMap<>();
        for (String name : names(requests)) {
            Optional<InstallId> id = InstallId.parse(name);
            if (id.isPresent()) {
                try {
                    repair(id.get()).ifPresentOrElse(action -> published.put(id.get(), action), () -> forget(id.get()));
                } catch (RuntimeException e) {
                    // A server that does not start would not help; what is left lets the next start try again.
                    LOG.error("install request_id={} could not be taken back", id.get(), e);
                }
            }
        }
        for (String name : names(skills.resolve(STAGING))) {
            boolean repairable = InstallId.parse(name)
                    .filter(id -> Files.exists(journal(id)) && !published.containsKey(id))
                    .isPresent();
            if (!repairable) {
                FileTrees.remove(skills.resolve(STAGING).resolve(name));
            }
        }
        return published;
    }

    private Optional<InstallAction> repair(InstallId id) {
        return PublishJournal.read(journal(id), json)
                .flatMap(plan -> publisher.repair(staged(id, plan.skill().value()), journal(id)));
    }

    private static List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            } catch (IOException e) {
                throw new StorageFaultException(e);
            }
        }
        return names;
    }

    private Path request(InstallId id) {
        return requests.resolve(id.value());
    }

    private Path journal(InstallId id) {
        return request(id).resolve(JOURNAL);
    }

    private Path staging(InstallId id) {
        return skills.resolve(STAGING).resolve(id.value());
    }

    private Path staged(InstallId id, String top) {
        return staging(id).resolve(top);
    }
}
