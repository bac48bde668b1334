/**
 * The data directory as the server's own: {@link skillrunner.app.store.Stores} opens its databases only if they are the ones
 * it knows, {@link skillrunner.app.store.StoreWatch} notices when they are not any more.
 */
@NullMarked
package skillrunner.app.store;

import org.jspecify.annotations.NullMarked;
