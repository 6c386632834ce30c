package org.motepool.stratum.session;

import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.AddressException;
import org.motepool.stratum.job.SoloAccounts;
import org.motepool.stratum.share.PoolUser;

/**
 * Whom a connection mines for alone, on a listener for that: one address, since its jobs pay that. Elsewhere it lets
 * everybody by. Owned by the event loop.
 */
final class SoloSeat {
    private final boolean solo;
    private final SoloAccounts accounts;
    private @Nullable AccountId taken;

    SoloSeat(Scheme scheme, SoloAccounts accounts) {
        this.solo = scheme == Scheme.SOLO;
        this.accounts = accounts;
    }

    /** @throws AddressException when this connection cannot mine for it, saying why */
    void take(PoolUser miner) throws AddressException {
        if (!solo) {
            return;
        }
        AccountId before = taken;
        if (before == null) {
            if (!accounts.enter(miner.account())) {
                throw new AddressException("too many addresses mine alone on this node now; try again later");
            }
            taken = miner.account();
        } else if (!before.equals(miner.account())) {
            throw new AddressException("a solo connection mines for one address; connect again for another");
        }
    }

    void leave() {
        if (taken != null) {
            accounts.leave(taken);
            taken = null;
        }
    }
}
