package org.motepool.core.address;

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
    private static final int CHECKSUM_SYMBOLS = Bech32.CHECKSUM_SYMBOLS;
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
        int[] symbols = Bech32.symbols(lower.substring(separator + 1));
        int checksum = Bech32.checksum(hrp, symbols);
        if (checksum != Bech32.BECH32 && checksum != Bech32.BECH32M) {
            throw new AddressException("the address checksum is wrong: a letter is mistyped or missing");
        }
        if (symbols.length == CHECKSUM_SYMBOLS) {
            throw new AddressException("the address holds no witness program");
        }
        int version = symbols[0];
        Bytes program = Bytes.copyOf(Bech32.toBytes(symbols, 1, symbols.length - CHECKSUM_SYMBOLS));
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
        if (checksum != (version == 0 ? Bech32.BECH32 : Bech32.BECH32M)) {
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
        return Bech32.encode(humanReadablePart, symbols, version == 0 ? Bech32.BECH32 : Bech32.BECH32M);
    }
}
