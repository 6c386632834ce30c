package org.motepool.payout.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one division, by the worked numbers of the reward schemes' §2 and §5 and by its four properties. */
final class SplitTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    100       | 1 1 1       | 33 33 34
                    10        | 0 3 3 1     | 0 4 4 2
                    1         | 1 1 1       | 0 0 1
                    0         | 5 7         | 0 0
                    312500000 | 600 300 107 | 186196623 93098312 33205065
                    1411      | 1 1 1 1 1   | 282 282 282 282 283
                    """)
    void sharesTheWorkedNumbers(String amount, String weights, String credits) {
        assertThat(Split.split(new BigInteger(amount), numbers(weights))).isEqualTo(numbers(credits));
    }

    @Test
    void sharesTheWorkOfARoundAsPropDoes() {
        BigInteger reward = new BigInteger("309375000000000000000");
        assertThat(Split.split(reward, numbers("600 300 107")))
                .isEqualTo(numbers("184334657398212512413 92167328699106256206 32873013902681231381"));
    }

    @Test
    void refusesToShareByNothing() {
        assertThatThrownBy(() -> Split.split(BigInteger.TEN, numbers("0 0")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.split(BigInteger.TEN, numbers("3 -1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.split(BigInteger.TEN.negate(), numbers("3 1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesNothingAndStaysWithinOneUnitOfTheExactShare() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<BigInteger> weights = weights(random);
            BigInteger amount = new BigInteger(random.nextInt(200), random);
            List<BigInteger> parts = Split.split(amount, weights);
            BigInteger total = sum(weights);
            assertThat(sum(parts)).as("sum, seed %d", seed).isEqualTo(amount);
            for (int i = 0; i < parts.size(); i++) {
                assertThat(parts.get(i).signum()).as("sign, seed %d", seed).isNotNegative();
                if (weights.get(i).signum() == 0) {
                    assertThat(parts.get(i)).as("no weight, seed %d", seed).isZero();
                }
                BigInteger error = parts.get(i).multiply(total).subtract(amount.multiply(weights.get(i)));
                assertThat(error.abs()).as("distance, seed %d", seed).isLessThan(total);
            }
        }
    }

    @Test
    void splittingAnAccountGainsLessThanOneUnitEach() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<BigInteger> weights = weights(random);
            BigInteger amount = new BigInteger(150, random);
            int which = random.nextInt(weights.size());
            BigInteger whole = Split.split(amount, weights).get(which);
            BigInteger part = new BigInteger(60, random).mod(weights.get(which).add(BigInteger.ONE));
            List<BigInteger> neighbours = new ArrayList<>(weights);
            neighbours.set(which, part);
            neighbours.add(which + 1, weights.get(which).subtract(part));
            List<BigInteger> shared = Split.split(amount, neighbours);
            assertThat(shared.get(which).add(shared.get(which + 1)))
                    .as("neighbours, seed %d", seed)
                    .isEqualTo(whole);
            List<BigInteger> scattered = new ArrayList<>(weights);
            scattered.set(which, part);
            scattered.add(weights.get(which).subtract(part));
            List<BigInteger> apart = Split.split(amount, scattered);
            BigInteger gain = apart.get(which).add(apart.getLast()).subtract(whole);
            assertThat(gain.abs()).as("scattered, seed %d", seed).isLessThan(BigInteger.TWO);
        }
    }

    private static List<BigInteger> weights(Random random) {
        List<BigInteger> weights = new ArrayList<>();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            weights.add(random.nextInt(5) == 0 ? BigInteger.ZERO : new BigInteger(random.nextInt(1, 600), random));
        }
        weights.add(BigInteger.ONE);
        return weights;
    }

    private static BigInteger sum(List<BigInteger> numbers) {
        return numbers.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static List<BigInteger> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(BigInteger::new).toList();
    }
}
