/** Everything a person wants to know of an engine, put together from what the other capabilities know. */
@NullMarked
package skillrunner.application.overview;

import org.jspecify.annotations.NullMarked;
