/** Output as durable streams, judged by the tests that the protocol's makers publish. */
@NullMarked
package skillrunner.acceptance.streams;

import org.jspecify.annotations.NullMarked;
