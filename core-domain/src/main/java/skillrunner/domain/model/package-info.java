/** The models an engine may be asked for: entries, how a request names one, and which list serves which CLI version. */
@NullMarked
package skillrunner.domain.model;

import org.jspecify.annotations.NullMarked;
