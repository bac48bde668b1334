/**
 * What can go wrong, named once. Every refusal of a request carries an {@link skillrunner.domain.problem.ErrorCode}; the
 * transport decides how a kind of error looks on the wire.
 */
@NullMarked
package skillrunner.domain.problem;

import org.jspecify.annotations.NullMarked;
