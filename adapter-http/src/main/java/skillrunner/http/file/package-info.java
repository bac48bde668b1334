/** Files and folders in pages, the same for skills and for runs. Safe for concurrent use. */
@NullMarked
package skillrunner.http.file;

import org.jspecify.annotations.NullMarked;
