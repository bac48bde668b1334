/** How an installation knows its own databases again: {@link skillrunner.domain.store.StorePolicy} decides. */
@NullMarked
package skillrunner.domain.store;

import org.jspecify.annotations.NullMarked;
