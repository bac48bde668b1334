/** Signing an engine's CLI in: the ways to do it, and the two state machines that a session follows. */
@NullMarked
package skillrunner.domain.signin;

import org.jspecify.annotations.NullMarked;
