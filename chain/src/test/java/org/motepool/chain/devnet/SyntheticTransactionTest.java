package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;

class SyntheticTransactionTest {
    @Test
    void isTheSameForTheSamePlaceAndNoOther() throws MalformedBytesException {
        Set<Hash256> ids = new HashSet<>();
        Set<Long> fees = new HashSet<>();
        for (int height = 1; height <= 20; height++) {
            for (int index = 0; index < 50; index++) {
                SyntheticTransaction one = SyntheticTransaction.make(5, height, index);
                assertThat(one).isEqualTo(SyntheticTransaction.make(5, height, index));
                RawTransaction parsed = RawTransaction.parse(one.raw());
                assertThat(parsed.weight()).isEqualTo(one.weight()).isBetween(400, 6000);
                assertThat(parsed.witnessId()).isEqualTo(one.witnessId());
                assertThat(one.fee()).isBetween(100L, 70_000L);
                assertThat(SyntheticTransaction.heightOf(one.reference())).isEqualTo(height);
                assertThat(SyntheticTransaction.indexOf(one.reference())).isEqualTo(index);
                ids.add(one.id());
                fees.add(one.fee());
            }
        }
        assertThat(ids).hasSize(1000);
        assertThat(fees).hasSizeGreaterThan(700);
        assertThat(SyntheticTransaction.make(6, 1, 0).id()).isNotIn(ids);
    }

    @Test
    void halvesTheSubsidyUntilNothingIsLeft() {
        assertThat(Subsidy.at(1, 10)).isEqualTo(312_500_000L);
        assertThat(Subsidy.at(9, 10)).isEqualTo(312_500_000L);
        assertThat(Subsidy.at(10, 10)).isEqualTo(156_250_000L);
        assertThat(Subsidy.at(289, 10)).isEqualTo(1);
        assertThat(Subsidy.at(290, 10)).isZero();
        assertThat(Subsidy.at(Integer.MAX_VALUE, 1)).isZero();
    }
}
