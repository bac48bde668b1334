/** Clients that follow runs by every way there is, and go on where they were when the server dies under them. */
@NullMarked
package skillrunner.acceptance.followers;

import org.jspecify.annotations.NullMarked;
