package org.motepool.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.FakeClock;
import org.motepool.store.Sessions.Claim;
import org.motepool.store.Sessions.Closed;
import org.motepool.store.Sessions.Known;
import org.motepool.store.Sessions.Trait;

/** What the door of closed sessions promises, whatever stands behind it. */
public interface SessionsContract {
    /** Empty at each test's beginning. */
    Sessions sessions();

    /** That it goes by. */
    FakeClock clock();

    private static Trait trait(String worker, String deviceClass, int source) {
        return new Trait(AccountId.ofCanonicalAddress("an address"), worker, deviceClass, Bytes.copyOf(new byte[] {
            10, 0, 0, (byte) source
        }));
    }

    private static String id(int number) {
        return "%016x".formatted(number);
    }

    private static Known known(int level) {
        return new Known(level, 12.5, 1.5e-9);
    }

    private void keep(int id, Trait trait, int level) throws StoreException {
        sessions().keep(List.of(new Closed(id(id), trait, clock().epochMillis(), known(level))));
    }

    private Optional<Known> take(int id, Trait trait) throws StoreException {
        return sessions().take(new Claim(trait, Optional.of(id(id))));
    }

    private Optional<Known> take(Trait trait) throws StoreException {
        return sessions().take(new Claim(trait, Optional.empty()));
    }

    @Test
    default void givesToOneAfterTheOtherAndInTheirOrder() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        keep(2, trait("shelf", "micro", 1), 20);
        Claim desk = new Claim(trait("desk", "micro", 1), Optional.empty());
        Claim shelf = new Claim(trait("shelf", "micro", 1), Optional.of(id(2)));
        assertThat(sessions().take(List.of(desk, shelf, desk)))
                .containsExactly(Optional.of(known(19)), Optional.of(known(20)), Optional.empty());
        assertThat(sessions().take(List.of())).isEmpty();
    }

    @Test
    default void givesASessionByItsIdOnceWhateverElseHasChanged() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        keep(2, trait("desk", "micro", 1), 20);
        assertThat(take(2, trait("shelf", "asic", 9))).contains(known(20));
        assertThat(take(2, trait("shelf", "asic", 9))).isEmpty();
        assertThat(take(trait("desk", "micro", 1))).as("alone now").contains(known(19));
        assertThat(take(1, trait("desk", "micro", 1))).isEmpty();
    }

    @Test
    default void givesNobodyTheSessionOfAnotherAccount() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        Trait other = new Trait(
                AccountId.ofCanonicalAddress("another"),
                "desk",
                "micro",
                trait("desk", "micro", 1).source());
        assertThat(take(1, other)).isEmpty();
        assertThat(take(other)).isEmpty();
        assertThat(take(1, trait("desk", "micro", 1))).isPresent();
    }

    @Test
    default void givesTheOnlySessionOfTheSameWorkerClassAndSource() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        assertThat(take(trait("desk", "micro", 2))).isEmpty();
        assertThat(take(trait("desk", "cpu", 1))).isEmpty();
        assertThat(take(trait("shelf", "micro", 1))).isEmpty();
        assertThat(take(7, trait("desk", "micro", 1))).as("its id is not known").contains(known(19));
        assertThat(take(trait("desk", "micro", 1))).isEmpty();
    }

    @Test
    default void givesNoneOfTwoThatMayBeMeant() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        keep(2, trait("desk", "micro", 1), 20);
        assertThat(take(trait("desk", "micro", 1))).isEmpty();
        assertThat(take(1, trait("desk", "micro", 1)))
                .as("both are still there")
                .contains(known(19));
    }

    @Test
    default void forgetsAfterTenMinutes() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        clock().advance(Duration.ofMinutes(5));
        keep(2, trait("desk", "micro", 1), 20);
        clock().advance(Duration.ofMinutes(5));
        assertThat(take(1, trait("shelf", "micro", 1))).isEmpty();
        assertThat(take(trait("desk", "micro", 1))).as("the other is over").contains(known(20));
        keep(3, trait("desk", "micro", 1), 21);
        clock().advance(Sessions.KEPT);
        assertThat(take(trait("desk", "micro", 1))).isEmpty();
    }

    @Test
    default void replacesASessionOfTheSameId() throws StoreException {
        keep(1, trait("desk", "micro", 1), 19);
        keep(1, trait("shelf", "micro", 1), 20);
        assertThat(take(trait("desk", "micro", 1))).isEmpty();
        assertThat(take(trait("shelf", "micro", 1))).contains(known(20));
    }

    @Test
    default void keepsSoManyOfAnAccountAndTheOldestMakesRoom() throws StoreException {
        List<Closed> many = new ArrayList<>();
        for (int i = 0; i <= Sessions.PER_ACCOUNT_MAX; i++) {
            clock().advance(Duration.ofMillis(1));
            many.add(new Closed(id(i), trait("w" + i, "micro", 1), clock().epochMillis(), known(16)));
        }
        sessions().keep(many);
        assertThat(take(0, trait("x", "micro", 1))).isEmpty();
        assertThat(take(trait("w0", "micro", 1))).isEmpty();
        assertThat(take(1, trait("x", "micro", 1))).isPresent();
        assertThat(take(trait("w" + Sessions.PER_ACCOUNT_MAX, "micro", 1))).isPresent();
    }
}
