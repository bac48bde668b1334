/** What the files of the CLIs' sign-ins tell of how long these last. */
@NullMarked
package skillrunner.engines.credentials;

import org.jspecify.annotations.NullMarked;
