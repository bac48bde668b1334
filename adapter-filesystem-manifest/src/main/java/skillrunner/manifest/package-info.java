/**
 * The model catalogue as files: per engine a manifest that lists snapshots, and per CLI version a snapshot that lists
 * models; and what engines answered that are asked for their models. Start at {@link
 * skillrunner.manifest.FilesystemModelSnapshots}.
 */
@NullMarked
package skillrunner.manifest;

import org.jspecify.annotations.NullMarked;
