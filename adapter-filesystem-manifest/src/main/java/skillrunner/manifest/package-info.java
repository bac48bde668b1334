/**
 * The model catalogue as files: per engine a manifest that lists snapshots, and per CLI version a snapshot that lists
 * models. Start at {@link skillrunner.manifest.FilesystemModelCatalogue}.
 */
@NullMarked
package skillrunner.manifest;

import org.jspecify.annotations.NullMarked;
