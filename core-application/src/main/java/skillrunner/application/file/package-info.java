/**
 * Looking into folders of ours: what they hold and what a file says, for people and never for an engine. Start at {@link
 * skillrunner.application.file.FolderBrowser}.
 */
@NullMarked
package skillrunner.application.file;

import org.jspecify.annotations.NullMarked;
