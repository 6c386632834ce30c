package org.motepool.payout.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.address.ScriptType;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.ProofOfWork;

/**
 * A text signed with an address, as wallets do it: 65 bytes in base64, of which the first tells the kind of key (27 to 34,
 * for segwit also 35 to 42), or for P2WPKH a witness as BIP 322 has it in its simple form. A signature can be written in
 * more than one way (with the other s, for one): whoever counts signatures must count by their text. Stateless.
 *
 * @see "Bitcoin Core signmessage, BIP 137, BIP 322"
 */
public final class SignedMessage {
    /** Longest signature that is taken, in characters; a witness of BIP 322 has 144. */
    public static final int SIGNATURE_CHARACTERS_MAX = 200;

    /** What newer wallets put before a witness of BIP 322 in its simple form. */
    private static final String SIMPLE = "smp";

    private static final int COMPACT_BYTES = 65;
    private static final int HEADER_PLAIN = 27;
    private static final int HEADER_COMPRESSED = 31;
    private static final int HEADER_NESTED = 35;
    private static final int HEADER_WITNESS = 39;
    private static final int HEADER_END = 43;

    private SignedMessage() {}

    /**
     * Tells why this is not the address's signature of this text; empty when it is.
     *
     * @param signature base64, as the wallet gave it
     * @return a reason fit for a miner to read
     */
    public static Optional<String> refusal(PayoutAddress address, String text, String signature) {
        String given = signature.strip();
        String base64 = given.startsWith(SIMPLE) ? given.substring(SIMPLE.length()) : given;
        if (base64.isEmpty() || base64.length() > SIGNATURE_CHARACTERS_MAX) {
            return Optional.of("a signature has 88 characters, or 144 in the form of BIP 322");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.of("the signature is not base64: copy it in one piece");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            return Optional.of("the signature's last letter is wrong: copy it in one piece");
        }
        if (bytes.length == COMPACT_BYTES) {
            return compact(address, text, bytes);
        }
        if (address.type() == ScriptType.P2WPKH) {
            return SimpleWitness.isBy(address, text, bytes) ? Optional.empty() : foreign();
        }
        return Optional.of("the signature has " + bytes.length + " bytes, for this address it has " + COMPACT_BYTES);
    }

    private static Optional<String> compact(PayoutAddress address, String text, byte[] bytes) {
        int header = bytes[0] & 0xff;
        if (header < HEADER_PLAIN || header >= HEADER_END) {
            return Optional.of("the signature's first byte is " + header + ", no wallet writes that");
        }
        boolean compressed = header >= HEADER_COMPRESSED;
        Optional<Bytes> key = Secp256k1.recover(
                new BigInteger(1, digest(address, text)),
                new BigInteger(1, Bytes.copyOf(bytes, 1, 32).toArray()),
                new BigInteger(1, Bytes.copyOf(bytes, 33, 32).toArray()),
                (header - HEADER_PLAIN) & 3,
                compressed);
        // Some wallets sign for segwit addresses with the bytes of compressed keys, BIP 137 gives each kind its own.
        boolean plain = header < HEADER_NESTED;
        boolean fits = switch (address.type()) {
            case P2PKH -> plain;
            case P2SH -> compressed && header < HEADER_WITNESS;
            case P2WPKH -> compressed && (plain || header >= HEADER_WITNESS);
            case P2WSH, P2TR -> false;
        };
        if (address.type() == ScriptType.P2WSH || address.type() == ScriptType.P2TR) {
            return Optional.of("an address of the kind " + address.type()
                    + " cannot sign in a form that the pool can check; addresses that begin with 1, 3 or bc1q (or their"
                    + " like on other networks) can");
        }
        return fits && key.isPresent() && paysKey(address, key.get()) ? Optional.empty() : foreign();
    }

    private static Optional<String> foreign() {
        return Optional.of(
                "the signature is not by this address, or not of this text: sign exactly the text shown, with exactly"
                        + " this address");
    }

    /** Whether the address's script is the one of this public key. */
    private static boolean paysKey(PayoutAddress address, Bytes key) {
        byte[] hash = Secp256k1.hash160(key.toArray());
        ByteWriter script = new ByteWriter(25);
        switch (address.type()) {
            case P2PKH -> script.u8(0x76).u8(0xa9).u8(20).bytes(hash).u8(0x88).u8(0xac);
            case P2WPKH -> script.u8(0).u8(20).bytes(hash);
            case P2SH -> {
                byte[] nested = new ByteWriter(22).u8(0).u8(20).bytes(hash).toArray();
                script.u8(0xa9).u8(20).bytes(Secp256k1.hash160(nested)).u8(0x87);
            }
            case P2WSH, P2TR -> {
                return false;
            }
        }
        return script.toBytes().equals(address.script());
    }

    /** What is signed, by the habit of the address's coin. */
    static byte[] digest(PayoutAddress address, String text) {
        boolean litecoin = address.network().proofOfWork() == ProofOfWork.SCRYPT;
        byte[] message = new ByteWriter()
                .text(litecoin ? "Litecoin Signed Message:\n" : "Bitcoin Signed Message:\n")
                .sized(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)))
                .toArray();
        return Sha256.twice(message, 0, message.length);
    }
}
