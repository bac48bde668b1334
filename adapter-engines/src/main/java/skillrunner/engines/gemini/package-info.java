/** Google's gemini: what it takes to install and look after it. */
@NullMarked
package skillrunner.engines.gemini;

import org.jspecify.annotations.NullMarked;
