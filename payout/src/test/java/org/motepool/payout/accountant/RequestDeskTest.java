package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.preference.NoticeKind;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.preference.SignedText;
import org.motepool.payout.books.PreferenceBook;
import org.motepool.payout.books.PreferenceBook.Notices;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.preference.RequestJudge;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.payout.signature.TestWallet;
import org.motepool.store.Preferences.Change;
import org.motepool.store.Preferences.Standing;
import org.motepool.store.Preferences.Value;
import org.motepool.store.Requests.Outcome;
import org.motepool.store.Requests.Request;

/** What owners ask for by signed texts: who is refused and why, what holds from when on, and that a crash changes nothing. */
final class RequestDeskTest {
    private static final Duration DELAY = SignedText.delay(Network.DEVNET);

    private final TestWallet wallet = new TestWallet(4711);
    private final PayoutAddress address = wallet.address(Network.DEVNET);

    @TempDir
    private Path data;

    private Pool pool;

    @BeforeEach
    void open() throws JournalException {
        pool = new Pool(data);
        pool.accountant.begin();
        pool.store.append(work(address));
        pool.run(Pool.SLICE.multipliedBy(2));
        assertThat(pool.books.accounts().indexOf(address.accountId())).hasValue(0);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** A share by this address, so that the books have it. */
    private static WorkEntry work(PayoutAddress address) {
        return new WorkEntry(
                Network.DEVNET.id(),
                Fixtures.log(0),
                0,
                50,
                List.of(address.canonical()),
                List.of(new WorkCell(Scheme.PPLNS, Fixtures.NBITS, address.accountId(), 100, 1)),
                Sha256.once(Bytes.EMPTY),
                Optional.empty());
    }

    private long seconds() {
        return pool.clock.epochMillis() / 1_000;
    }

    /** A text as a page would write it now. */
    private SignedText text(PreferenceField field, String value) {
        return new SignedText(
                RequestJudge.ledger(pool.journal.id()),
                Network.DEVNET,
                address.canonical(),
                field,
                value,
                SignedText.nonceAfter(pool.books.preferences().lastNonce(0), pool.clock.epochMillis()),
                SignedText.untilFrom(pool.clock.epochMillis()));
    }

    private Request request(SignedText text) {
        return request(text.text(), wallet.sign(address, text.text()));
    }

    private Request request(String text, String signature) {
        return new Request(address.accountId(), address.canonical(), text, signature, pool.clock.epochMillis());
    }

    private void leave(Request request) {
        pool.store.requests.put(request.id(), request);
    }

    private Outcome ask(Request request) throws JournalException {
        leave(request);
        pool.clock.advance(RequestDesk.LOOK_EVERY);
        pool.turn();
        assertThat(pool.store.requests).doesNotContainKey(request.id());
        return pool.store.outcomes.get(request.id());
    }

    private Outcome ask(PreferenceField field, String value) throws JournalException {
        return ask(request(text(field, value)));
    }

    private void refused(Request request, String why) throws JournalException {
        long before = pool.journal.head().sequence();
        Outcome outcome = ask(request);
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.reason()).contains(why);
        assertThat(pool.journal.head().sequence()).as("nothing is journaled").isEqualTo(before);
    }

    /** Signed, but for something else than a page would write. */
    private void refusedSigned(UnaryOperator<String> change, String why) throws JournalException {
        String text = change.apply(text(PreferenceField.THRESHOLD, "5000 sat").text());
        refused(request(text, wallet.sign(address, text)), why);
    }

    private String holds(PreferenceField field) {
        return pool.books.preferences().value(0, field, pool.clock.epochMillis());
    }

    @Test
    void aChangeOfWhereMoneyGoesWaitsAndThenHolds() throws JournalException {
        assertThat(ask(PreferenceField.THRESHOLD, "5000 sat").accepted()).isTrue();
        assertThat(holds(PreferenceField.THRESHOLD)).isEqualTo("default");
        long asked = pool.clock.epochMillis();
        assertThat(shown().values()).isEmpty();
        assertThat(shown().waiting())
                .containsExactly(new Change("threshold", "5000 sat", asked, asked + DELAY.toMillis()));

        pool.run(DELAY.minusSeconds(1));
        assertThat(holds(PreferenceField.THRESHOLD)).isEqualTo("default");
        pool.run(Duration.ofSeconds(2));
        assertThat(holds(PreferenceField.THRESHOLD)).isEqualTo("5000 sat");
        assertThat(shown().values()).containsExactly(new Value("threshold", "5000 sat", asked + DELAY.toMillis()));
        assertThat(shown().waiting()).isEmpty();
    }

    private Standing shown() {
        return pool.store.preferences.get(address.accountId());
    }

