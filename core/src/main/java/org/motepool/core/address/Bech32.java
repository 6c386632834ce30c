package org.motepool.core.address;

import java.io.ByteArrayOutputStream;

/**
 * The letters and checksums that segwit addresses and LNURLs share. A symbol is 5 bits. Stateless.
 *
 * @see "BIP 173, BIP 350, LUD-01"
 */
public final class Bech32 {
    /** What the checksum comes to in the first form. */
    public static final int BECH32 = 1;

    /** The same in the form of BIP 350. */
    public static final int BECH32M = 0x2bc830a3;

    /** At the end of the symbols. */
    public static final int CHECKSUM_SYMBOLS = 6;

    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32() {}

    /** The symbols behind the separator, in lower case. */
    public static int[] symbols(String data) throws AddressException {
        int[] symbols = new int[data.length()];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = CHARSET.indexOf(data.charAt(i));
            if (symbols[i] < 0) {
                throw new AddressException("'" + data.charAt(i) + "' is not a letter of a segwit address");
            }
        }
        return symbols;
    }

    /** The bytes in the symbols from {@code from} up to {@code to}; what pads the last symbol has to be zero. */
    public static byte[] toBytes(int[] symbols, int from, int to) throws AddressException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int accumulator = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            accumulator = (accumulator << 5 | symbols[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(accumulator >> bits);
            }
        }
        if (bits >= 5 || (accumulator & (1 << bits) - 1) != 0) {
            throw new AddressException("the address has wrong padding");
        }
        return bytes.toByteArray();
    }

    /** {@link #BECH32} or {@link #BECH32M} where prefix and symbols, checksum included, go together. */
    public static int checksum(String hrp, int[] symbols) {
        int state = 1;
        for (int i = 0; i < hrp.length(); i++) {
            state = step(state) ^ hrp.charAt(i) >> 5;
        }
        state = step(state);
        for (int i = 0; i < hrp.length(); i++) {
            state = step(state) ^ hrp.charAt(i) & 31;
        }
        for (int symbol : symbols) {
            state = step(state) ^ symbol;
        }
        return state;
    }

    /** @param symbols with six zeros at the end, where the checksum comes */
    static String encode(String hrp, int[] symbols, int form) {
        int remainder = checksum(hrp, symbols) ^ form;
        StringBuilder text = new StringBuilder(hrp).append('1');
        for (int i = 0; i < symbols.length; i++) {
            int fromEnd = symbols.length - 1 - i;
            int symbol = fromEnd < CHECKSUM_SYMBOLS ? remainder >> 5 * fromEnd & 31 : symbols[i];
            text.append(CHARSET.charAt(symbol));
        }
        return text.toString();
    }

    private static int step(int state) {
        int top = state >>> 25;
        int next = (state & 0x1ff_ffff) << 5;
        for (int i = 0; i < GENERATOR.length; i++) {
            if ((top >> i & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
