package org.motepool.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.bytes.Bytes;

/** The valid and invalid addresses of BIP 173 (those that BIP 350 leaves standing) and BIP 350. */
class SegwitAddressTest {
    @ParameterizedTest
    @CsvSource({
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, bc, 0, 751e76e8199196d454941c45d1b3a323f1433bd6",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7, tb, 0,"
                + " 1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y, bc, 1,"
                + " 751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
        "BC1SW50QGDZ25J, bc, 16, 751e",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs, bc, 2, 751e76e8199196d454941c45d1b3a323",
        "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy, tb, 0,"
                + " 000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c, tb, 1,"
                + " 000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0, bc, 1,"
                + " 79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    })
    void decodesTheValidAddressesAndEncodesThemAgain(String text, String prefix, int version, String program)
            throws AddressException {
        SegwitAddress address = SegwitAddress.decode(text);

        assertThat(address).isEqualTo(new SegwitAddress(prefix, version, Bytes.ofHex(program)));
        assertThat(address.encode()).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd, checksum of another witness version",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf, checksum of another witness version",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL, checksum of another witness version",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh, checksum of another witness version",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47, checksum of another witness version",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4, 'o' is not a letter",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R, no witness version 17",
        "bc1pw5dgrnzv, wrong length",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav, wrong length",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P, 20 or 32 bytes",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq, mixes upper and lower case",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf, wrong padding",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j, wrong padding",
        "bc1gmk9yu, no witness program",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5, checksum is wrong",
        "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2, no witness version 17",
        "bc1rw5uspcuh, wrong length",
        "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90, wrong length",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7, mixes upper and lower case",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du, wrong padding",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv, wrong padding",
        "bc1, wrong length",
        "1qqqqqqqqqq, wrong length",
    })
    void refusesTheInvalidAddressesWithTheirReason(String text, String reason) {
        assertThatThrownBy(() -> SegwitAddress.decode(text))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void noChangeOfUpToTwoLettersPassesTheChecksum() throws AddressException {
        long seed = 173_350;
        Random random = new Random(seed);
        String charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        for (int round = 0; round < 2_000; round++) {
            byte[] program = new byte[random.nextBoolean() ? 20 : 32];
            random.nextBytes(program);
            int version = program.length == 20 ? 0 : random.nextInt(2);
            String good = new SegwitAddress("bc", version, Bytes.copyOf(program)).encode();
            assertThat(SegwitAddress.decode(good).program()).isEqualTo(Bytes.copyOf(program));
            StringBuilder bad = new StringBuilder(good);
            for (int change = 0; change < 1 + round % 2; change++) {
                int at = 3 + random.nextInt(good.length() - 3);
                bad.setCharAt(at, charset.charAt((charset.indexOf(good.charAt(at)) + 1 + random.nextInt(31)) % 32));
            }
            assertThatThrownBy(() -> SegwitAddress.decode(bad.toString()))
                    .as("seed %d, %s", seed, bad)
                    .hasMessageContaining("checksum");
        }
    }
}
