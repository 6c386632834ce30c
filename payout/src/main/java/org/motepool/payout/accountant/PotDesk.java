package org.motepool.payout.accountant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.JournalRecord.PotFunded;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what operators ask for by files: money for the pot. A request is journaled, then its file goes; a crash between
 * the two is seen by the request's id. Not thread-safe: the accountant's.
 */
final class PotDesk {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PotDesk.class);

    private final PotRequests requests;
    private final PoolClock clock;
    private final Books books;
    private final Recorder recorder;
    private long nextLook;

    PotDesk(Path dataDir, BlockDesk.Parts parts) {
        this.requests = new PotRequests(dataDir);
        this.clock = parts.clock();
        this.books = parts.books();
        this.recorder = parts.recorder();
        this.nextLook = clock.nanos();
    }

    /** Looks when it is time to; tells whether the pot was funded. */
    boolean look() throws JournalException {
        if (clock.nanos() < nextLook) {
            return false;
        }
        nextLook = clock.nanos() + LOOK_EVERY.toNanos();
        boolean funded = false;
        try {
            for (Path file : requests.waiting()) {
                funded |= take(file);
            }
        } catch (IOException e) {
            LOG.warn("requests for the pot cannot be taken up: {}", e.getMessage());
        }
        return funded;
    }

    private boolean take(Path file) throws IOException, JournalException {
        Optional<PotRequests.Request> request = requests.read(file);
        if (request.isEmpty()) {
            refuse(file, "it is no request of mote pot fund or mote payout lightning");
            return false;
        }
        PotRequests.Request asked = request.get();
        if (books.knowsRequest(asked.id())) {
            requests.done(file);
            return false;
        }
        JournalRecord record = asked.lightning() ? lightning(asked) : funding(asked);
        try {
            books.check(record);
        } catch (ArithmeticException | IllegalStateException e) {
            refuse(file, String.valueOf(e.getMessage()));
            return false;
        }
        recorder.record(List.of(record));
        requests.done(file);
        LOG.info("{} got {} satoshis", asked.lightning() ? "Lightning" : "the pot", asked.satoshis());
        return true;
    }

    private JournalRecord funding(PotRequests.Request asked) {
        return new PotFunded(
                asked.id(), Money.ofSatoshis(asked.satoshis()), asked.fromFee(), asked.memo(), clock.epochMillis());
    }

    /** Coins of the wallet are in channels now, and some went to the network. */
    private JournalRecord lightning(PotRequests.Request asked) {
        List<Transfer> transfers = new ArrayList<>();
        transfers.add(new Transfer(Pool.LIGHTNING, Pool.WALLET, Money.ofSatoshis(asked.satoshis())));
        if (asked.networkFee() > 0) {
            transfers.add(new Transfer(Pool.NETWORK_FEE, Pool.WALLET, Money.ofSatoshis(asked.networkFee())));
        }
        String reason = ("from the wallet into channels: " + asked.memo()).strip();
        return new Corrected(
                asked.id(),
                transfers,
                reason.substring(0, Math.min(reason.length(), JournalRecord.TEXT_CHARACTERS_MAX)),
                clock.epochMillis());
    }

    private void refuse(Path file, String reason) throws IOException {
        LOG.error("request {} is refused: {}; the file is kept as .refused", file, reason);
        requests.refuse(file);
    }
}
