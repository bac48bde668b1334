/**
 * What every adapter that keeps files needs: whole files that are on the disk ({@link skillrunner.files.DurableFiles}), paths
 * that can't lead outside ({@link skillrunner.files.SafePath}), trees that are removed whole
 * ({@link skillrunner.files.FileTrees}), and whether a disk is full ({@link skillrunner.files.DiskFaults}). Other adapters may
 * use it; it knows none of them.
 */
@NullMarked
package skillrunner.files;

import org.jspecify.annotations.NullMarked;
