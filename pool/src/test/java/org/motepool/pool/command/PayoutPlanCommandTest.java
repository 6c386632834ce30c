package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.SignedText;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;
import org.motepool.payout.preference.RequestJudge;
import org.motepool.payout.signature.TestWallet;
import picocli.CommandLine;

/** What the plan says of those who decided how they are paid. */
class PayoutPlanCommandTest {
    private static final Duration DELAY = SignedText.delay(Network.DEVNET);

    private final TestWallet wallet = new TestWallet(31_415);
    private final PayoutAddress address = wallet.address(Network.DEVNET);

    @TempDir
    private Path data;

    private void journal(long satoshis, Duration ago, String... decisions) throws Exception {
        List<JournalRecord> records = new ArrayList<>();
        records.add(new AccountOpened(0, address.canonical()));
        records.add(new Corrected(
                Bytes.copyOf(new byte[JournalRecord.REQUEST_BYTES]),
                List.of(new Transfer(Pool.WALLET, new Miner(0, Part.AVAILABLE), Money.ofSatoshis(satoshis))),
                "opening",
                1));
        try (FileJournal journal =
                FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), "devnet", (at, record) -> {})) {
            for (int i = 0; i < decisions.length; i += 2) {
                records.add(decided(journal.id(), i + 1L, decisions[i], decisions[i + 1], ago));
            }
            journal.append(records);
        }
    }

    private PreferenceDecided decided(Bytes journal, long nonce, String field, String value, Duration ago) {
        long at = PoolClock.SYSTEM.epochMillis() - ago.toMillis();
        SignedText text = new SignedText(
                RequestJudge.ledger(journal),
                Network.DEVNET,
                address.canonical(),
                PreferenceField.ofId(field).orElseThrow(),
                value,
                nonce,
                SignedText.untilFrom(at));
        Bytes whole = Bytes.copyOf(text.text().getBytes(StandardCharsets.US_ASCII));
        return new PreferenceDecided(
                Sha256.once(whole).slice(0, JournalRecord.REQUEST_BYTES),
                0,
                text.field(),
                value,
                nonce,
                text.untilSeconds(),
                wallet.sign(address, text.text()),
                at + DELAY.toMillis(),
                at);
    }

    private String plan(String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments =
                new ArrayList<>(List.of("plan", "--dry-run", "--fee-rate", "1", "--network", "devnet", "--data"));
        arguments.add(data.toString());
        arguments.addAll(Arrays.asList(more));
        int code = new CommandLine(new PayoutCommand())
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    void tellsWhatAnOwnerSetAndHowMuchIsLeftToThePool() throws Exception {
        journal(2_000_000, DELAY, "threshold", "1500000 sat", "donate", "2.5%");
        assertThat(plan())
                .contains("paid on the chain; threshold 1500000 sat set by its owner;"
                        + " 2.50% left to the pool, as its owner wishes: 50000")
                .contains("1 of 1 accounts would be paid 1950000 satoshis");
        JsonNode line = new JsonMapper().readTree(plan("--json")).path("lines").path(0);
        assertThat(line.path("satoshis").asText()).isEqualTo("1950000");
        assertThat(line.path("donated").asText()).isEqualTo("50000");
        assertThat(line.path("reason").asText()).contains("set by its owner");
    }

    @Test
    void aThresholdThatIsNotReachedIsTold() throws Exception {
        journal(2_000_000, DELAY, "threshold", "2000001 sat");
        assertThat(plan())
                .contains("not yet: 1 short of its threshold 2000001; threshold 2000001 sat set by its owner");
    }

    @Test
    void aChangeThatWaitsChangesNothingYet() throws Exception {
        journal(2_000_000, Duration.ZERO, "threshold", "2000001 sat", "donate", "2.5%");
        assertThat(plan()).contains("paid on the chain").doesNotContain("owner");
    }
}
