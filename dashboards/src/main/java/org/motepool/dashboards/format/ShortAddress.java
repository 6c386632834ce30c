package org.motepool.dashboards.format;

/** Addresses on public lists: enough to know one's own, too little to look up somebody else's. */
public final class ShortAddress {
    private static final int HEAD_CHARACTERS = 8;
    private static final int TAIL_CHARACTERS = 4;

    private ShortAddress() {}

    /** The first and last characters. */
    public static String of(String address) {
        if (address.length() <= HEAD_CHARACTERS + TAIL_CHARACTERS) {
            return address;
        }
        return address.substring(0, HEAD_CHARACTERS) + "…" + address.substring(address.length() - TAIL_CHARACTERS);
    }
}
