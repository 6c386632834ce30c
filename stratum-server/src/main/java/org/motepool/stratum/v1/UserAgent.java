package org.motepool.stratum.v1;

/**
 * What a miner calls itself when it subscribes; made safe to show.
 *
 * @param value 0 … 64 printable ASCII characters
 */
public record UserAgent(String value) {
    public static final int CHARACTERS_MAX = 64;
    public static final UserAgent NONE = new UserAgent("");

    public UserAgent {
        if (!value.equals(clean(value))) {
            throw new IllegalArgumentException("not a clean user agent");
        }
    }

    /** Takes what a device sent; unprintable characters go, the rest is cut. */
    public static UserAgent ofWire(String text) {
        return new UserAgent(clean(text));
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length() && kept.length() < CHARACTERS_MAX; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                kept.append(c);
            }
        }
        return kept.toString().strip();
    }

    @Override
    public String toString() {
        return value;
    }
}
