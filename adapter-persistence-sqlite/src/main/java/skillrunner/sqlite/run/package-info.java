/** Requests, runs, attempts and earlier answers as rows. Safe for concurrent use. */
@NullMarked
package skillrunner.sqlite.run;

import org.jspecify.annotations.NullMarked;