    @Test
    void aChangeOfNoticesHoldsAtOnceAndIsNotShownToEverybody() throws JournalException {
        List<Notices> before = new ArrayList<>();
        List<PreferenceField> heard = new ArrayList<>();
        pool.accountant.onDecision((record, was) -> {
            heard.add(record.field());
            before.add(was);
        });
        assertThat(pool.books.preferences().notices(0).isOff()).isTrue();
        assertThat(ask(PreferenceField.NTFY, "https://ntfy.sh/my_motes").accepted())
                .isTrue();
        assertThat(ask(PreferenceField.EVENTS, "block").accepted()).isTrue();
        assertThat(ask(PreferenceField.WEBHOOK, "https://example.com/x").accepted())
                .isTrue();

        Notices now = pool.books.preferences().notices(0);
        assertThat(now)
                .isEqualTo(new Notices(
                        Optional.of("https://example.com/x"),
                        Optional.of("https://ntfy.sh/my_motes"),
                        Set.of(NoticeKind.BLOCK)));
        assertThat(shown().values())
                .extracting(Value::value)
                .containsExactlyInAnyOrder(Standing.SET, Standing.SET, "block");
        assertThat(ask(PreferenceField.WEBHOOK, PreferenceValue.OFF).accepted()).isTrue();
        assertThat(shown().values()).extracting(Value::value).containsExactlyInAnyOrder("off", Standing.SET, "block");
        assertThat(heard)
                .containsExactly(
                        PreferenceField.NTFY, PreferenceField.EVENTS, PreferenceField.WEBHOOK, PreferenceField.WEBHOOK);
        assertThat(before.getLast())
                .as("where a notice of the last change goes")
                .isEqualTo(now);
    }

    @Test
    void countsWhatBecameOfEachRequest() throws JournalException {
        assertThat(results()).containsExactly(0, 0, 0);
        Request request = request(text(PreferenceField.DONATE, "1%"));
        assertThat(ask(request).accepted()).isTrue();
        assertThat(ask(request).accepted()).as("twice").isTrue();
        refused(request(text(PreferenceField.CANCEL, "lightning")), "no change of lightning waits");
        refused(request("Motepool, pay me", "none"), "not a text that the pool wrote");
        assertThat(results()).containsExactly(1, 1, 2);
    }

    /** Decided, known, refused. */
    private List<Integer> results() {
        return Stream.of(PayoutMetrics.DECIDED, PayoutMetrics.KNOWN, PayoutMetrics.REFUSED)
                .map(result -> (int) pool.metric("mote_payout_requests_total", "result", result))
                .toList();
    }

    @Test
    void aWaitingChangeIsTakenBackOrReplaced() throws JournalException {
        assertThat(ask(PreferenceField.LIGHTNING, "thief@example.com").accepted())
                .isTrue();
        assertThat(ask(PreferenceField.LIGHTNING, "me@example.com").accepted()).isTrue();
        assertThat(shown().waiting()).extracting(Change::value).containsExactly("me@example.com");
        assertThat(ask(PreferenceField.CANCEL, "lightning").accepted()).isTrue();
        assertThat(shown().waiting()).isEmpty();
        pool.run(DELAY.plusSeconds(1));
        assertThat(holds(PreferenceField.LIGHTNING)).isEqualTo("off");
        refused(request(text(PreferenceField.CANCEL, "lightning")), "no change of lightning waits");
    }

    @Test
    void whatHoldsAlreadyCannotBeTakenBackAndHoldsOnWhileTheNextWaits() throws JournalException {
        assertThat(ask(PreferenceField.DONATE, "1%").accepted()).isTrue();
        pool.run(DELAY.plusSeconds(1));
        refused(request(text(PreferenceField.CANCEL, "donate")), "no change of donate waits");
        assertThat(ask(PreferenceField.DONATE, "2%").accepted()).isTrue();
        assertThat(holds(PreferenceField.DONATE)).isEqualTo("1%");
        assertThat(ask(PreferenceField.CANCEL, "donate").accepted()).isTrue();
        pool.run(DELAY.plusSeconds(1));
        assertThat(holds(PreferenceField.DONATE)).isEqualTo("1%");
    }

    @Test
    void refusesWhatIsMeantForElsewhere() throws JournalException {
        refusedSigned(
                text -> text.replace(RequestJudge.ledger(pool.journal.id()), "0123456789abcdef"),
                "is for the pool 0123456789abcdef");
        refusedSigned(text -> text.replace(" on devnet", " on main"), "is for the network main");
        String other = new TestWallet(1).address(Network.DEVNET).canonical();
        refusedSigned(text -> text.replace(address.canonical(), other), "is for the address " + other);
        refusedSigned(
                text -> text.replace(address.canonical(), address.canonical().toUpperCase(Locale.ROOT)),
                "is for the address");
        refusedSigned(text -> text.replace(address.canonical(), "nobody"), "address is none here");
        refusedSigned(text -> text.replace("5000 sat", "05000 sat"), "was changed");
        refusedSigned(text -> "Motepool, pay me", "not a text that the pool wrote");
    }

