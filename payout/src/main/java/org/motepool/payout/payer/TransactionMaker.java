package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet;
import org.motepool.chain.wallet.Wallet.Coin;
import org.motepool.chain.wallet.Wallet.Funded;
import org.motepool.chain.wallet.Wallet.Payee;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

/**
 * Lets the wallet work out and sign transactions, and believes none of it: what comes back pays these payees these amounts
 * from these coins, or is refused. Stateless but for the wallet.
 */
final class TransactionMaker {
    /** With 1000 payees and so many inputs of the largest kind, a transaction is still one that nodes relay. */
    static final int INPUTS_MAX = 400;
    /** Above that a node takes no replacement of the transaction (BIP 125). */
    private static final int SEQUENCE_REPLACEABLE_MAX = 0xffff_fffd;

    private final Wallet wallet;
    private final Network network;

    TransactionMaker(Wallet wallet, Network network) {
        this.wallet = wallet;
        this.network = network;
    }

    /**
     * A payment that is worked out.
     *
     * @param networkFee in satoshis
     * @param charges of it that each line bears, in order
     */
    record Draft(ChainPayment payment, long networkFee, List<Long> charges) {}

    /** A line with its address. */
    record Line(String address, long satoshis) {}

    /**
     * The largest coins that are enough.
     *
     * @return none when they are not enough, or too many would be needed
     */
    static List<Coin> select(List<Coin> coins, long satoshis) {
        List<Coin> chosen = new ArrayList<>();
        long sum = 0;
        for (Coin coin : coins.stream()
                .sorted((a, b) -> a.satoshis() == b.satoshis()
                        ? a.place().compareTo(b.place())
                        : Long.compare(b.satoshis(), a.satoshis()))
                .limit(INPUTS_MAX)
                .toList()) {
            if (sum >= satoshis) {
                break;
            }
            chosen.add(coin);
            sum = Math.addExact(sum, coin.satoshis());
        }
        return sum >= satoshis ? chosen : List.of();
    }

    /** Works a payment out; nothing is signed. */
    Draft fund(List<Line> lines, List<Coin> coins, FeeRate rate, int height) throws ChainException {
        String changeAddress = wallet.changeAddress();
        List<OutPoint> places = coins.stream().map(Coin::place).toList();
        List<Payee> whole = lines.stream()
                .map(line -> new Payee(line.address, line.satoshis))
                .toList();
        Funded funded = wallet.fund(places, whole, changeAddress, rate);
        ChainPayment payment = new ChainPayment(height, rate, funded.change(), changeAddress, coins, Bytes.EMPTY);
        long charged =
                sum(lines) - funded.payees().stream().mapToLong(Long::longValue).sum();
        // Change that is too small to keep goes to the network as well; nobody is charged for that.
        long left = payment.in() - sum(lines) + charged - funded.change();
        if (charged < 0 || left < charged) {
            throw new ChainException(wallet.name() + " worked out a transaction that does not add up");
        }
        return new Draft(payment, left, FeeShares.of(charged, lines.size()));
    }

    /** The same payment from the same coins at a higher fee, which the payees bear. */
    static Draft raised(Draft old, List<Line> lines, long networkFee, FeeRate rate, int height) {
        long dropped =
                old.networkFee - old.charges.stream().mapToLong(Long::longValue).sum();
        ChainPayment payment = new ChainPayment(
                height, rate, old.payment.change(), old.payment.changeAddress(), old.payment.inputs(), Bytes.EMPTY);
        return new Draft(payment, networkFee, FeeShares.of(networkFee - dropped, lines.size()));
    }

    /** Empty, or why a payment is not worth its fee. */
    Optional<String> unworthy(Draft draft, List<Line> lines, int basisPointsMax) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            long charge = draft.charges.get(i);
            if (charge > Math.multiplyExact(line.satoshis, basisPointsMax) / 10_000) {
                return Optional.of("at " + draft.payment.rate() + " satoshis a vbyte the fee would take " + charge
                        + " of the " + line.satoshis + " satoshis for " + line.address
                        + ", more than payout.max-fee-basis-points allows");
            }
            if (line.satoshis - charge < dust(line.address)) {
                return Optional.of("after the fee " + (line.satoshis - charge) + " satoshis for " + line.address
                        + " would be too small an output");
            }
        }
        return Optional.empty();
    }

    private long dust(String address) {
        try {
            return OutputCost.dust(PayoutAddress.parse(address, network).type(), network);
        } catch (AddressException e) {
            throw new IllegalStateException("a payment to " + address + " was planned: " + e.getMessage(), e);
        }
    }

    /** Lets the wallet sign. */
    ChainPayment sign(Draft draft, List<Line> lines) throws ChainException {
        ChainPayment payment = draft.payment;
        List<Payee> outputs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            outputs.add(new Payee(lines.get(i).address, lines.get(i).satoshis - draft.charges.get(i)));
        }
        if (payment.change() > 0) {
            outputs.add(new Payee(payment.changeAddress(), payment.change()));
        }
        long out = outputs.stream().mapToLong(Payee::satoshis).reduce(0, Math::addExact);
        if (payment.in() - out != draft.networkFee) {
            throw new IllegalStateException(
                    "a payment of " + out + " from " + payment.in() + " does not leave the fee " + draft.networkFee);
        }
        Bytes whole = wallet.sign(payment.places(), outputs);
        check(whole, payment, outputs);
        return payment.signed(whole);
    }

    private void check(Bytes whole, ChainPayment payment, List<Payee> outputs) throws ChainException {
        try {
            RawTransaction transaction = RawTransaction.parse(whole);
            List<OutPoint> spent = transaction.inputs().stream()
                    .map(input -> new OutPoint(input.previousId(), input.previousIndex()))
                    .toList();
            boolean replaceable = transaction.inputs().stream()
                    .allMatch(input -> Integer.compareUnsigned(input.sequence(), SEQUENCE_REPLACEABLE_MAX) <= 0);
            List<RawTransaction.Output> wanted = new ArrayList<>();
            for (Payee payee : outputs) {
                wanted.add(new RawTransaction.Output(payee.satoshis(), script(payee.address())));
            }
            if (!spent.equals(payment.places())
                    || !transaction.outputs().equals(wanted)
                    || !replaceable
                    || transaction.hogEx()) {
                throw new ChainException(wallet.name() + " signed another transaction than it was asked to");
            }
        } catch (MalformedBytesException | IllegalArgumentException e) {
            throw new ChainException(wallet.name() + " signed what is no transaction: " + e.getMessage(), e);
        }
    }

    private Bytes script(String address) throws ChainException {
        try {
            return PayoutAddress.parse(address, network).script();
        } catch (AddressException e) {
            throw new ChainException("no output can pay " + address + ": " + e.getMessage(), e);
        }
    }

    private static long sum(List<Line> lines) {
        return lines.stream().mapToLong(Line::satoshis).reduce(0, Math::addExact);
    }
}
