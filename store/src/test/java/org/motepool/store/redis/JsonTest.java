package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motepool.core.money.Money;
import org.motepool.store.StoreException;

/** What other versions wrote. */
class JsonTest {
    private static final Map<String, String> ABSENT = Map.of("left", "0");

    private record Sums(Money amount, Money left) {}

    private static Sums read(String json) throws StoreException {
        return Json.read("a-key", json.getBytes(StandardCharsets.UTF_8), Sums.class, ABSENT);
    }

    @Test
    void aFieldThatAnOlderVersionDidNotWriteHasItsValueAndOneThatIsThereKeepsIts() throws StoreException {
        assertThat(read("{\"amount\":\"7\"}")).isEqualTo(new Sums(Money.ofSatoshis(7), Money.ZERO));
        assertThat(read("{\"amount\":\"7\",\"left\":\"2\",\"newer\":1}"))
                .isEqualTo(new Sums(Money.ofSatoshis(7), Money.ofSatoshis(2)));
    }

    @Test
    void otherFieldsMustBeThere() {
        for (String wrong : new String[] {"{\"left\":\"2\"}", "{", "", "null", "[]", "{\"amount\":\"x\"}"}) {
            assertThatThrownBy(() -> read(wrong))
                    .as(wrong)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("a-key");
        }
    }
}
