/** The form of ids. */
@NullMarked
package skillrunner.domain.id;

import org.jspecify.annotations.NullMarked;
