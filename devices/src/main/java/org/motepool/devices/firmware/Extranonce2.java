package org.motepool.devices.firmware;

import java.util.HexFormat;

/** The ways in which firmware writes a counter of extranonce2s. */
final class Extranonce2 {
    private Extranonce2() {}

    static String littleEndian(long counter, int bytes) {
        byte[] value = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            value[i] = i < Long.BYTES ? (byte) (counter >>> 8 * i) : 0;
        }
        return HexFormat.of().formatHex(value);
    }

    static String bigEndian(long counter, int bytes) {
        byte[] value = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            value[bytes - 1 - i] = i < Long.BYTES ? (byte) (counter >>> 8 * i) : 0;
        }
        return HexFormat.of().formatHex(value);
    }
}
