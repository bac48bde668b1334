/** A disk that is full when a test says so. */
@NullMarked
package skillrunner.testkit.storage;

import org.jspecify.annotations.NullMarked;
