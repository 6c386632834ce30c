/**
 * What pages and APIs show, read from the store and kept for a moment: {@link Views} hands out {@link PoolView} and
 * {@link AccountView}. The dialects and the pages are adapters over these records.
 */
@NullMarked
package org.motepool.dashboards.view;

import org.jspecify.annotations.NullMarked;
