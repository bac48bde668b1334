/** Routes that sign engines in. */
@NullMarked
package skillrunner.http.signin;

import org.jspecify.annotations.NullMarked;
