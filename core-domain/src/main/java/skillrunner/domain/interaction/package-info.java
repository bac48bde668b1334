/** Questions that a run asks its user, and how they are decided. */
@NullMarked
package skillrunner.domain.interaction;

import org.jspecify.annotations.NullMarked;
