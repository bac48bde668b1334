/**
 * What all pages share: layout, languages, themes, assets and the policy of what a browser may load. Nothing here knows a
 * capability; start at {@link skillrunner.http.page.Pages}.
 */
@NullMarked
package skillrunner.http.page;

import org.jspecify.annotations.NullMarked;
