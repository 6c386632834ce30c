package org.motepool.stratum.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a connection ended; a closed set of metric labels. */
public enum CloseReason {
    /** The device hung up, or its network did. */
    PEER,
    HTTP,
    /** Text that is no JSON object, or nothing that is known inside TLS. */
    NOT_STRATUM,
    /** Stratum V2, or other bytes that are none of the protocols here. */
    STRATUM_V2,
    /** TLS, where no certificate is set. */
    NO_CERTIFICATE,
    /** Plain, where TLS is asked for. */
    NOT_TLS,
    /** The TLS handshake failed, or what came after it was no TLS. */
    BAD_TLS,
    /** A WebSocket upgrade or frame that breaks its rules. */
    BAD_FRAME,
    /** A WebSocket frame of bytes, where text is spoken. */
    BINARY_FRAME,
    /** A proxy's connection without a PROXY header, or with a bad one. */
    NO_PROXY_HEADER,
    LINE_TOO_LONG,
    /** A line was begun and not ended in time. */
    LINE_TOO_SLOW,
    /** Answered and held: banned, or it made too much trouble. */
    REFUSED,
    /** Sent on by a planned stop. */
    DRAINED,
    NEVER_SUBSCRIBED,
    NEVER_AUTHORIZED,
    SHUTDOWN,
    /** A defect of ours; logged. */
    INTERNAL;

    private static final AttributeKey<CloseReason> KEY = AttributeKey.valueOf(CloseReason.class, "reason");

    /** Notes on the channel why it ends, for those that say it to the peer. */
    public void noteOn(Channel channel) {
        channel.attr(KEY).setIfAbsent(this);
    }

    /** Why the channel ends; null while it does not, and where the peer ended it. */
    public static @Nullable CloseReason of(Channel channel) {
        return channel.attr(KEY).get();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
