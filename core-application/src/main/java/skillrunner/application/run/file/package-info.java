/** Looking into the files of runs. Start at {@link skillrunner.application.run.file.BrowseRunFiles}. */
@NullMarked
package skillrunner.application.run.file;

import org.jspecify.annotations.NullMarked;
