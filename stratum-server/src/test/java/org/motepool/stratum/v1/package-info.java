/** Tests of the codec. Open {@link V1DecoderTest} first. */
@NullMarked
package org.motepool.stratum.v1;

import org.jspecify.annotations.NullMarked;