    @Test
    void refusesWhoCannotProveTheAddress() throws JournalException {
        String text = text(PreferenceField.THRESHOLD, "5000 sat").text();
        refused(request(text, new TestWallet(1).sign(address, text)), "not by this address");
        refused(request(text, wallet.sign(address, text + " ")), "not by this address");
        refused(request(text, "é"), "not base64");
        refused(request(text, ""), "a signature has 88 characters");
        PayoutAddress stranger = new TestWallet(2).address(Network.DEVNET);
        String theirs = text.replace(address.canonical(), stranger.canonical());
        refused(
                new Request(
                        stranger.accountId(),
                        stranger.canonical(),
                        theirs,
                        new TestWallet(2).sign(stranger, theirs),
                        1),
                "no work of this address");
        refused(
                new Request(
                        AccountId.ofCanonicalAddress("another"),
                        address.canonical(),
                        text,
                        wallet.sign(address, text),
                        1),
                "no work of this address");
    }

    @Test
    void refusesWhatComesTooLateOrLivesTooLongOrWasOvertaken() throws JournalException {
        SignedText good = text(PreferenceField.THRESHOLD, "5000 sat");
        long minute = seconds() / 60 * 60;
        refused(request(with(good, good.nonce(), minute)), "was good until");
        refused(
                request(with(good, good.nonce(), minute + SignedText.LIFE_MAX.toSeconds() + 120)),
                "good for 7 days at most");
        refused(request(with(good, 999_999_999_999_999L, good.untilSeconds())), "nonce is beyond");
        assertThat(ask(request(good)).accepted()).isTrue();
        refused(request(with(good, good.nonce(), good.untilSeconds() - 60)), "by a later text");
        refused(request(with(good, good.nonce() - 1, good.untilSeconds())), "by a later text");
    }

    private static SignedText with(SignedText text, long nonce, long until) {
        return new SignedText(text.ledger(), text.network(), text.address(), text.field(), text.value(), nonce, until);
    }

    @Test
    void theSameTextAgainIsDoneAndDoesNothing() throws JournalException {
        Request request = request(text(PreferenceField.THRESHOLD, "5000 sat"));
        assertThat(ask(request).accepted()).isTrue();
        long head = pool.journal.head().sequence();
        for (int i = 0; i < 3; i++) {
            assertThat(ask(PreferenceField.EVENTS, "block").accepted()).isTrue();
            head++;
        }
        pool.run(DELAY);
        pool.clock.advance(SignedText.LIFE);
        assertThat(ask(request).accepted()).as("though its life is over").isTrue();
        assertThat(pool.journal.head().sequence()).isEqualTo(head);
    }

    @Test
    void anAddressDecidesSomeTimesADay() throws JournalException {
        for (int i = 0; i < PreferenceBook.OF_DAY_MAX; i++) {
            assertThat(ask(PreferenceField.THRESHOLD, 1 + i + " sat").accepted())
                    .as("decision %d", i)
                    .isTrue();
        }
        refused(request(text(PreferenceField.THRESHOLD, "5000 sat")), "50 times a day at most");
        pool.clock.advance(Duration.ofDays(1));
        assertThat(ask(PreferenceField.THRESHOLD, "5000 sat").accepted()).isTrue();
    }

    @Test
    void takesSomeAtATimeAndTheRestAfterwards() throws JournalException {
        List<Request> all = new ArrayList<>();
        for (int i = 0; i < RequestDesk.TAKEN_MAX + 3; i++) {
            all.add(request("nonsense " + i, "none"));
            leave(all.getLast());
        }
        pool.clock.advance(RequestDesk.LOOK_EVERY);
        pool.turn();
        pool.turn();
        assertThat(pool.store.outcomes).hasSize(RequestDesk.TAKEN_MAX);
        pool.clock.advance(RequestDesk.LOOK_EVERY);
        pool.turn();
        assertThat(pool.store.outcomes).hasSize(all.size());
    }

