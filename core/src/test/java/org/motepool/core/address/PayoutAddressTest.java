package org.motepool.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.bytes.Bytes;

class PayoutAddressTest {
    private static final String KEY_HASH = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

    @ParameterizedTest
    @CsvSource({
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, MAIN, P2PKH, 76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
        "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem, MAIN, P2PKH, 76a91447376c6f537d62177a2c41c4ca9b45829ab9908388ac",
        "1111111111111111111114oLvT2, MAIN, P2PKH, 76a914000000000000000000000000000000000000000088ac",
        "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX, MAIN, P2SH, a9148f55563b9a19f321c211e9b9f38cdf686ea0784587",
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn, TESTNET4, P2PKH, 76a914243f1394f44554f4ce3fd68649c19adc483ce92488ac",
        "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc, SIGNET, P2SH, a9144e9f39ca4688ff102128ea4ccda34105324305b087",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, MAIN, P2WPKH, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7, TESTNET4, P2WSH,"
                + " 00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0, MAIN, P2TR,"
                + " 512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    })
    void makesTheOutputScriptOfEveryForm(String text, Network network, ScriptType type, String script)
            throws AddressException {
        PayoutAddress address = PayoutAddress.parse(text, network);

        assertThat(address.type()).isEqualTo(type);
        assertThat(address.script()).isEqualTo(Bytes.ofHex(script));
        assertThat(address.canonical()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "'  bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\t'",
                "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4?AMOUNT=0.1&LABEL=X1",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?label=my%20pool",
            })
    void takesWhatPeopleTypeAsTheSameAccount(String typed) throws AddressException {
        PayoutAddress address = PayoutAddress.parse(typed, Network.MAIN);

        assertThat(address.canonical()).isEqualTo(KEY_HASH);
        assertThat(address.accountId())
                .isEqualTo(PayoutAddress.parse(KEY_HASH, Network.MAIN).accountId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7|MAIN|address of testnet4, this pool pays on main",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|REGTEST|address of main, this pool pays on regtest",
                "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn|MAIN|address of testnet4, this pool pays on main",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa|SIGNET|address of main, this pool pays on signet",
                "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7|REGTEST|address of testnet4",
            })
    void namesTheWrongNetwork(String text, Network wanted, String reason) {
        assertThatThrownBy(() -> PayoutAddress.parse(text, wanted))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no address",
                "bitcoin:|no address",
                "?amount=1|no address",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb|checksum is wrong",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN|checksum is wrong",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na|'0' is not a letter",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5|checksum is wrong",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3t4|mixes upper and lower case",
                "Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|mixes upper and lower case",
                "BC1SW50QGDZ25J|witness version 16 cannot be paid",
                "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs|witness version 2 cannot be paid",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y|witness version 1 cannot",
                "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty|another coin or chain",
                "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut|another coin or chain",
                "1|too short",
                "worker|checksum is wrong",
            })
    void refusesWithAReasonFitForAMiner(String text, String reason) {
        assertThatThrownBy(() -> PayoutAddress.parse(text, Network.MAIN))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        // Of the secret key 1, as the example of BIP 173.
        "LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ, LTC_MAIN, LTC_MAIN, P2PKH, 76a914751e76e8199196d454941c45d1b3a323f1433bd688ac",
        "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9, LTC_MAIN, LTC_MAIN, P2WPKH, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
    })
    void paysOnLitecoin(String text, Network wanted, Network network, ScriptType type, String script)
            throws AddressException {
        PayoutAddress address = PayoutAddress.parse("litecoin:" + text, wanted);

        assertThat(address.network()).isEqualTo(network);
        assertThat(address.type()).isEqualTo(type);
        assertThat(address.script()).isEqualTo(Bytes.ofHex(script));
        assertThat(address.canonical()).isEqualTo(text);
    }

