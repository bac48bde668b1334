/**
 * What a program shows on its screen, as text: {@link skillrunner.delegate.screen.TerminalText} makes it from bytes, {@link
 * skillrunner.delegate.screen.Anchors} knows a screen by words that stand on it, {@link skillrunner.delegate.screen.PageAddress} and
 * {@link skillrunner.delegate.screen.UserCode} find what a person needs. {@link skillrunner.delegate.screen.Secrets} takes out what a
 * person typed. Knows nothing of engines and touches nothing outside.
 */
@NullMarked
package skillrunner.delegate.screen;

import org.jspecify.annotations.NullMarked;
