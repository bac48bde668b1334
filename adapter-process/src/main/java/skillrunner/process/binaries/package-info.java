/** Where the CLIs are installed and what environment they get. Safe for concurrent use. */
@NullMarked
package skillrunner.process.binaries;

import org.jspecify.annotations.NullMarked;
