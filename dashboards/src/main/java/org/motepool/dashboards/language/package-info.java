/**
 * The languages of the pages: {@link Words} says everything in one of them. The texts stand in {@code
 * words_CODE.properties}, UTF-8; a test holds that every language has all of them.
 */
@NullMarked
package org.motepool.dashboards.language;

import org.jspecify.annotations.NullMarked;
