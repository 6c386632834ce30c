package org.motepool.stratum.v1;

/** Reads short hex texts without trusting them. */
final class Hex {
    /** Not a hex text of the wanted length. */
    static final long INVALID = -1;

    private Hex() {}

    /** An unsigned 32-bit number of {@code min} to 8 digits of either case, or {@link #INVALID}. */
    static long u32(String text, int min) {
        int length = text.length();
        if (length < min || length > 8) {
            return INVALID;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return INVALID;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The same of ASCII bytes. */
    static long u32(byte[] text, int from, int length, int min) {
        if (length < min || length > 8) {
            return INVALID;
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            int digit = digit((char) text[i]);
            if (digit < 0) {
                return INVALID;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** ASCII only: Character.digit would take digits of other scripts. */
    static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 0x80 ? lower - 'a' + 10 : -1;
    }
}
