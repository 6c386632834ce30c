package org.motepool.core.address;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.motepool.core.bytes.Bytes;

/**
 * Segwit addresses: bech32 for version 0, bech32m for the others.
 *
 * @param humanReadablePart lower case
 * @param version 0 … 16
 * @param program 2 … 40 bytes
 * @see "BIP 173, BIP 350"
 */
record SegwitAddress(String humanReadablePart, int version, Bytes program) {
    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;
    private static final int CHECKSUM_SYMBOLS = 6;
    private static final int CHARACTERS_MAX = 90;

    static SegwitAddress decode(String text) throws AddressException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new AddressException("the address mixes upper and lower case");
        }
        int separator = lower.lastIndexOf('1');
        if (separator < 1 || separator + 1 + CHECKSUM_SYMBOLS > lower.length() || lower.length() > CHARACTERS_MAX) {
            throw new AddressException("the address has a wrong length");
        }
        String hrp = lower.substring(0, separator);
        if (hrp.chars().anyMatch(c -> c < 33 || c > 126)) {
            throw new AddressException("the address prefix holds a letter that no address has");
        }
        int[] symbols = symbols(lower.substring(separator + 1));
        int checksum = checksum(hrp, symbols);
        if (checksum != BECH32 && checksum != BECH32M) {
            throw new AddressException("the address checksum is wrong: a letter is mistyped or missing");
        }
        if (symbols.length == CHECKSUM_SYMBOLS) {
            throw new AddressException("the address holds no witness program");
        }
        int version = symbols[0];
        Bytes program = Bytes.copyOf(toBytes(symbols));
        requireForm(version, program, checksum);
        return new SegwitAddress(hrp, version, program);
    }

    private static void requireForm(int version, Bytes program, int checksum) throws AddressException {
        if (version > 16) {
            throw new AddressException("no witness version " + version + " exists");
        }
        if (program.size() < 2 || program.size() > 40) {
            throw new AddressException("the witness program has a wrong length");
        }
        if (version == 0 && program.size() != 20 && program.size() != 32) {
            throw new AddressException("a version 0 witness program has 20 or 32 bytes");
        }
        if (checksum != (version == 0 ? BECH32 : BECH32M)) {
            throw new AddressException("the address uses the checksum of another witness version");
        }
    }

    String encode() {
        int groups = (program.size() * 8 + 4) / 5;
        int[] symbols = new int[1 + groups + CHECKSUM_SYMBOLS];
        symbols[0] = version;
        for (int i = 0; i < groups * 5; i++) {
            int bit = i / 8 < program.size() ? program.at(i / 8) >> (7 - i % 8) & 1 : 0;
            symbols[1 + i / 5] |= bit << (4 - i % 5);
        }
        int remainder = checksum(humanReadablePart, symbols) ^ (version == 0 ? BECH32 : BECH32M);
        StringBuilder text = new StringBuilder(humanReadablePart).append('1');
        for (int i = 0; i < symbols.length; i++) {
            int fromEnd = symbols.length - 1 - i;
            int symbol = fromEnd < CHECKSUM_SYMBOLS ? remainder >> 5 * fromEnd & 31 : symbols[i];
            text.append(CHARSET.charAt(symbol));
        }
        return text.toString();
    }

    private static int[] symbols(String data) throws AddressException {
        int[] symbols = new int[data.length()];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = CHARSET.indexOf(data.charAt(i));
            if (symbols[i] < 0) {
                throw new AddressException("'" + data.charAt(i) + "' is not a letter of a segwit address");
            }
        }
        return symbols;
    }

    private static byte[] toBytes(int[] symbols) throws AddressException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int accumulator = 0;
        int bits = 0;
        for (int i = 1; i < symbols.length - CHECKSUM_SYMBOLS; i++) {
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

    private static int checksum(String hrp, int[] symbols) {
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
