/** What operators ask: is it alive, is it ready, how is it doing. Safe for concurrent use. */
@NullMarked
package skillrunner.http.operations;

import org.jspecify.annotations.NullMarked;
