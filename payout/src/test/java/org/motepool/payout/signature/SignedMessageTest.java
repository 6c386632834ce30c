package org.motepool.payout.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.address.ScriptType;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;

class SignedMessageTest {
    private static final BigInteger N = CustomNamedCurves.getByName("secp256k1").getN();

    record Vector(PayoutAddress address, String text, String signature) {}

    static Stream<Vector> vectors() throws IOException, AddressException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SignedMessageTest.class.getResourceAsStream("/signed-messages.txt")),
                StandardCharsets.UTF_8))) {
            Stream.Builder<Vector> all = Stream.builder();
            for (String line : in.lines().filter(each -> !each.startsWith("#")).toList()) {
                List<String> parts = List.of(line.split(" \\| ?", 3));
                all.add(new Vector(
                        PayoutAddress.parse(parts.getFirst(), Network.MAIN),
                        parts.get(1).strip(),
                        parts.get(2).strip()));
            }
            return all.build();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void takesWhatWalletsSign(Vector vector) {
        assertThat(SignedMessage.refusal(vector.address, vector.text, vector.signature))
                .isEmpty();
    }

    /** Every bit, of the text and of the signature; a header may have a twin of the same meaning. */
    @ParameterizedTest
    @MethodSource("vectors")
    void refusesWhateverHasABitOfIt(Vector vector) {
        String prefix = vector.signature.startsWith("smp") ? "smp" : "";
        byte[] signature = Base64.getDecoder().decode(vector.signature.substring(prefix.length()));
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            boolean twin = bit < 8 && sameMeaning(vector.address.type(), signature[0], flipped[0]);
            String text = prefix + Base64.getEncoder().encodeToString(flipped);
            assertThat(SignedMessage.refusal(vector.address, vector.text, text).isEmpty())
                    .as("bit %d", bit)
                    .isEqualTo(twin);
        }
        for (int i = 0; i < vector.text.length(); i++) {
            String text =
                    vector.text.substring(0, i) + (char) (vector.text.charAt(i) ^ 1) + vector.text.substring(i + 1);
            assertThat(SignedMessage.refusal(vector.address, text, vector.signature))
                    .isPresent();
        }
        assertThat(SignedMessage.refusal(vector.address, vector.text + " ", vector.signature))
                .isPresent();
    }

    /** Electrum's header of a segwit address, and the one of BIP 137. */
    private static boolean sameMeaning(ScriptType type, byte one, byte other) {
        int apart = type == ScriptType.P2WPKH ? 8 : type == ScriptType.P2SH ? 4 : 0;
        return Math.abs(one - other) == apart && Math.min(one, other) >= 31 && Math.max(one, other) <= 31 + apart + 3;
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void readsWhatItSignsOnEveryNetwork(Network network) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        TestWallet wallet = new TestWallet(random.nextLong(1, Long.MAX_VALUE));
        PayoutAddress address = wallet.address(network);
        String text = "text " + random.nextLong();
        String signature = wallet.sign(address, text);

        assertThat(SignedMessage.refusal(address, text, signature))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(SignedMessage.refusal(address, text, wallet.sign(address, text, 31)))
                .isEmpty();
        assertThat(SignedMessage.refusal(address, text, wallet.sign(address, text, 27)))
                .isPresent();
        assertThat(SignedMessage.refusal(address, text, wallet.sign(address, text, 35)))
                .isPresent();
        assertThat(SignedMessage.refusal(new TestWallet(7).address(network), text, signature))
                .isPresent();
    }

    @Test
    void aCoinsSignatureIsNotAnothers() {
        TestWallet wallet = new TestWallet(42);
        String bitcoin = wallet.sign(wallet.address(Network.MAIN), "text");

        assertThat(SignedMessage.refusal(wallet.address(Network.LTC_MAIN), "text", bitcoin))
                .isPresent();
    }

    /** Harmless, for what counts is the nonce in the text; said here so that nobody builds on the bytes. */
    @Test
    void theSameSignatureCanBeWrittenWithTheOtherS() {
        TestWallet wallet = new TestWallet(42);
        PayoutAddress address = wallet.address(Network.MAIN);
        byte[] signature = Base64.getDecoder().decode(wallet.sign(address, "text"));
        BigInteger s =
                N.subtract(new BigInteger(1, Bytes.copyOf(signature, 33, 32).toArray()));
        byte[] other = new ByteWriter(65)
                .u8((signature[0] - 39 ^ 1) + 39)
                .bytes(signature, 1, 32)
                .bytes(Bytes.ofHex("%64s".formatted(s.toString(16)).replace(' ', '0')))
                .toArray();

        assertThat(SignedMessage.refusal(address, "text", Base64.getEncoder().encodeToString(other)))
                .isEmpty();
    }

    @Test
    void saysWhyToWhomCannotSign() throws AddressException {
        String signature = new TestWallet(1).sign(new TestWallet(1).address(Network.MAIN), "text");
        for (String address : List.of(
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3")) {
            assertThat(SignedMessage.refusal(PayoutAddress.parse(address, Network.MAIN), "text", signature))
                    .get()
                    .asString()
                    .contains("cannot sign");
        }
    }

    @Test
    void survivesAnything() throws AddressException {
        PayoutAddress legacy = PayoutAddress.parse("14dD6ygPi5WXdwwBTt1FBZK3aD8uDem1FY", Network.MAIN);
        PayoutAddress segwit = new TestWallet(9).address(Network.MAIN);
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (String odd : List.of("", " ", "====", "A".repeat(88), "A".repeat(1 << 16), "\u0000", "smp", "é")) {
            assertThat(SignedMessage.refusal(legacy, "text", odd)).isPresent();
            assertThat(SignedMessage.refusal(segwit, "text", odd)).isPresent();
        }
        byte[] zero = new byte[65];
        zero[0] = 31;
        byte[] order = new ByteWriter(65)
                .u8(31)
                .bytes(Bytes.ofHex(N.toString(16)))
                .bytes(Bytes.ofHex(N.toString(16)))
                .toArray();
        for (byte[] odd : List.of(zero, order)) {
            assertThat(SignedMessage.refusal(segwit, "text", Base64.getEncoder().encodeToString(odd)))
                    .isPresent();
        }
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(150)];
            random.nextBytes(noise);
            if (noise.length > 2 && random.nextBoolean()) {
                noise[0] = 2;
                noise[1] = (byte) random.nextInt(80);
            }
            assertThat(SignedMessage.refusal(segwit, "text", Base64.getEncoder().encodeToString(noise)))
                    .as("seed %d", seed)
                    .isPresent();
        }
    }
}
