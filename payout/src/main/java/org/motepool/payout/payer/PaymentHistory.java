package org.motepool.payout.payer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.lightning.Invoice;
import org.motepool.payout.proof.LedgerProof;

/** Payments as a journal tells of them, read from its files; an accountant may be at work in it. Immutable. */
public final class PaymentHistory {
    private final List<Payment> newestFirst;

    private PaymentHistory(List<Payment> newestFirst) {
        this.newestFirst = List.copyOf(newestFirst);
    }

    /** A payment with every step. */
    public record Payment(PayoutPlanned planned, List<PayoutMoved> moves, List<String> addresses) {
        public Payment {
            moves = List.copyOf(moves);
            addresses = List.copyOf(addresses);
        }

        public PayoutState state() {
            return moves.isEmpty() ? PayoutState.PLANNED : moves.getLast().to();
        }

        public Money sum() {
            return planned.lines().stream().map(line -> line.sent()).reduce(Money.ZERO, Money::plus);
        }

        /** What its payees leave to the pool. */
        public Money donated() {
            return planned.lines().stream().map(line -> line.donated()).reduce(Money.ZERO, Money::plus);
        }

        /** What the last step that knew it says the network gets. */
        public Money networkFee() {
            return charged().map(PayoutMoved::networkFee).orElse(Money.ZERO);
        }

        /** Of each line what goes to the network, by the last step that knew; none before. */
        public List<Money> charges() {
            return charged().map(PayoutMoved::charges).orElse(List.of());
        }

        private Optional<PayoutMoved> charged() {
            return moves.reversed().stream()
                    .filter(move -> !move.charges().isEmpty())
                    .findFirst();
        }

        /** Of one on the chain: what a step says of its transaction. */
        public Optional<ChainPayment> transaction(PayoutMoved move) {
            boolean says = move.to() == PayoutState.FUNDED
                    || move.to() == PayoutState.SIGNED
                    || move.to() == PayoutState.STORED;
            if (planned.rail() != PayoutRail.ONCHAIN || !says) {
                return Optional.empty();
            }
            try {
                return Optional.of(ChainPayment.parse(move.detail()));
            } catch (MalformedBytesException e) {
                return Optional.empty();
            }
        }

        /** By what others know it: id of the transaction that is final or was last stored, or payment hash; empty before. */
        public String reference() {
            Optional<PayoutMoved> stored = moves.reversed().stream()
                    .filter(move -> move.to() == PayoutState.STORED)
                    .findFirst();
            if (stored.isEmpty()) {
                return "";
            }
            if (planned.rail() == PayoutRail.LIGHTNING) {
                return invoice(stored.get())
                        .map(each -> each.paymentHash().toHex())
                        .orElse("");
            }
            Bytes last = moves.getLast().detail();
            return state() == PayoutState.CONFIRMED && last.size() >= Hash256.BYTES
                    ? Hash256.ofInternal(last.slice(0, Hash256.BYTES)).toDisplayHex()
                    : transaction(stored.get())
                            .map(each -> each.id().toDisplayHex())
                            .orElse("");
        }

        private static Optional<Invoice> invoice(PayoutMoved stored) {
            try {
                return Optional.of(Invoice.parse(stored.detail()));
            } catch (MalformedBytesException e) {
                return Optional.empty();
            }
        }
    }

    /** @param max newest payments that are kept */
    public static PaymentHistory read(Path journalDirectory, int max) throws JournalException {
        TreeMap<Long, PayoutPlanned> planned = new TreeMap<>();
        Map<Long, List<PayoutMoved>> moves = new TreeMap<>();
        Books books = new Books(PayoutSettings.WINDOW_BLOCKS);
        var _ = LedgerProof.of(journalDirectory, books, Long.MAX_VALUE, (at, record) -> {
            if (record instanceof PayoutPlanned each) {
                planned.put(each.number(), each);
                if (planned.size() > max) {
                    moves.remove(planned.pollFirstEntry().getKey());
                }
            } else if (record instanceof PayoutMoved each && planned.containsKey(each.number())) {
                moves.computeIfAbsent(each.number(), number -> new ArrayList<>())
                        .add(each);
            }
        });
        Accounts accounts = books.accounts();
        return new PaymentHistory(planned.descendingMap().values().stream()
                .map(each -> new Payment(
                        each,
                        moves.getOrDefault(each.number(), List.of()),
                        each.lines().stream()
                                .map(line -> accounts.address(line.account()))
                                .toList()))
                .toList());
    }

    public List<Payment> newestFirst() {
        return newestFirst;
    }

    public Optional<Payment> find(long number) {
        return newestFirst.stream()
                .filter(payment -> payment.planned().number() == number)
                .findFirst();
    }
}
