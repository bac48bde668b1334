package skillrunner.testkit.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.problem.RefusedException;
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

    /** Somebody else comes. */
    void guest(String name, Runnable visit);

    /** A client was told that its answer to a question counts. */
    void answered(RunId run, int question, String words);

    /**
     * A client was told that its answer does not count.
     *
     * @param mayBeOwn whether the one that counts may be its own, sent before without a key
     */
    void turnedAway(RequestId request, int question, String words, boolean mayBeOwn, RefusedException refused);

    /** A client that followed a run to its end has these events. */
    void followed(RequestId request, List<JournalEvent> events);

    /** A version that no package had before. */
    String nextVersion();

    /** Something happened that helps to understand the story. */
    void trace(String event);
}
