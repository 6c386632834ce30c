package org.motepool.payout.preference;

import java.util.Optional;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.preference.SignedText;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.signature.SignedMessage;

/** Checks a journaled decision again: nobody but the owner of the address, the pool's operator included, can make one. Stateless. */
public final class SignedDecision {
    private SignedDecision() {}

    /**
     * @param journal its id
     * @param address of the account, canonical
     * @return empty, or what is wrong
     */
    public static Optional<String> trouble(Bytes journal, Network network, String address, PreferenceDecided decided) {
        try {
            String text = new SignedText(
                            RequestJudge.ledger(journal),
                            network,
                            address,
                            decided.field(),
                            decided.value(),
                            decided.nonce(),
                            decided.untilSeconds())
                    .text();
            if (!RequestJudge.id(text).equals(decided.request())) {
                return Optional.of("its id is not that of the text: " + text);
            }
            return SignedMessage.refusal(PayoutAddress.parse(address, network), text, decided.signature())
                    .map(why -> why + ": " + text);
        } catch (AddressException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
