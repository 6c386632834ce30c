/**
 * Stratum V1 for browsers and phones: over WebSocket, one JSON object a text frame, the same lines and session as over
 * TCP. Open {@link HttpEntrance} first.
 */
@NullMarked
package org.motepool.stratum.websocket;

import org.jspecify.annotations.NullMarked;
