/** What a run comes to: result, records, files, and the one order in which they are written before the status tells. */
@NullMarked
package skillrunner.application.run.result;

import org.jspecify.annotations.NullMarked;
