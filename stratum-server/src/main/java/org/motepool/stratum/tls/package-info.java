/** The certificate that devices see, and its change while they stay connected. Open {@link TlsCertificate}. */
@NullMarked
package org.motepool.stratum.tls;

import org.jspecify.annotations.NullMarked;
