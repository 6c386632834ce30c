package org.motepool.dashboards.http;

import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;

/** Names a body's content. Weak, because the same content may travel compressed. */
final class EntityTag {
    private static final int BYTES = 12;

    private EntityTag() {}

    static String of(Bytes body) {
        return "W/\"" + Sha256.once(body).slice(0, BYTES).toHex() + '"';
    }

    /** Weak comparison with what the reader has; it may name several, or any by {@code *}. */
    static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        String opaque = tag.substring(2);
        for (String known : ifNoneMatch.split(",", -1)) {
            String candidate = known.strip();
            if (candidate.equals("*") || candidate.equals(opaque) || candidate.equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
