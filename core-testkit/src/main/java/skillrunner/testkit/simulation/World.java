package skillrunner.testkit.simulation;

import java.util.Optional;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.run.CoreOnFakes;

/** What clients see of the world, and what they tell it. */
interface World {
    /** The server, while one listens. */
    Optional<CoreOnFakes.Server> server();

    /** Whose life it is. */
    Life life();

    /** A request was accepted. */
    void acknowledged(RequestId request, Optional<IdempotencyKey> key);

    /** The end of a run was promised. */
    void promisedEnd(RunId run);

    /** Something happened that helps to understand the story. */
    void trace(String event);
}
