/**
 * The Markdown documents of a project as a small site: {@link dev.espalier.site.Site} reads them,
 * writes one page of HTML for each, and says which links lead nowhere.
 */
@NullMarked
package dev.espalier.site;

import org.jspecify.annotations.NullMarked;
