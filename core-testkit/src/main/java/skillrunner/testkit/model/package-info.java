/** The model catalogue without files and without CLIs, and what its store promises. */
@NullMarked
package skillrunner.testkit.model;

import org.jspecify.annotations.NullMarked;
