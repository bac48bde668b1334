/** What all pages share: layout, texts in both languages, themes, assets. */
@NullMarked
package skillrunner.e2eclient.page;

import org.jspecify.annotations.NullMarked;
