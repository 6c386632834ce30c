package org.motepool.payout.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.time.FakeClock;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.payer.PayoutTerms.Choice;

/** Payers go by what holds at the moment they ask. */
final class PreferenceTermsTest {
    private static final Duration DELAY = Duration.ofDays(2);

    private final FakeClock clock = new FakeClock(1_700_000_000);
    private final PreferenceTerms terms = new PreferenceTerms(clock);
    private final Books books = new Books(8);
    private int nonce;

    @BeforeEach
    void open() {
        books.apply(new AccountOpened(0, Fixtures.address(0).canonical()));
        books.apply(new AccountOpened(1, Fixtures.address(1).canonical()));
    }

    private void decide(PreferenceField field, String value) {
        long now = clock.epochMillis();
        byte[] request = new byte[16];
        request[0] = (byte) ++nonce;
        books.apply(new PreferenceDecided(
                Bytes.copyOf(request), 1, field, value, nonce, 0, "signature", now + DELAY.toMillis(), now));
    }

    @Test
    void aDecisionIsTakenUpWhenItsTimeHasCome() {
        decide(PreferenceField.THRESHOLD, "50000 sat");
        decide(PreferenceField.LIGHTNING, "me@example.com");
        decide(PreferenceField.DONATE, "2.5%");
        clock.advance(DELAY.minusMillis(1));
        assertThat(terms.of(books, 1)).isEqualTo(Choice.NONE);
        clock.advance(Duration.ofMillis(1));
        assertThat(terms.of(books, 1))
                .isEqualTo(new Choice(
                        OptionalLong.of(50_000),
                        Optional.of(URI.create("https://example.com/.well-known/lnurlp/me")),
                        250));
        assertThat(terms.of(books, 0)).as("of another account").isEqualTo(Choice.NONE);

        decide(PreferenceField.THRESHOLD, "default");
        decide(PreferenceField.LIGHTNING, "off");
        decide(PreferenceField.DONATE, "0%");
        clock.advance(DELAY);
        assertThat(terms.of(books, 1)).isEqualTo(Choice.NONE);
    }

    @Test
    void aDestinationThatIsNoneAnyMoreIsPaidOnTheChain() {
        decide(PreferenceField.LIGHTNING, "me@localhost");
        clock.advance(DELAY);
        assertThat(terms.of(books, 1)).isEqualTo(Choice.NONE);
    }
}
