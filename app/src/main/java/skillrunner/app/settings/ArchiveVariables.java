package skillrunner.app.settings;

import java.nio.charset.Charset;
import java.util.List;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.workspace.zip.ZipLimits;

/** The variables of archives. */
final class ArchiveVariables {
    private static final Variable UPLOAD_BYTES = new Variable(
            "UPLOAD_MAX_BYTES", "`209715200`", "Limit of an uploaded archive, in bytes; more is answered with 413.");
    private static final Variable PACKAGE_BYTES = new Variable(
            "SKILL_PACKAGE_MAX_BYTES",
            "`104857600`",
            "Limit of an uploaded skill package, in bytes; more is answered with 413.");
    private static final Variable ENTRIES = new Variable(
            "SKILL_RUNNER_ARCHIVE_MAX_ENTRIES", "`5000`", "How many files and folders an archive may hold.");
    private static final Variable TOTAL_BYTES = new Variable(
            "SKILL_RUNNER_ARCHIVE_MAX_TOTAL_BYTES",
            "`209715200`",
            "How large all files of an archive may be together, in bytes, counted while it is unpacked.");
    private static final Variable FILE_BYTES = new Variable(
            "SKILL_RUNNER_ARCHIVE_MAX_FILE_BYTES",
            "`67108864`",
            "How large one file of an archive may be, in bytes, counted while it is unpacked.");
    private static final Variable RATIO = new Variable(
            "SKILL_RUNNER_ARCHIVE_MAX_RATIO",
            "`100`",
            "How many times larger than packed a file may be, once an archive unpacks to more than 64 MiB.");
    private static final Variable PATH_LENGTH = new Variable(
            "SKILL_RUNNER_ARCHIVE_MAX_PATH_LENGTH", "`255`", "How many characters a path in an archive may have.");
    private static final Variable DEPTH =
            new Variable("SKILL_RUNNER_ARCHIVE_MAX_DEPTH", "`20`", "How many segments a path in an archive may have.");

    private static final Variable NAME_CHARSET = new Variable(
            "SKILL_RUNNER_ARCHIVE_NAME_CHARSET",
            "the code page that fits",
            "The encoding of names in an archive that are not UTF-8, such as `GB18030`, `Big5`, `Shift_JIS` or"
                    + " `IBM437`; without it, the one of the first three that fits best.");

    static final List<Variable> VARIABLES = List.of(
            UPLOAD_BYTES, PACKAGE_BYTES, ENTRIES, TOTAL_BYTES, FILE_BYTES, RATIO, PATH_LENGTH, DEPTH, NAME_CHARSET);

    private static final long MOST_BYTES = 1L << 40;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_PATH = 4_096;

    private ArchiveVariables() {}

    static ArchiveSettings read(EnvironmentReader reader) {
        ZipLimits usual = ZipLimits.UPLOAD;
        ZipLimits limits = new ZipLimits(
                usual.archiveBytes(),
                (int) reader.number(ENTRIES, usual.entries(), 1, MOST_ENTRIES),
                reader.number(TOTAL_BYTES, usual.totalBytes(), 1, MOST_BYTES),
                reader.number(FILE_BYTES, usual.fileBytes(), 1, MOST_BYTES),
                (int) reader.number(RATIO, usual.ratio(), 1, Integer.MAX_VALUE),
                (int) reader.number(PATH_LENGTH, usual.pathLength(), 1, LONGEST_PATH),
                (int) reader.number(DEPTH, usual.depth(), 1, LONGEST_PATH));
        return new ArchiveSettings(
                limits.withArchiveBytes(reader.number(UPLOAD_BYTES, usual.archiveBytes(), 1, MOST_BYTES)),
                limits.withArchiveBytes(reader.number(
                        PACKAGE_BYTES, ArchiveSettings.USUAL.packages().archiveBytes(), 1, MOST_BYTES)),
                reader.text(NAME_CHARSET).map(ArchiveVariables::charset));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    NAME_CHARSET.name(), name, "an encoding is needed, such as GB18030, Big5, Shift_JIS or IBM437");
        }
    }
}
