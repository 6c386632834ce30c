package org.motepool.dashboards.view;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.store.Balances;
import org.motepool.store.Payments;
import org.motepool.store.Statements;

/**
 * What one account was credited, with proofs, at one moment.
 *
 * @param network id of the chain
 * @param address canonical
 * @param lines newest first
 * @param share that it can show
 * @param payments the account's parts of them, newest first
 * @param readAt milliseconds since 1970
 */
public record StatementView(
        String network,
        String address,
        AccountId account,
        Balances.Balance balance,
        List<Statements.Line> lines,
        Optional<Statements.ShareProof> share,
        List<Payments.Part> payments,
        long readAt) {
    public StatementView {
        lines = List.copyOf(lines);
        payments = List.copyOf(payments);
    }
}
