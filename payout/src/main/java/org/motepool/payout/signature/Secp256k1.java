package org.motepool.payout.signature;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;

/** Checks ECDSA signatures over Bitcoin's curve. Everything here is public, so no time has to be hidden. Stateless. */
final class Secp256k1 {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger N = CURVE.getN();
    private static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();
    private static final int COORDINATE_BYTES = 32;

    private Secp256k1() {}

    /**
     * The public key that made a signature; empty where there is none.
     *
     * @param recovery 0 to 3: which of the points that go with r it is
     * @param compressed how the key is to be written
     */
    static Optional<Bytes> recover(BigInteger digest, BigInteger r, BigInteger s, int recovery, boolean compressed) {
        if (!isScalar(r) || !isScalar(s)) {
            return Optional.empty();
        }
        BigInteger x = recovery < 2 ? r : r.add(N);
        if (x.compareTo(P) >= 0) {
            return Optional.empty();
        }
        byte[] encoded = new byte[1 + COORDINATE_BYTES];
        encoded[0] = (byte) (2 + (recovery & 1));
        Bytes.copyOf(fixed(x)).copyTo(encoded, 1);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(encoded);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        BigInteger inverse = r.modInverse(N);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(
                CURVE.getG(),
                digest.negate().multiply(inverse).mod(N),
                point,
                s.multiply(inverse).mod(N));
        return key.isInfinity() ? Optional.empty() : Optional.of(Bytes.copyOf(key.getEncoded(compressed)));
    }

    /** Whether a signature of a digest was made by the private twin of this compressed key. */
    static boolean isSigned(BigInteger digest, BigInteger r, BigInteger s, byte[] key) {
        if (!isScalar(r) || !isScalar(s)) {
            return false;
        }
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
        BigInteger inverse = s.modInverse(N);
        ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(
                        CURVE.getG(),
                        digest.multiply(inverse).mod(N),
                        point,
                        r.multiply(inverse).mod(N))
                .normalize();
        return !sum.isInfinity() && sum.getAffineXCoord().toBigInteger().mod(N).equals(r);
    }

    static byte[] hash160(byte[] data) {
        byte[] inner = Sha256.once(data);
        RIPEMD160Digest digest = new RIPEMD160Digest();
        digest.update(inner, 0, inner.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(N) < 0;
    }

    private static byte[] fixed(BigInteger value) {
        byte[] fixed = new byte[COORDINATE_BYTES];
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return fixed;
    }
}
