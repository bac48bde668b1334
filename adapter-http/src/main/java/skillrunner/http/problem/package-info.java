/** Errors on the wire: RFC 9457 problem documents, made in one place. Safe for concurrent use. */
@NullMarked
package skillrunner.http.problem;

import org.jspecify.annotations.NullMarked;
