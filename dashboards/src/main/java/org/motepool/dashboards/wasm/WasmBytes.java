package org.motepool.dashboards.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.motepool.core.bytes.Bytes;

/**
 * Writes the pieces that a WebAssembly module's binary form is made of. Not thread-safe.
 *
 * @see "WebAssembly Core Specification, Binary Format"
 */
final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WasmBytes put(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    /** A size or an index: LEB128, unsigned. */
    WasmBytes size(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    /** A constant: LEB128, signed. */
    WasmBytes signed(int value) {
        int rest = value;
        while (rest >> 6 != 0 && rest >> 6 != -1) {
            out.write(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        out.write(rest & 0x7f);
        return this;
    }

    /** Four bytes, the lowest first. */
    WasmBytes word(int value) {
        return put(value, value >>> 8, value >>> 16, value >>> 24);
    }

    WasmBytes name(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        size(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Other bytes behind their length. */
    WasmBytes sized(WasmBytes content) {
        size(content.out.size());
        out.writeBytes(content.out.toByteArray());
        return this;
    }

    WasmBytes section(int id, WasmBytes content) {
        return put(id).sized(content);
    }

    Bytes bytes() {
        return Bytes.copyOf(out.toByteArray());
    }
}
