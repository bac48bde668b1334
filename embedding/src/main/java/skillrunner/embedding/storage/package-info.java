/**
 * The data folder as the runner's own: its folders, their lock and their disk. {@link skillrunner.embedding.storage.Stores} opens the
 * databases only if they are the ones it knows, {@link skillrunner.embedding.storage.StoreWatch} notices when they are not any more. Start
 * at {@link skillrunner.embedding.storage.StorageCapability}.
 */
@NullMarked
package skillrunner.embedding.storage;

import org.jspecify.annotations.NullMarked;
