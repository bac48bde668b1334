/** Hears of bytes as soon as they are in a file. Safe for concurrent use. */
@NullMarked
package skillrunner.process.follow;

import org.jspecify.annotations.NullMarked;
