package org.motepool.payout.preference;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.preference.SignedText;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PreferenceBook;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.preference.Judgement.Accepted;
import org.motepool.payout.preference.Judgement.Known;
import org.motepool.payout.preference.Judgement.Refused;
import org.motepool.payout.signature.SignedMessage;
import org.motepool.store.Requests.Request;

/**
 * Decides whether a request is what the owner of an address wants, now and here: a pure function of the request, the books
 * and the time. Only addresses that have work in the books may decide, since each decision stays in the journal for ever
 * and addresses cost nothing. Immutable.
 */
public final class RequestJudge {
    private static final long MILLIS = 1_000;
    private static final long LIFE_SECONDS_MAX = SignedText.LIFE_MAX.toSeconds();

    private final String ledger;
    private final Network network;

    /** @param journal its id */
    public RequestJudge(Bytes journal, Network network) {
        this.ledger = ledger(journal);
        this.network = network;
    }

    /** The name of a pool in texts that are signed. */
    public static String ledger(Bytes journal) {
        return journal.toHex().substring(0, SignedText.LEDGER_CHARACTERS);
    }

    /** @param now milliseconds since 1970 */
    public Judgement judge(Request request, Books books, long now) {
        try {
            SignedText text = SignedText.parse(request.text());
            requireHere(text);
            PayoutAddress address = address(request, text);
            int account = account(request, books);
            refuse(SignedMessage.refusal(address, request.text(), request.signature()));
            Bytes id = id(request.text());
            if (books.preferences().knows(account, id)) {
                return new Known();
            }
            requireInTime(text, now);
            requireFollows(text, account, books.preferences(), now);
            return new Accepted(new PreferenceDecided(
                    id,
                    account,
                    text.field(),
                    text.value(),
                    text.nonce(),
                    text.untilSeconds(),
                    request.signature(),
                    text.field().isAboutMoney()
                            ? now + SignedText.delay(network).toMillis()
                            : now,
                    now));
        } catch (PreferenceException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** By what a text is known in the journal. */
    static Bytes id(String text) {
        return Sha256.once(Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII)))
                .slice(0, JournalRecord.REQUEST_BYTES);
    }

    private void requireHere(SignedText text) throws PreferenceException {
        if (!text.ledger().equals(ledger)) {
            throw new PreferenceException("this text is for the pool " + text.ledger() + ", here is " + ledger
                    + ": let this pool write the text");
        }
        if (text.network() != network) {
            throw new PreferenceException("this text is for the network "
                    + text.network().id() + ", here is " + network.id() + ": let this pool write the text");
        }
    }

    private PayoutAddress address(Request request, SignedText text) throws PreferenceException {
        try {
            PayoutAddress address = PayoutAddress.parse(text.address(), network);
            if (!address.canonical().equals(text.address()) || !text.address().equals(request.address())) {
                throw new PreferenceException("this text is for the address " + text.address() + ", sent for "
                        + request.address() + ": let the page of that address write the text");
            }
            return address;
        } catch (AddressException e) {
            throw new PreferenceException("the text's address is none here: " + e.getMessage());
        }
    }

    private static int account(Request request, Books books) throws PreferenceException {
        AccountId id = AccountId.ofCanonicalAddress(request.address());
        OptionalInt account = books.accounts().indexOf(id);
        if (!id.equals(request.account()) || account.isEmpty()) {
            throw new PreferenceException(
                    "no work of this address is in the books yet: let a device mine for it, and try"
                            + " again some minutes after its first share");
        }
        return account.getAsInt();
    }

    private static void requireInTime(SignedText text, long now) throws PreferenceException {
        long seconds = Math.floorDiv(now, MILLIS);
        if (text.untilSeconds() <= seconds) {
            throw new PreferenceException("this text was good until " + Instant.ofEpochSecond(text.untilSeconds())
                    + ": let the pool write it anew");
        }
        if (text.untilSeconds() - seconds > LIFE_SECONDS_MAX) {
            throw new PreferenceException(
                    "a text is good for " + SignedText.LIFE_MAX.toDays() + " days at most: let the pool write it anew");
        }
    }

    private static void requireFollows(SignedText text, int account, PreferenceBook book, long now)
            throws PreferenceException {
        long last = book.lastNonce(account);
        if (text.nonce() <= last) {
            throw new PreferenceException("this address has decided by a later text (its nonce is " + last
                    + "): let the pool write this one anew");
        }
        // Who skipped to the last nonce could never decide anything again.
        long most = Math.max(last + 1, Math.floorDiv(now, MILLIS) + LIFE_SECONDS_MAX);
        if (text.nonce() > most) {
            throw new PreferenceException("the text's nonce is beyond " + most + ": let the pool write it anew");
        }
        if (book.decisionsOfDay(account, now) >= PreferenceBook.OF_DAY_MAX) {
            throw new PreferenceException(
                    "an address decides " + PreferenceBook.OF_DAY_MAX + " times a day at most: try again tomorrow");
        }
        if (book.isFullFor(account)) {
            throw new PreferenceException("the pool keeps the preferences of " + PreferenceBook.ACCOUNTS_MAX
                    + " addresses, and has as many: tell its operator");
        }
        if (text.field() == PreferenceField.CANCEL
                && book.waiting(account, PreferenceValue.cancelled(text.value()), now)
                        .isEmpty()) {
            throw new PreferenceException("no change of " + text.value() + " waits: what holds can be decided anew");
        }
    }

    private static void refuse(Optional<String> reason) throws PreferenceException {
        if (reason.isPresent()) {
            throw new PreferenceException(reason.get());
        }
    }
}
