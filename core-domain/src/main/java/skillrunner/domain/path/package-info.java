/** The one rule for paths that somebody else names: which texts lead to something inside a folder of ours. */
@NullMarked
package skillrunner.domain.path;

import org.jspecify.annotations.NullMarked;
