package org.motepool.payout.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;

/**
 * The simple form of BIP 322 for P2WPKH: the witness of a transaction that nobody can send, which spends another one whose
 * input holds the text's hash. Stateless.
 *
 * @see "BIP 322, BIP 143"
 */
final class SimpleWitness {
    private static final int KEY_BYTES = 33;
    private static final int KEY_HASH_BYTES = 20;
    private static final int SIGHASH_ALL = 1;
    private static final String TAG = "BIP0322-signed-message";

    private SimpleWitness() {}

    /** @param witness a stack of signature and public key, as it stands in a transaction */
    static boolean isBy(PayoutAddress address, String text, byte[] witness) {
        try {
            ByteReader in = new ByteReader(witness);
            if (in.compactSize() != 2) {
                return false;
            }
            byte[] signature = in.sized().toArray();
            Bytes key = in.sized();
            in.end();
            Bytes program = address.script().slice(2, 2 + KEY_HASH_BYTES);
            return key.size() == KEY_BYTES
                    && Bytes.copyOf(Secp256k1.hash160(key.toArray())).equals(program)
                    && isSigned(signature, key.toArray(), digest(address.script(), program, text));
        } catch (MalformedBytesException e) {
            return false;
        }
    }

    /** DER, then one byte that says what was signed: all of it. */
    private static boolean isSigned(byte[] signature, byte[] key, byte[] digest) throws MalformedBytesException {
        ByteReader in = new ByteReader(signature);
        if (in.u8() != 0x30 || in.u8() != signature.length - 3) {
            return false;
        }
        BigInteger r = number(in);
        BigInteger s = number(in);
        int kind = in.u8();
        in.end();
        return kind == SIGHASH_ALL && Secp256k1.isSigned(new BigInteger(1, digest), r, s, key);
    }

    private static BigInteger number(ByteReader in) throws MalformedBytesException {
        if (in.u8() != 0x02) {
            throw new MalformedBytesException("no number in a DER signature");
        }
        byte[] bytes = in.array(in.u8());
        boolean padded = bytes.length > 1 && bytes[0] == 0 && bytes[1] >= 0;
        if (bytes.length == 0 || padded) {
            throw new MalformedBytesException("a number in a DER signature is not written in its shortest form");
        }
        return new BigInteger(bytes);
    }

    /** What is signed: the BIP 143 digest of the transaction that spends the one with the text. */
    private static byte[] digest(Bytes script, Bytes keyHash, String text) {
        byte[] tag = Sha256.once(TAG.getBytes(StandardCharsets.US_ASCII));
        byte[] message = Sha256.once(new ByteWriter()
                .bytes(tag)
                .bytes(tag)
                .bytes(text.getBytes(StandardCharsets.UTF_8))
                .toArray());
        Hash256 spent = Sha256.twice(new ByteWriter()
                .i32(0)
                .compactSize(1)
                .bytes(Hash256.ZERO.internal())
                .i32(-1)
                .sized(new ByteWriter(34).u8(0).u8(32).bytes(message).toBytes())
                .i32(0)
                .compactSize(1)
                .i64(0)
                .sized(script)
                .i32(0)
                .toArray());
        Bytes outpoint = new ByteWriter(36).bytes(spent.internal()).i32(0).toBytes();
        Bytes outputs =
                new ByteWriter(10).i64(0).sized(Bytes.copyOf(new byte[] {0x6a})).toBytes();
        Bytes sequence = new ByteWriter(4).i32(0).toBytes();
        byte[] preimage = new ByteWriter()
                .i32(0)
                .bytes(Sha256.twice(outpoint).internal())
                .bytes(Sha256.twice(sequence).internal())
                .bytes(outpoint)
                .sized(new ByteWriter(25)
                        .u8(0x76)
                        .u8(0xa9)
                        .u8(KEY_HASH_BYTES)
                        .bytes(keyHash)
                        .u8(0x88)
                        .u8(0xac)
                        .toBytes())
                .i64(0)
                .bytes(sequence)
                .bytes(Sha256.twice(outputs).internal())
                .i32(0)
                .i32(SIGHASH_ALL)
                .toArray();
        return Sha256.twice(preimage, 0, preimage.length);
    }
}
