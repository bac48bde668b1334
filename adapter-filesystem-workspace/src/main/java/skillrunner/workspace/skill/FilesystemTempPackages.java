package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.zip.ZipIntake;

/**
 * Packages of single requests as folders: the archive and what is not yet whole below {@code requests/<request>}, what was
 * taken below {@code staged/<request>/<skill>}, where it comes by a rename. Safe for concurrent use on different requests.
 */
public final class FilesystemTempPackages implements TempPackages {
    private static final String ARCHIVE = "skill_package.zip";
    private static final String UNPACKED = "unpacked";

    private final Path requests;
    private final Path staged;
    private final ZipIntake intake;
    private final PackageInspection inspection;

    /**
     * Takes its place and collaborators.
     *
     * @param folder folder of everything that is kept here
     * @param intake unpacks archives; its limit of an archive's size is that of a package
     * @param inspection checks packages
     */
    public FilesystemTempPackages(Path folder, ZipIntake intake, PackageInspection inspection) {
        this.requests = folder.resolve("requests");
        this.staged = folder.resolve("staged");
        this.intake = Objects.requireNonNull(intake);
        this.inspection = Objects.requireNonNull(inspection);
    }

    @Override
    public InstalledSkill take(RequestId request, InputStream archive) throws IOException {
        remove(request);
        Path folder = requests.resolve(request.value());
        Path parcel = folder.resolve(ARCHIVE);
        try {
            makeFolder(folder);
            intake.store(archive, parcel);
            return stage(request, parcel);
        } catch (RefusedException e) {
            remove(request);
            throw told(e);
        } catch (IOException | RuntimeException e) {
            remove(request);
            throw e;
        }
    }

    /** Only what breaks off while it is read is the sender's doing. */
    private static void makeFolder(Path folder) {
        try {
            DurableFiles.createDirectoriesUnsynced(folder);
        } catch (IOException e) {
            throw DiskFaults.explained(e, folder);
        }
    }

    private InstalledSkill stage(RequestId request, Path parcel) {
        Path unpacked = parcel.resolveSibling(UNPACKED);
        Path place = staged.resolve(request.value());
        try {
            String top = intake.unpackPackage(parcel, unpacked);
            PackageContent.removeRepositories(unpacked.resolve(top));
            InstalledSkill skill = checked(unpacked.resolve(top), place.resolve(top));
            // The client is told next that its skill is kept.
            FileTrees.sync(unpacked);
            DurableFiles.createDirectories(staged);
            FileTrees.rename(unpacked, place);
            return skill;
        } catch (IOException e) {
            throw DiskFaults.explained(e, unpacked);
        }
    }

    private InstalledSkill checked(Path folder, Path location) {
        PackageInspection.Inspected inspected = inspection.inspectTemporary(folder);
        return usable(inspected, location)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PACKAGE_INVALID,
                        "The skill package is refused: "
                                + PackageContent.told(inspected.findings(), PackageFinding::refusesTemporary)));
    }

    private static Optional<InstalledSkill> usable(PackageInspection.Inspected inspected, Path location) {
        return inspected.findings().stream().anyMatch(PackageFinding::refusesTemporary)
                ? Optional.empty()
                : inspected.skillAt(location.toString());
    }

    /** Too large a package is a package that breaks a rule, whatever else a server takes. */
    private static RefusedException told(RefusedException e) {
        return e.refusal().code() == ErrorCode.BODY_TOO_LARGE
                ? new RefusedException(ErrorCode.PACKAGE_TOO_LARGE, e.refusal().detail())
                : e;
    }

    @Override
    public Optional<InstalledSkill> find(RequestId request, SkillId skill) {
        Path folder = staged.resolve(request.value()).resolve(skill.value());
        return usable(inspection.inspectTemporary(folder), folder);
    }

    @Override
    public Optional<String> readText(InstalledSkill skill, String path) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(Path.of(skill.location()));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (UntrustedFolder folder = opened.get()) {
            return PackageFile.textIn(folder, path);
        }
    }

    @Override
    public void remove(RequestId request) {
        try {
            FileTrees.remove(staged.resolve(request.value()));
        } finally {
            FileTrees.remove(requests.resolve(request.value()));
        }
    }

    @Override
    public Map<RequestId, Instant> kept() {
        Map<RequestId, Instant> kept = new LinkedHashMap<>();
        try {
            addKept(kept, requests);
            addKept(kept, staged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }

    private static void addKept(Map<RequestId, Instant> kept, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Optional<RequestId> request =
                        RequestId.parse(entry.getFileName().toString());
                if (request.isPresent()) {
                    came(entry).ifPresent(at -> kept.merge(request.get(), at, (a, b) -> a.isAfter(b) ? a : b));
                }
            }
        }
    }

    private static Optional<Instant> came(Path entry) throws IOException {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (NoSuchFileException e) {
            // Its run ended meanwhile.
            return Optional.empty();
        }
    }
}
