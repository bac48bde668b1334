package skillrunner.http.run;

import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.RunId;

/** One of the streams of a run, as clients of the Durable Streams protocol read it. Offsets only grow. Safe for concurrent use. */
interface DurableSource {
    /**
     * The type of its content, as the client wants it.
     *
     * @throws skillrunner.domain.problem.RefusedException with {@code REQUEST_INVALID} if it can't be had so
     */
    String contentType(StreamPlace place);

    /** How content stands in the data of server-sent events, if not as it is. */
    Optional<String> encoding(StreamPlace place);

    /** What lies at an offset, which is clamped to what is there. @return empty if the run was removed */
    Optional<DurablePart> find(RunId run, long offset);

    /** Begins to watch for more. */
    Subscription watch(RunId run, Runnable wakeUp);

    /** Tells one client of server-sent events everything from an offset on. */
    StreamFeed feed(RunId run, long from, StreamPlace place, Runnable wakeUp);
}
