/**
 * What clients may make the server hold and wait for: bodies arrive and answers leave without a thread, at a least rate, and
 * the memory of all requests together is bounded. Safe for concurrent use.
 */
@NullMarked
package skillrunner.http.load;

import org.jspecify.annotations.NullMarked;
