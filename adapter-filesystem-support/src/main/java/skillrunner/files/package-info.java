/**
 * The room for what every adapter that keeps files needs. Other adapters may use it; it knows none of them. What it promises:
 *
 * <ul>
 *   <li>{@link skillrunner.files.DurableFiles}: a file is there whole or not at all, and on the disk when the call returns,
 *       unless its name says otherwise. Nobody else renames or replaces files.
 *   <li>{@link skillrunner.files.UntrustedFolder}: the opener for what agents, clients and packages may have made. What was
 *       checked is what is opened; no link, pipe or device is followed or waited for.
 *   <li>{@link skillrunner.files.SmallFiles}: files of our own that somebody may have replaced; no more than so many bytes are
 *       read into memory. Nobody else reads a file whole.
 *   <li>{@link skillrunner.files.SafePath}: joins a path from outside to a folder, by its text alone.
 *   <li>{@link skillrunner.files.FileTrees}: trees that are removed whole and renamed in one step.
 *   <li>{@link skillrunner.files.DiskFaults}: whether a disk is full, asked of the disk.
 *   <li>{@link skillrunner.files.PatientLooks}: looks at places that may never answer.
 *   <li>{@link skillrunner.files.LockFiles}: files that one process at a time holds.
 *   <li>{@link skillrunner.files.OwnUser}: who we are, where files have owners.
 * </ul>
 *
 * <p>What an operation met goes out as {@link java.io.IOException}, or as what the core understands where a method says so.
 */
@NullMarked
package skillrunner.files;

import org.jspecify.annotations.NullMarked;
