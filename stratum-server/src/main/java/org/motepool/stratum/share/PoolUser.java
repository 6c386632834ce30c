package org.motepool.stratum.share;

import org.motepool.core.account.AccountId;
import org.motepool.core.account.WorkerName;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;

/**
 * Who a connection mines for.
 *
 * @param account of the address, computed once
 */
public record PoolUser(PayoutAddress address, WorkerName worker, AccountId account) {
    /**
     * Reads {@code ADDRESS}, {@code ADDRESS.worker} or {@code ADDRESS_worker}: no address has a dot or an underscore.
     *
     * @throws AddressException saying what is wrong with the address
     */
    public static PoolUser parse(String user, Network network) throws AddressException {
        int separator = 0;
        while (separator < user.length() && user.charAt(separator) != '.' && user.charAt(separator) != '_') {
            separator++;
        }
        PayoutAddress address = PayoutAddress.parse(user.substring(0, separator), network);
        WorkerName worker = WorkerName.ofWire(user.substring(Math.min(separator + 1, user.length())));
        return new PoolUser(address, worker, address.accountId());
    }
}
