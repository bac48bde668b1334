/** Upgrade tasks as rows. Safe for concurrent use. */
@NullMarked
package skillrunner.sqlite.upgrade;

import org.jspecify.annotations.NullMarked;
