package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The work of one scheme in one sealed slice, kept small: windows hold many. Immutable.
 *
 * <p>Accounts are indexes; who is behind one, and in which order a reward is shared, is the caller's to say.
 */
public final class SliceWork {
    private final long number;
    private final List<Column> columns;
    private final BigInteger score;

    private SliceWork(long number, List<Column> columns) {
        this.number = number;
        this.columns = List.copyOf(columns);
        BigInteger sum = BigInteger.ZERO;
        for (Column column : this.columns) {
            sum = sum.add(column.score());
        }
        this.score = sum;
    }

    /**
     * @param number of the slice
     * @param cells may name an account and target more than once
     */
    public static SliceWork of(long number, List<Cell> cells) {
        Map<BigInteger, List<Cell>> byTau = new TreeMap<>();
        cells.forEach(cell ->
                byTau.computeIfAbsent(cell.tau(), tau -> new ArrayList<>()).add(cell));
        List<Column> columns = new ArrayList<>(byTau.size());
        byTau.forEach((tau, alike) -> columns.add(new Column(tau, alike)));
        return new SliceWork(number, columns);
    }

    public long number() {
        return number;
    }

    /** Sum of work units times tau over all accounts: a whole block is worth 2^240. */
    public BigInteger score() {
        return score;
    }

    /** All work in it, by ascending tau. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Column column : columns) {
            for (int i = 0; i < column.accounts.length; i++) {
                cells.add(new Cell(column.tau, column.accounts[i], column.workUnits[i]));
            }
        }
        return cells;
    }

    /** Adds each account's score times {@code factor} to {@code sums}. */
    public void addTo(Map<Integer, BigInteger> sums, BigInteger factor) {
        for (Column column : columns) {
            column.addTo(sums, factor.multiply(column.tau));
        }
    }

    /**
     * @param tau network target + 1
     * @param workUnits of one account under that target, positive
     */
    public record Cell(BigInteger tau, int account, long workUnits) {
        public Cell {
            if (tau.signum() <= 0 || workUnits <= 0 || account < 0) {
                throw new IllegalArgumentException("not work: " + workUnits + " wu of account " + account);
            }
        }
    }

    /** Cells of one target: 12 bytes each. */
    private static final class Column {
        private final BigInteger tau;
        private final int[] accounts;
        private final long[] workUnits;

        private Column(BigInteger tau, List<Cell> cells) {
            this.tau = tau;
            this.accounts = cells.stream().mapToInt(Cell::account).toArray();
            this.workUnits = cells.stream().mapToLong(Cell::workUnits).toArray();
        }

        private BigInteger score() {
            BigInteger sum = BigInteger.ZERO;
            for (long units : workUnits) {
                sum = sum.add(BigInteger.valueOf(units));
            }
            return sum.multiply(tau);
        }

        private void addTo(Map<Integer, BigInteger> sums, BigInteger factor) {
            for (int i = 0; i < accounts.length; i++) {
                sums.merge(accounts[i], BigInteger.valueOf(workUnits[i]).multiply(factor), BigInteger::add);
            }
        }
    }
}
