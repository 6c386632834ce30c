package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.motepool.devices.TwinKind.Buffers;

class NotifyBudgetTest {
    private static final String COINBASE2 = "\"042f6d702fff";
    private static final String BRANCHES = "[\"be4c";

    private static String longerCoinbase2(int bytes) {
        return Transcript.JOB.replace(COINBASE2, "\"" + "00".repeat(bytes) + "042f6d702fff");
    }

    private static String moreBranches(int count) {
        return Transcript.JOB.replace(BRANCHES, "[" + ("\"" + "00".repeat(32) + "\",").repeat(count) + "\"be4c");
    }

    @Test
    void aCoinbaseOf255BytesFitsAMicroBoardAndAByteMoreDoesNot() {
        int coinbase2 = (Transcript.JOB.split("\"")[15].length()) / 2;

        assertThat(NotifyBudget.fits(longerCoinbase2(127 - coinbase2), Buffers.MICRO))
                .isTrue();
        assertThat(NotifyBudget.fits(longerCoinbase2(128 - coinbase2), Buffers.MICRO))
                .isFalse();
        assertThat(NotifyBudget.fits(longerCoinbase2(384 - coinbase2), Buffers.LARGE))
                .isTrue();
        assertThat(NotifyBudget.fits(longerCoinbase2(385 - coinbase2), Buffers.LARGE))
                .isFalse();
    }

    @Test
    void thirteenBranchesMustFitASegmentAndSixteenAMicroBoard() {
        assertThat(NotifyBudget.fits(moreBranches(11), Buffers.MICRO)).isTrue();
        assertThat(NotifyBudget.fits(moreBranches(14), Buffers.MICRO)).isTrue();
        assertThat(NotifyBudget.fits(moreBranches(15), Buffers.MICRO)).isFalse();
        assertThat(NotifyBudget.fits(moreBranches(15), Buffers.LARGE)).isTrue();
        assertThat(NotifyBudget.fits(
                        moreBranches(11).replace("\"02000000010000", "\"" + "00".repeat(70) + "02000000010000"),
                        Buffers.MICRO))
                .isFalse();
    }

    @Test
    void whatIsNoJobFitsNothing() {
        assertThat(NotifyBudget.isNotify(Transcript.JOB)).isTrue();
        assertThat(NotifyBudget.isNotify(Transcript.subscribed(1))).isFalse();
        assertThat(NotifyBudget.fits("{\"method\":\"mining.notify\",\"params\":[1]}", Buffers.LARGE))
                .isFalse();
        assertThat(NotifyBudget.fits("{", Buffers.LARGE)).isFalse();
    }
}
