package org.motepool.stratum.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;

class SoloAccountsTest {
    private final SoloAccounts accounts = new SoloAccounts();

    private static AccountId account(int number) {
        return AccountId.ofCanonicalAddress("account " + number);
    }

    @Test
    void takesSoManyAccountsAndTheirConnectionsAndNoMore() {
        for (int i = 0; i < SoloAccounts.MAX; i++) {
            assertThat(accounts.enter(account(i))).isTrue();
        }
        assertThat(accounts.enter(account(-1))).isFalse();
        assertThat(accounts.enter(account(0))).as("a second connection").isTrue();
        accounts.leave(account(0));
        assertThat(accounts.enter(account(-1))).as("the first is still there").isFalse();
        accounts.leave(account(0));
        assertThat(accounts.enter(account(-1))).isTrue();
        assertThat(accounts.size()).isEqualTo(SoloAccounts.MAX);
    }
}
