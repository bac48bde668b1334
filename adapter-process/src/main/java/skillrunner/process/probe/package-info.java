/** Asks CLIs for what they say of themselves: versions and models. */
@NullMarked
package skillrunner.process.probe;

import org.jspecify.annotations.NullMarked;
