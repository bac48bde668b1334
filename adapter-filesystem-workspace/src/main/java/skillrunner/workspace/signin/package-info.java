/** What is kept of sign-in sessions. */
@NullMarked
package skillrunner.workspace.signin;

import org.jspecify.annotations.NullMarked;
