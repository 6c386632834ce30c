package org.motepool.core.address;

import java.math.BigInteger;
import java.util.Arrays;
import org.motepool.core.hash.Sha256;

/** Base58 with a four-byte SHA-256d checksum, as in the addresses of before segwit. */
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int CHECKSUM_BYTES = 4;

    private Base58Check() {}

    /** Returns version byte and payload without the checksum. */
    static byte[] decode(String text) throws AddressException {
        BigInteger number = BigInteger.ZERO;
        int leadingZeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new AddressException("'" + text.charAt(i) + "' is not a letter of a base58 address");
            }
            if (number.signum() == 0 && digit == 0) {
                leadingZeros++;
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] magnitude = number.signum() == 0 ? new byte[0] : unsigned(number);
        byte[] all = new byte[leadingZeros + magnitude.length];
        System.arraycopy(magnitude, 0, all, leadingZeros, magnitude.length);
        if (all.length <= CHECKSUM_BYTES) {
            throw new AddressException("the address is too short");
        }
        byte[] body = Arrays.copyOf(all, all.length - CHECKSUM_BYTES);
        byte[] checksum = Sha256.twice(body, 0, body.length);
        if (!Arrays.equals(checksum, 0, CHECKSUM_BYTES, all, body.length, all.length)) {
            throw new AddressException("the address checksum is wrong: a letter is mistyped or missing");
        }
        return body;
    }

    static String encode(int version, byte[] payload) {
        byte[] body = new byte[1 + payload.length];
        body[0] = (byte) version;
        System.arraycopy(payload, 0, body, 1, payload.length);
        byte[] all = Arrays.copyOf(body, body.length + CHECKSUM_BYTES);
        System.arraycopy(Sha256.twice(body, 0, body.length), 0, all, body.length, CHECKSUM_BYTES);
        StringBuilder reversed = new StringBuilder();
        BigInteger number = new BigInteger(1, all);
        while (number.signum() > 0) {
            BigInteger[] step = number.divideAndRemainder(BASE);
            reversed.append(ALPHABET.charAt(step[1].intValue()));
            number = step[0];
        }
        for (int i = 0; i < all.length && all[i] == 0; i++) {
            reversed.append('1');
        }
        return reversed.reverse().toString();
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] signed = number.toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }
}
