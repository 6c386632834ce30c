package org.motepool.validator.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.motepool.core.hash.Hash256;

/** Where a share's own fields stand in the 80 header bytes; integers are little-endian. */
final class HeaderFields {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VERSION = 0;
    private static final int MERKLE_ROOT = 36;
    private static final int NTIME = 68;
    private static final int NONCE = 76;

    private HeaderFields() {}

    static void putVersion(byte[] header, int version) {
        INT.set(header, VERSION, version);
    }

    /** Copies the first 32 bytes of {@code root}, internal order. */
    static void putMerkleRoot(byte[] header, byte[] root) {
        System.arraycopy(root, 0, header, MERKLE_ROOT, Hash256.BYTES);
    }

    static void putNtime(byte[] header, int ntime) {
        INT.set(header, NTIME, ntime);
    }

    static void putNonce(byte[] header, int nonce) {
        INT.set(header, NONCE, nonce);
    }
}