    /** Litecoin's script addresses once had Bitcoin's prefix; both ways to write one are one account. */
    @ParameterizedTest
    @CsvSource({"0x32, 0x05, M, LTC_MAIN", "0x3a, 0xc4, Q, LTC_TEST", "0x3a, 0xc4, Q, LTC_REGTEST"})
    void bothPrefixesOfALitecoinScriptAreOneAccount(int usual, int old, String letter, Network network)
            throws AddressException {
        byte[] hash = Bytes.ofHex("8f55563b9a19f321c211e9b9f38cdf686ea07845").toArray();
        PayoutAddress byUsual = PayoutAddress.parse(Base58Check.encode(usual, hash), network);
        PayoutAddress byOld = PayoutAddress.parse(Base58Check.encode(old, hash), network);

        assertThat(byUsual).isEqualTo(byOld);
        assertThat(byUsual.canonical()).startsWith(letter).isEqualTo(Base58Check.encode(usual, hash));
        assertThat(byUsual.script()).isEqualTo(Bytes.ofHex("a9148f55563b9a19f321c211e9b9f38cdf686ea0784587"));
    }

    @Test
    void tellsAddressesOfLitecoinFromBitcoins() {
        assertThatThrownBy(() -> PayoutAddress.parse("ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", Network.MAIN))
                .hasMessage("this is an address of ltc-main, this pool pays on main");
        assertThatThrownBy(() -> PayoutAddress.parse("LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ", Network.MAIN))
                .hasMessage("this is an address of ltc-main, this pool pays on main");
        assertThatThrownBy(() -> PayoutAddress.parse(KEY_HASH, Network.LTC_MAIN))
                .hasMessage("this is an address of main, this pool pays on ltc-main");
        assertThatThrownBy(() -> PayoutAddress.parse("ltcmweb1qq" + "q".repeat(110), Network.LTC_MAIN))
                .hasMessageContaining("MWEB");
    }

    @Test
    void refusesLettersThatOnlyFoldToAscii() {
        // The Kelvin sign is its own upper case and has the lower case k.
        String kelvin = KEY_HASH.toUpperCase(Locale.ROOT).replace('K', '\u212a');

        assertThatThrownBy(() -> PayoutAddress.parse(kelvin, Network.MAIN))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("U+212A");
    }

    @Test
    void neverRepeatsControlCharactersInItsReason() {
        assertThatThrownBy(() -> PayoutAddress.parse("1A1z\n\u202eP1eP5", Network.MAIN))
                .isInstanceOf(AddressException.class)
                .message()
                .matches("[ -~]+");
    }

    @Test
    void boundsItsInput() {
        assertThatThrownBy(() -> PayoutAddress.parse("1".repeat(100_000), Network.MAIN))
                .hasMessageContaining("too long");
    }

    @Test
    void devnetTakesAddressesOfEveryNetwork() throws AddressException {
        assertThat(PayoutAddress.parse(KEY_HASH, Network.DEVNET).network()).isEqualTo(Network.MAIN);
        assertThat(PayoutAddress.parse("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Network.DEVNET)
                        .network())
                .isEqualTo(Network.DEVNET);
    }

    @Test
    void madeUpAccountsParseBackOnEveryNetwork() throws AddressException {
        Random random = new Random(42);
        for (Network network : Network.values()) {
            byte[] hash = new byte[20];
            random.nextBytes(hash);
            PayoutAddress made = PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), network);

            assertThat(PayoutAddress.parse(made.canonical(), network)).isEqualTo(made);
            assertThat(made.canonical()).startsWith(network.humanReadablePart() + "1q");
            assertThat(made.script()).isEqualTo(Bytes.ofHex("0014").concat(Bytes.copyOf(hash)));
        }
    }

    @Test
    void arbitraryTextGivesAnAddressOrAnAddressException() {
        long seed = 58;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "bc1" : "");
            for (int n = random.nextInt(140); n > 0; n--) {
                text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
            }
            assertThatThrownBy(() -> PayoutAddress.parse(text.toString(), Network.MAIN))
                    .as("seed %d, round %d", seed, i)
                    .isInstanceOf(AddressException.class);
        }
    }
}
