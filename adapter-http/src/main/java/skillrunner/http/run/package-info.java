/**
 * Runs on the wire: {@code /v1/jobs}, and their output as a stream of events. Safe for concurrent use.
 */
@NullMarked
package skillrunner.http.run;

import org.jspecify.annotations.NullMarked;
