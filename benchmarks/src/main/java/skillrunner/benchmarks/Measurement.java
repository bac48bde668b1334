package skillrunner.benchmarks;

import java.io.IOException;
import java.util.List;

/** Takes some figures and ends by itself: counts and times are bounded. */
interface Measurement {
    /** Takes them. @throws IllegalStateException if the server did not do what was asked */
    List<Figure> take(Installation installation) throws IOException, InterruptedException;
}
