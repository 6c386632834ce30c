package org.motepool.payout.preference;

import java.net.URI;
import java.util.Optional;
import org.motepool.core.preference.LightningDestination;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.payer.PayoutTerms;

/** How owners want to be paid, by what holds of their decisions now. What a payment comes to is journaled with it. Immutable. */
public record PreferenceTerms(PoolClock clock) implements PayoutTerms {
    @Override
    public Choice of(Books books, int account) {
        long now = clock.epochMillis();
        return new Choice(
                PreferenceValue.threshold(books.preferences().value(account, PreferenceField.THRESHOLD, now)),
                lightning(books.preferences().value(account, PreferenceField.LIGHTNING, now)),
                PreferenceValue.basisPoints(books.preferences().value(account, PreferenceField.DONATE, now)));
    }

    /** A destination that an earlier version took and this one does not is none: then one is paid on the chain. */
    private static Optional<URI> lightning(String value) {
        if (value.equals(PreferenceValue.OFF)) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(LightningDestination.parse(value).url()));
        } catch (PreferenceException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
