package skillrunner.mcp.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.RefusedException;
import skillrunner.mcp.resource.Artifacts;

/** The files of a call as the archive that every job takes its files from, under its rules for names and sizes. */
final class InputArchive {
    private final Artifacts artifacts;

    InputArchive(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * Fetches what is named by an address.
     *
     * @return the contents by key
     * @throws RefusedException if one is not there, or all of them are too long together
     */
    Map<String, byte[]> contents(Map<String, FileInput> files) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        long left = FileInput.MOST_BYTES;
        for (Map.Entry<String, FileInput> file : files.entrySet()) {
            String place = JsonPointer.member("/input", file.getKey());
            byte[] bytes = file.getValue() instanceof FileInput.Content content
                    ? content.bytes()
                    : artifacts.whole(((FileInput.Address) file.getValue()).uri(), place + "/uri", left);
            left -= bytes.length;
            if (left < 0) {
                throw RefusedException.invalid(
                        place, "the files of a call may have " + FileInput.MOST_BYTES + " bytes together");
            }
            contents.put(file.getKey(), bytes);
        }
        return contents;
    }

    /** Packs them. */
    static InputStream pack(Map<String, byte[]> contents) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed, StandardCharsets.UTF_8)) {
            zip.setLevel(0);
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw RefusedException.invalid("/input", "the name of a file can't be one");
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }
}
