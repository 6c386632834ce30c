package org.motepool.dashboards.view;

import java.util.List;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.SignedText;
import org.motepool.store.Preferences.Change;
import org.motepool.store.Preferences.Value;

/**
 * What the owner of one address has decided, at one moment.
 *
 * @param network of the pool
 * @param ledger as texts to sign name the pool's journal; empty before payout has begun it
 * @param lastNonce of the address's texts, 0 for none
 * @param values that hold, of the fields that were ever decided
 * @param waiting changes that do not hold yet
 * @param minimumPayout the pool's own, in satoshis; 0 while unknown
 * @param noticeKey by which webhooks know this pool; empty where it sends no notices
 * @param readAt milliseconds since 1970
 */
public record SettingsView(
        PayoutAddress address,
        Network network,
        Optional<String> ledger,
        long lastNonce,
        List<Value> values,
        List<Change> waiting,
        long minimumPayout,
        Optional<String> noticeKey,
        long readAt) {
    public SettingsView {
        values = List.copyOf(values);
        waiting = List.copyOf(waiting);
    }

    /** Whether there is a form of signature by such an address that payout can check. */
    public boolean canSign() {
        return switch (address.type()) {
            case P2PKH, P2SH, P2WPKH -> true;
            case P2WSH, P2TR -> false;
        };
    }

    /** What was decided last; empty where nothing was, and for what nobody but the owner is told. */
    public Optional<Value> value(PreferenceField field) {
        return values.stream().filter(value -> value.field().equals(field.id())).findFirst();
    }

    /** The change of a field that waits. */
    public Optional<Change> waiting(PreferenceField field) {
        return waiting.stream()
                .filter(change -> change.field().equals(field.id()))
                .findFirst();
    }

    /** How long a change of this field waits, in milliseconds. */
    public long delayMillis(PreferenceField field) {
        return field.isAboutMoney() ? SignedText.delay(network).toMillis() : 0;
    }
}
