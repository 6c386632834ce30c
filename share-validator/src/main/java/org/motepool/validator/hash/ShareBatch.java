package org.motepool.validator.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/**
 * Shares of one job side by side, reused from turn to turn. Owned by one thread.
 *
 * <p>{@link ShareHasher.PreparedJob#hash} reads the arrays up to {@link #size()} and writes {@link #hashes()}.
 */
public final class ShareBatch {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final int extranonceBytes;
    private int size;
    private byte[] extranonces;
    private int[] ntimes;
    private int[] nonces;
    private int[] versions;
    private byte[] hashes;

    /** A batch of shares whose two extranonces have {@code extranonceBytes} together. */
    public ShareBatch(int extranonceBytes, int capacity) {
        this.extranonceBytes = extranonceBytes;
        extranonces = new byte[extranonceBytes * capacity];
        ntimes = new int[capacity];
        nonces = new int[capacity];
        versions = new int[capacity];
        hashes = new byte[Hash256.BYTES * capacity];
    }

    /** Adds a share; grows when full. Returns its index. */
    public int add(Bytes extranoncesOfShare, int ntime, int nonce, int version) {
        if (extranoncesOfShare.size() != extranonceBytes) {
            throw new IllegalArgumentException(
                    "extranonces of " + extranoncesOfShare.size() + " bytes in a batch of " + extranonceBytes);
        }
        if (size == ntimes.length) {
            grow();
        }
        extranoncesOfShare.copyTo(extranonces, size * extranonceBytes);
        return addFields(ntime, nonce, version);
    }

    /** Adds a share whose extranonces stand in {@code source} from {@code offset}; likewise. */
    public int add(byte[] source, int offset, int ntime, int nonce, int version) {
        if (size == ntimes.length) {
            grow();
        }
        System.arraycopy(source, offset, extranonces, size * extranonceBytes, extranonceBytes);
        return addFields(ntime, nonce, version);
    }

    /** Adds a share whose extranonces are of four bytes each, big-endian; likewise. */
    public int add(int extranonce1, int extranonce2, int ntime, int nonce, int version) {
        if (extranonceBytes != 2 * Integer.BYTES) {
            throw new IllegalArgumentException("extranonces of 8 bytes in a batch of " + extranonceBytes);
        }
        if (size == ntimes.length) {
            grow();
        }
        int at = size * extranonceBytes;
        INTS.set(extranonces, at, extranonce1);
        INTS.set(extranonces, at + Integer.BYTES, extranonce2);
        return addFields(ntime, nonce, version);
    }

    private int addFields(int ntime, int nonce, int version) {
        ntimes[size] = ntime;
        nonces[size] = nonce;
        versions[size] = version;
        return size++;
    }

    private void grow() {
        int capacity = Math.max(16, ntimes.length * 2);
        extranonces = Arrays.copyOf(extranonces, capacity * extranonceBytes);
        ntimes = Arrays.copyOf(ntimes, capacity);
        nonces = Arrays.copyOf(nonces, capacity);
        versions = Arrays.copyOf(versions, capacity);
        hashes = Arrays.copyOf(hashes, capacity * Hash256.BYTES);
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public int extranonceBytes() {
        return extranonceBytes;
    }

    /** Extranonces of share i from {@code i * extranonceBytes()}; extranonce1 first. */
    public byte[] extranonces() {
        return extranonces;
    }

    public int[] ntimes() {
        return ntimes;
    }

    public int[] nonces() {
        return nonces;
    }

    public int[] versions() {
        return versions;
    }

    /** Hash of share i in internal order from {@code 32 * i}; valid once hashed. */
    public byte[] hashes() {
        return hashes;
    }
}
