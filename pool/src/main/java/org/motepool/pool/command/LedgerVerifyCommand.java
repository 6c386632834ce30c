package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.core.money.Money;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalFiles;
import org.motepool.payout.ledger.LedgerAccount;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads every record of the journal, checks hashes and sums; also beside a running pool. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Reads every record, checks the chain of hashes, replays it and makes every sum again.")
final class LedgerVerifyCommand implements Callable<Integer> {
    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @Option(names = "--mirror", paramLabel = "DIR", description = "Also compare with the mirror directory.")
    private @Nullable Path mirror;

    @Option(names = "--json", description = "Print the result as one JSON object; amounts are decimal strings.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        Path journal = options.journal();
        try {
            LedgerProof proof = LedgerProof.of(journal);
            Optional<String> trouble = proof.trouble().or(() -> mirrorTrouble(journal));
            print(proof, trouble);
            return trouble.isEmpty() ? 0 : Failure.BAD_RECORD;
        } catch (JournalException e) {
            failed(String.valueOf(e.getMessage()));
            return Failure.BAD_RECORD;
        }
    }

    /** A mirror may lag behind a running journal; it may not differ. */
    private Optional<String> mirrorTrouble(Path journal) {
        Path twin = mirror;
        if (twin == null) {
            return Optional.empty();
        }
        try {
            for (Path segment : JournalFiles.open(journal).segments()) {
                Path other = twin.resolve(segment.getFileName());
                long differs = Files.exists(other) ? Files.mismatch(segment, other) : 0;
                if (differs >= 0 && (!Files.exists(other) || differs < Files.size(other))) {
                    return Optional.of("the mirror's " + other + " differs from offset " + differs);
                }
            }
            return Optional.empty();
        } catch (JournalException | IOException e) {
            return Optional.of("the mirror cannot be compared: " + e.getMessage());
        }
    }

    private void print(LedgerProof proof, Optional<String> trouble) {
        PrintWriter out = spec.commandLine().getOut();
        Books books = proof.books();
        Money pot = books.ledger().balance(LedgerAccount.Pool.POT);
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("entries", proof.head().sequence());
            result.put("ok", trouble.isEmpty());
            result.put("sum", books.ledger().imbalance().toString());
            result.put("owed", proof.owed().toString());
            result.put("held", proof.held().map(Money::toString).orElse(null));
            result.put("pot", pot.toString());
            result.put("fee", books.ledger().fee().owed().toString());
            result.put("paid", books.ledger().totals().miners().paid().toString());
            result.put("accounts", books.accounts().size());
            result.put("slices", books.slices());
            result.put("shares", books.shares());
            result.put("journal", proof.journal());
            result.put("network", proof.network());
            result.put("hash", proof.head().hash().toHex());
            result.put("books", Snapshots.digest(books));
            result.put("trouble", trouble.orElse(null));
            out.println(result);
        } else {
            out.println("  journal     " + proof.journal() + " of " + proof.network());
            out.println("  entries     " + proof.head().sequence() + ", the last is "
                    + proof.head().hash().toHex());
            out.println("  sum         " + books.ledger().imbalance() + " over all ledger accounts");
            out.println("  owed        " + proof.owed() + " to miners, " + pot + " in the pot");
            out.println("  held        " + proof.held().map(Money::toString).orElse("not yet compared with the chain"));
            out.println("  books       " + Snapshots.digest(books));
            out.println(trouble.map(why -> "  NOT SOUND   " + why).orElse("  sound"));
        }
        out.flush();
    }

    private void failed(String why) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.putNull("entries");
            result.put("ok", false);
            result.putNull("sum");
            result.putNull("owed");
            result.putNull("held");
            result.put("trouble", why);
            out.println(result);
        } else {
            out.println("  NOT SOUND   " + why);
        }
        out.flush();
    }
}
