/** Configuration by environment variables: one class per concern, each variable declared once with its meaning. */
@NullMarked
package skillrunner.app.settings;

import org.jspecify.annotations.NullMarked;
