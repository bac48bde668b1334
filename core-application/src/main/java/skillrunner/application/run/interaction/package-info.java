/** Questions that runs ask their users: how they are kept, found, answered and, for want of an answer, decided. */
@NullMarked
package skillrunner.application.run.interaction;

import org.jspecify.annotations.NullMarked;
