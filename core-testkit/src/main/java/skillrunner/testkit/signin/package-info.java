/** Sign-ins without a provider. */
@NullMarked
package skillrunner.testkit.signin;

import org.jspecify.annotations.NullMarked;
