/**
 * Signs engines in by driving their own programs in a pseudo-terminal. {@link skillrunner.delegate.DelegateDrivers} makes the drivers; a
 * {@code Script} knows what one program shows and what is typed for it, a {@code DelegateSignIn} holds one program for one session.
 * What a program says is never believed alone: an engine is signed in when its credentials are others than before.
 */
@NullMarked
package skillrunner.delegate;

import org.jspecify.annotations.NullMarked;
