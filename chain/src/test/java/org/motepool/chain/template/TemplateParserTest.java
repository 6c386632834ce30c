package org.motepool.chain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.block.KnownBytes;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.bytes.Bytes;

class TemplateParserTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TXID = "ab".repeat(32);
    private static final String PREVIOUS = "00".repeat(4) + "cd".repeat(28);
    private static final String DATA = "02".repeat(80);

    private static ObjectNode template() {
        try {
            return (ObjectNode)
                    JSON.readTree("""
                    {"height": 840000, "previousblockhash": "%s", "version": 536870912, "bits": "17034219",
                     "mintime": 1713571000, "curtime": 4294967295, "coinbasevalue": 316250000,
                     "rules": ["csv", "!segwit", "taproot"], "default_witness_commitment": "%s",
                     "transactions": [{"data": "%s", "txid": "%s", "hash": "%s"}], "longpollid": "x"}
                    """.formatted(PREVIOUS, Templates.COMMITMENT, DATA, TXID, "ef".repeat(32)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsEveryField() throws Exception {
        BlockTemplate template = TemplateParser.parse(template());
        assertThat(template.height()).isEqualTo(840_000);
        assertThat(template.prevHash().toDisplayHex()).isEqualTo(PREVIOUS);
        assertThat(template.version()).isEqualTo(0x20000000);
        assertThat(template.nbits().toHex()).isEqualTo("17034219");
        assertThat(template.minTime()).isEqualTo(1_713_571_000);
        assertThat(template.curTime()).isEqualTo(-1);
        assertThat(template.coinbaseValue()).isEqualTo(316_250_000);
        assertThat(template.witnessCommitment()).contains(Templates.COMMITMENT);
        assertThat(template.transactions()).hasSize(1);
        assertThat(template.transactions().getFirst().id().toDisplayHex()).isEqualTo(TXID);
        assertThat(template.branch())
                .containsExactly(template.transactions().getFirst().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"csv\"]", "null"})
    void usesNoCommitmentWhereSegwitIsNotActive(String rules) throws Exception {
        ObjectNode json = template();
        json.set("rules", JSON.readTree(rules));
        assertThat(TemplateParser.parse(json).witnessCommitment()).isEmpty();
    }

    @Test
    void takesTheHashForTheIdWhereANodeGivesNoTxid() throws Exception {
        ObjectNode json = template();
        ((ObjectNode) json.path("transactions").path(0)).remove("txid");
        assertThat(TemplateParser.parse(json).transactions().getFirst().id().toDisplayHex())
                .isEqualTo("ef".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "height",
                "previousblockhash",
                "version",
                "bits",
                "mintime",
                "curtime",
                "coinbasevalue",
                "transactions",
                "default_witness_commitment"
            })
    void namesAFieldThatIsMissingOrOfAWrongType(String field) throws Exception {
        ObjectNode without = template();
        without.remove(field);
        assertThatThrownBy(() -> TemplateParser.parse(without))
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining(field);
        for (String value : new String[] {"{}", "true", "1.5", "\"zz\"", "-9", "1e99", "99999999999999999999"}) {
            ObjectNode wrong = template();
            wrong.set(field, JSON.readTree(value));
            if (field.equals("version") && value.equals("-9")) {
                continue;
            }
            assertThatThrownBy(() -> TemplateParser.parse(wrong))
                    .as("%s = %s", field, value)
                    .isInstanceOf(MalformedReplyException.class)
                    .hasMessageContaining(field);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "height, 0",
        "coinbasevalue, 2100000000000001",
        "bits, '\"00000000\"'",
        "bits, '\"1d00ffff00\"'",
        "curtime, 4294967296",
        "previousblockhash, '\"abcd\"'",
        "default_witness_commitment, '\"6a24aa21a9ee\"'",
        "rules, '[\"!drivechain\"]'",
        "rules, '[1]'",
        "transactions, '[1]'",
        "transactions, '[{}]'",
        "transactions, '[{\"data\": \"00\", \"txid\": \"00\"}]'"
    })
    void refusesValuesThatNoChainHas(String field, String value) throws Exception {
        ObjectNode json = template();
        json.set(field, JSON.readTree(value));
        assertThatThrownBy(() -> TemplateParser.parse(json))
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining(field);
    }

    @Test
    void refusesATransactionThatStandsTwice() {
        ObjectNode json = template();
        JsonNode transaction = json.path("transactions").path(0);
        json.withArray("transactions").add(transaction);
        assertThatThrownBy(() -> TemplateParser.parse(json)).hasMessageContaining("transactions[1].txid");
    }

    @Test
    void saysWhichRuleItDoesNotKnow() throws Exception {
        ObjectNode json = template();
        json.set("rules", JSON.readTree("[\"!segwit\", \"!drivechain\"]"));
        assertThatThrownBy(() -> TemplateParser.parse(json)).hasMessageContaining("\"drivechain\"");
    }

    @Test
    void takesLitecoinsMwebPartWithItsHogEx() throws Exception {
        ObjectNode json = template();
        json.set("rules", JSON.readTree("[\"csv\", \"!segwit\", \"mweb\"]"));
        assertThatThrownBy(() -> TemplateParser.parse(json))
                .hasMessageContaining("mweb is missing")
                .hasMessageContaining("Litecoin Core");
        json.put("mweb", "");
        assertThatThrownBy(() -> TemplateParser.parse(json)).hasMessageContaining("mweb must be an MWEB block");
        json.put("mweb", "8231");
        assertThatThrownBy(() -> TemplateParser.parse(json)).hasMessageContaining("transactions");
        json.withArray("transactions")
                .addObject()
                .put("data", KnownBytes.HOGEX.toHex())
                .put("txid", RawTransaction.parse(KnownBytes.HOGEX).id().toDisplayHex());

        assertThat(TemplateParser.parse(json).mweb()).isEqualTo(Bytes.ofHex("8231"));
    }

    @Test
    void leavesAnMwebPartOutThatIsNotActive() throws Exception {
        ObjectNode json = template();
        json.put("mweb", "8231");
        assertThat(TemplateParser.parse(json).mweb()).isEqualTo(Bytes.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"duplicate\"", "17"})
    void refusesWhatIsNoObject(String json) throws Exception {
        JsonNode reply = JSON.readTree(json);
        assertThatThrownBy(() -> TemplateParser.parse(reply)).isInstanceOf(MalformedReplyException.class);
    }
}
