package skillrunner.mcp.resource;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Artifacts of runs by their addresses. Safe for concurrent use. */
public final class Artifacts {
    private final FindRun find;
    private final RunArtifacts artifacts;

    /**
     * Takes what it asks.
     *
     * @param find finds runs
     * @param artifacts opens their files
     */
    public Artifacts(FindRun find, RunArtifacts artifacts) {
        this.find = Objects.requireNonNull(find);
        this.artifacts = Objects.requireNonNull(artifacts);
    }

    /**
     * Reads an artifact that a call names.
     *
     * @param uri its address
     * @param place where the address stands in the arguments
     * @param most so many bytes at most
     * @return the whole file
     * @throws RefusedException with {@code REQUEST_INVALID} and the place, whatever is wrong
     */
    public byte[] whole(String uri, String place, long most) {
        RunAddress address = RunAddress.parse(uri)
                .filter(named -> named.artifact().isPresent())
                .orElseThrow(() -> RefusedException.invalid(place, "is no address of an artifact"));
        RunArtifacts.Artifact artifact;
        try {
            artifact = open(address);
        } catch (RefusedException e) {
            throw RefusedException.invalid(place, e.refusal().detail());
        }
        if (artifact.size() > most) {
            throw RefusedException.invalid(
                    place, "has " + artifact.size() + " bytes, which is more than a call may bring");
        }
        try (InputStream content = artifact.content().open()) {
            return content.readNBytes((int) Math.min(most, artifact.size()));
        } catch (IOException e) {
            throw RefusedException.invalid(place, "can't be read any more");
        }
    }

    /**
     * Opens an artifact.
     *
     * @param address its address
     * @return the file
     * @throws RefusedException if there is no such run or file, or the path leaves the folder
     */
    RunArtifacts.Artifact open(RunAddress address) {
        Optional<RunArtifacts.Artifact> found = artifacts.open(
                find.find(address.request()).run().id(), address.artifact().orElseThrow());
        return found.orElseThrow(() -> new RefusedException(ErrorCode.ARTIFACT_NOT_FOUND, "There is no such artifact"));
    }
}