    /** Wherever it dies, the request is accepted and decides once. */
    @Test
    void comesToTheSameWhereverItDies() throws JournalException {
        int boundaries = 0;
        for (int at = 0; at <= boundaries; at++) {
            SignedText text = text(PreferenceField.THRESHOLD, 10_000 + at + " sat");
            Request request = request(text);
            leave(request);
            pool.clock.advance(RequestDesk.LOOK_EVERY);
            pool.faults.crashAt(at);
            try {
                pool.turn();
                boundaries = Math.max(boundaries, pool.faults.effects());
            } catch (SimulatedCrash crash) {
                boundaries = Math.max(boundaries, at + 1);
                if (pool.store.outcomes.containsKey(request.id())) {
                    assertThat(shown().lastNonce())
                            .as("whoever knows the outcome knows the nonce")
                            .isEqualTo(text.nonce());
                }
                pool.restart();
                // So late that the text is not good any more, were it new.
                boolean journaled = pool.books.preferences().lastNonce(0) == text.nonce();
                pool.clock.advance(journaled ? SignedText.LIFE.plusDays(1) : Duration.ZERO);
            }
            pool.faults.never();
            pool.run(Duration.ofSeconds(2));
            assertThat(pool.store.outcomes.get(request.id()).accepted())
                    .as("crash at %d", at)
                    .isTrue();
            assertThat(records(text.nonce())).as("crash at %d", at).hasSize(1);
            pool.run(DELAY);
            assertThat(holds(PreferenceField.THRESHOLD)).isEqualTo(text.value());
            assertThat(shown().values()).extracting(Value::value).containsExactly(text.value());
        }
        assertThat(boundaries).isGreaterThan(6);
    }

    private List<PreferenceDecided> records(long nonce) throws JournalException {
        List<PreferenceDecided> found = new ArrayList<>();
        pool.journal.replay((at, record) -> {
            if (record instanceof PreferenceDecided decided && decided.nonce() == nonce) {
                found.add(decided);
            }
        });
        return found;
    }

    @Test
    void aStoreThatWasEmptiedShowsItAllAgain() throws JournalException {
        assertThat(ask(PreferenceField.DONATE, "1%").accepted()).isTrue();
        Standing before = shown();
        pool.store.empty();
        pool.run(Duration.ofSeconds(2));
        assertThat(shown().waiting()).isEqualTo(before.waiting());
        assertThat(shown().lastNonce()).isEqualTo(before.lastNonce());
    }

    @Test
    void aSnapshotAndAReplayKnowTheSameBitForBit() throws Exception {
        assertThat(ask(PreferenceField.DONATE, "1%").accepted()).isTrue();
        assertThat(ask(PreferenceField.NTFY, "https://ntfy.sh/my_motes").accepted())
                .isTrue();
        pool.run(DELAY);
        assertThat(ask(PreferenceField.DONATE, "3%").accepted()).isTrue();
        assertThat(ask(PreferenceField.THRESHOLD, "5000 sat").accepted()).isTrue();
        Path directory = FileJournal.directoryIn(data);
        Path snapshot = Snapshots.write(directory, pool.journal.id(), pool.journal.head(), 8, pool.books);
        assertThat(ask(PreferenceField.CANCEL, "threshold").accepted()).isTrue();

        String digest = Snapshots.digest(pool.books);
        LedgerProof whole = LedgerProof.of(directory);
        LedgerProof shorter = LedgerProof.from(snapshot, directory);
        assertThat(Snapshots.digest(whole.books())).isEqualTo(digest);
        assertThat(Snapshots.digest(shorter.books())).isEqualTo(digest);
        PreferenceBook book = shorter.books().preferences();
        long now = pool.clock.epochMillis();
        assertThat(book.value(0, PreferenceField.DONATE, now)).isEqualTo("1%");
        assertThat(book.begun(now, now + DELAY.toMillis())).containsExactly(0);
        assertThat(book.value(0, PreferenceField.DONATE, now + DELAY.toMillis()))
                .isEqualTo("3%");
        assertThat(book.value(0, PreferenceField.THRESHOLD, now + DELAY.toMillis()))
                .isEqualTo("default");
        assertThat(whole.isSound()).isTrue();
    }

    /** Who writes the journal cannot write what an owner did not sign. */
    @Test
    void aJournalWithADecisionThatNobodySignedIsNotSound() throws JournalException {
        SignedText text = text(PreferenceField.LIGHTNING, "me@example.com");
        assertThat(ask(request(text)).accepted()).isTrue();
        PreferenceDecided signed = records(text.nonce()).getFirst();
        assertThat(LedgerProof.of(FileJournal.directoryIn(data)).isSound()).isTrue();
        PreferenceDecided forged = new PreferenceDecided(
                signed.request(),
                0,
                PreferenceField.LIGHTNING,
                "thief@example.com",
                signed.nonce() + 1,
                signed.untilSeconds(),
                signed.signature(),
                signed.from(),
                signed.at());
        pool.journal.append(List.of(forged));
        assertThatThrownBy(() -> LedgerProof.of(FileJournal.directoryIn(data)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("its owner did not sign")
                .hasMessageContaining("thief@example.com");
    }
}
