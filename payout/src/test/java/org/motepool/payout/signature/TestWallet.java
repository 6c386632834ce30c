package org.motepool.payout.signature;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;

/** A wallet of one key that signs texts as wallets do, with deterministic nonces. Immutable. */
public final class TestWallet {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private final BigInteger secret;

    public TestWallet(long secret) {
        this.secret = BigInteger.valueOf(secret);
    }

    private Bytes key(boolean compressed) {
        return Bytes.copyOf(CURVE.getG().multiply(secret).getEncoded(compressed));
    }

    /** Its P2WPKH address. */
    public PayoutAddress address(Network network) {
        return PayoutAddress.ofWitnessKeyHash(
                Bytes.copyOf(Secp256k1.hash160(key(true).toArray())), network);
    }

    /** As BIP 137 has it for P2WPKH. */
    public String sign(PayoutAddress address, String text) {
        return sign(address, text, 39);
    }

    /** @param header of recovery 0; below 31 the key is taken uncompressed */
    String sign(PayoutAddress address, String text, int header) {
        byte[] digest = SignedMessage.digest(address, text);
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(
                true,
                new ECPrivateKeyParameters(
                        secret, new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN())));
        BigInteger[] signature = signer.generateSignature(digest);
        boolean compressed = header >= 31;
        for (int recovery = 0; recovery < 4; recovery++) {
            if (Secp256k1.recover(new BigInteger(1, digest), signature[0], signature[1], recovery, compressed)
                    .filter(key(compressed)::equals)
                    .isPresent()) {
                return Base64.getEncoder()
                        .encodeToString(new ByteWriter(65)
                                .u8(header + recovery)
                                .bytes(Bytes.ofHex(hex(signature[0])))
                                .bytes(Bytes.ofHex(hex(signature[1])))
                                .toArray());
            }
        }
        throw new IllegalStateException("no recovery gives the key back");
    }

    private static String hex(BigInteger number) {
        return "%64s".formatted(number.toString(16)).replace(' ', '0').toLowerCase(Locale.ROOT);
    }
}
