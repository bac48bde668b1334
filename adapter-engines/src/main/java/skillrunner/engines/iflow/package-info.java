/** iFlow's iflow: what it takes to install and look after it. */
@NullMarked
package skillrunner.engines.iflow;

import org.jspecify.annotations.NullMarked;
