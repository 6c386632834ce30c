package org.motepool.core.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.motepool.core.bytes.Bytes;

/** SHA-256 and SHA-256d of whole buffers. Each thread has a digest of its own; thread-safe. */
public final class Sha256 {
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** A fresh SHA-256 digest; every Java platform has one. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    public static byte[] once(byte[] data) {
        return DIGEST.get().digest(data);
    }

    public static Bytes once(Bytes data) {
        MessageDigest digest = DIGEST.get();
        data.update(digest);
        return Bytes.copyOf(digest.digest());
    }

    public static byte[] twice(byte[] data, int offset, int length) {
        MessageDigest digest = DIGEST.get();
        digest.update(data, offset, length);
        return digest.digest(digest.digest());
    }

    public static Hash256 twice(byte[] data) {
        return Hash256.ofInternal(twice(data, 0, data.length), 0);
    }

    public static Hash256 twice(Bytes data) {
        MessageDigest digest = DIGEST.get();
        data.update(digest);
        return Hash256.ofInternal(digest.digest(digest.digest()), 0);
    }

    /** SHA-256d of two nodes side by side: one step of Bitcoin's merkle tree. */
    public static Hash256 pair(Hash256 left, Hash256 right) {
        MessageDigest digest = DIGEST.get();
        left.internal().update(digest);
        right.internal().update(digest);
        return Hash256.ofInternal(digest.digest(digest.digest()), 0);
    }
}
