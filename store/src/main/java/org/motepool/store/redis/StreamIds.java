package org.motepool.store.redis;

/** Ids of stream entries: milliseconds, a dash, a number; both unsigned 64-bit. */
final class StreamIds {
    private StreamIds() {}

    static boolean isId(String id) {
        return id.matches("[0-9]{1,20}-[0-9]{1,20}");
    }

    /** The least id behind {@code id}. */
    static String after(String id) {
        int dash = id.indexOf('-');
        long millis = Long.parseUnsignedLong(id, 0, dash, 10);
        long number = Long.parseUnsignedLong(id, dash + 1, id.length(), 10) + 1;
        return Long.toUnsignedString(number == 0 ? millis + 1 : millis) + "-" + Long.toUnsignedString(number);
    }
}
