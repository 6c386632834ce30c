package org.motepool.stratum.found;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.chain.Chain;

class BlockOutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "inconclusive, STALE",
        "duplicate, STALE",
        "duplicate-inconclusive, STALE",
        "rejected: duplicate, STALE",
        "stale-prevblk, STALE",
        "stale-work, STALE",
        "duplicate-invalid, REFUSED",
        "rejected: bad-prevblk, REFUSED",
        "prev-blk-not-found, REFUSED",
        "rejected: high-hash, REFUSED",
        "bad-fork-prior-to-checkpoint, REFUSED",
        "rejected: time-too-new, REFUSED"
    })
    void readsTheWordsOfNodes(String word, BlockOutcome outcome) {
        for (String node : List.of("devnet", "127.0.0.1:8332", "stale.example:8332")) {
            assertThat(BlockOutcome.of(new Chain.SubmitOutcome(false, List.of(node + ": " + word))))
                    .isEqualTo(outcome);
        }
    }

    @Test
    void needsOneNodeThatAccepts() {
        List<String> answers = List.of("a:1: rejected: high-hash", "b:2: inconclusive", "c:3: accepted");
        assertThat(BlockOutcome.of(new Chain.SubmitOutcome(true, answers))).isEqualTo(BlockOutcome.ACCEPTED);
        assertThat(BlockOutcome.of(new Chain.SubmitOutcome(false, answers.subList(0, 2))))
                .isEqualTo(BlockOutcome.STALE);
        assertThat(BlockOutcome.of(new Chain.SubmitOutcome(false, List.of()))).isEqualTo(BlockOutcome.REFUSED);
    }
}
