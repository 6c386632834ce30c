package org.motepool.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "kitchen|kitchen",
                "  kitchen lamp |kitchen lamp",
                "Küche-Süd|Küche-Süd",
                "a.b_c|a.b_c",
                "<b>&\"'|<b>&\"'",
            })
    void keepsWhatPeopleType(String typed, String kept) {
        assertThat(WorkerName.ofWire(typed)).hasToString(kept);
    }

    @Test
    void dropsWhatCouldForgeALineOrTurnTextAround() {
        assertThat(WorkerName.ofWire("a\nb\r\tc\u0000\u0085")).hasToString("abc");
        assertThat(WorkerName.ofWire("\u202egnp\u202c\u2066x\u2069\u200f")).hasToString("gnpx");
        assertThat(WorkerName.ofWire("a\u200b\ufeff\u00ad\u2028\u2029b")).hasToString("ab");
        assertThat(WorkerName.ofWire("a\ud800b\udc00\ue000\uffff")).hasToString("ab");
    }

    @Test
    void everyKindOfSpaceIsAPlainOne() {
        assertThat(WorkerName.ofWire("a\u00a0b\u3000c\u2003")).hasToString("a b c");
        assertThat(WorkerName.ofWire("\u00a0\u2007\u202f")).isEqualTo(WorkerName.DEFAULT);
    }

    @Test
    void countsCharactersNotCodeUnits() {
        String lamps = "\ud83d\udca1".repeat(70);

        assertThat(WorkerName.ofWire(lamps).value()).isEqualTo("\ud83d\udca1".repeat(WorkerName.CHARACTERS_MAX));
    }

    @Test
    void nothingLeftGivesTheDefault() {
        assertThat(WorkerName.ofWire("")).isEqualTo(WorkerName.DEFAULT);
        assertThat(WorkerName.ofWire(" \n\u202e ")).isEqualTo(WorkerName.DEFAULT);
    }

    @Test
    void anyTextBecomesANameThatItselfIsClean() {
        long seed = 64;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(100); n > 0; n--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x300 : 0x10000));
            }
            WorkerName name = WorkerName.ofWire(text.toString());

            assertThat(new WorkerName(name.value())).as("seed %d", seed).isEqualTo(name);
            assertThat(name.value().codePoints().count()).isBetween(1L, (long) WorkerName.CHARACTERS_MAX);
            assertThat(name.value().codePoints().noneMatch(Character::isISOControl))
                    .isTrue();
        }
    }

    @Test
    void refusesAnUncleanValue() {
        for (String wrong : new String[] {"", " a", "a\n", "x".repeat(65)}) {
            assertThatThrownBy(() -> new WorkerName(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void accountsAreTheStartOfTheAddressHash() {
        assertThat(AccountId.ofCanonicalAddress("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"))
                .hasToString("6cd42dab0217b54fdf5df95b892f055d");
    }
}
