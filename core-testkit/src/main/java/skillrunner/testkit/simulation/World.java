package skillrunner.testkit.simulation;

import java.util.Map;
import java.util.Optional;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;

/** What clients see of the world, and what they tell it. */
interface World {
    /** The server, while one listens. */
    Optional<Premises> server();

    /** Whose life it is. */
    Life life();

    /** A request was accepted. */
    void acknowledged(RequestId request, Optional<IdempotencyKey> key);

    /** A client sends files for a request, by name. */
    void sends(RequestId request, Map<String, String> files);

    /** Files for a request were accepted. */
    void received(RequestId request, Map<String, String> files);

    /** The end of a run was promised. */
    void promisedEnd(RunId run);

    /** A version that no package had before. */
    String nextVersion();

    /** Something happened that helps to understand the story. */
    void trace(String event);
}
