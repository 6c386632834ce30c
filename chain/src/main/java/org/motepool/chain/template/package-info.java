/**
 * From a node's template to a coinbase, a merkle branch and, once a header is proven, a whole block. Open {@link
 * BlockTemplate} first.
 */
@NullMarked
package org.motepool.chain.template;

import org.jspecify.annotations.NullMarked;
