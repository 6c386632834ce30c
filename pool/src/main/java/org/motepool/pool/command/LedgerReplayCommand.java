package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import org.motepool.pool.wiring.BalancesComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays the journal, from its first record and from its snapshots, and compares the balances in Redis. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Replays the journal and compares every balance in Redis, bit for bit. Starts the embedded Redis of"
                        + " the data directory, so the pool must not run.")
final class LedgerReplayCommand implements Callable<Integer> {
    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @Option(names = "--redis", paramLabel = "URL", description = "Compare this Redis instead of the embedded one.")
    private @Nullable String redis;

    @Option(
            names = "--redis-ca",
            paramLabel = "FILE",
            description = "PEM file of the authority that signed its certificate, for rediss://.")
    private @Nullable Path authority;

    @Option(names = "--shards", paramLabel = "N", defaultValue = "1", description = "Shards the store was made with.")
    private int shards = 1;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        Path journal = options.journal();
        try {
            LedgerProof whole = LedgerProof.of(journal);
            String digest = Snapshots.digest(whole.books());
            int snapshots = 0;
            for (Path snapshot : Snapshots.newestFirst(journal)) {
                String other =
                        Snapshots.digest(LedgerProof.from(snapshot, journal).books());
                if (!other.equals(digest)) {
                    throw new JournalException("from snapshot " + snapshot + " the books come to " + other
                            + ", from the first record to " + digest);
                }
                snapshots++;
            }
            BalancesComparison compared = BalancesComparison.of(
                    options.data(),
                    Optional.ofNullable(redis),
                    Optional.ofNullable(authority),
                    shards,
                    whole.network(),
                    sequence -> {
                        Books books = new Books(PayoutSettings.WINDOW_BLOCKS);
                        return LedgerProof.of(journal, books, sequence, (at, record) -> {});
                    });
            print(whole, digest, snapshots, compared);
            return compared.differences().isEmpty() && whole.isSound() ? 0 : Failure.BAD_RECORD;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the snapshots cannot be listed: " + e.getMessage(), e);
        }
    }

    private void print(LedgerProof whole, String digest, int snapshots, BalancesComparison compared) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> differences = compared.differences();
        boolean ok = differences.isEmpty() && whole.isSound();
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("entries", whole.head().sequence());
            result.put("ok", ok);
            result.put("books", digest);
            result.put("snapshots", snapshots);
            result.put("store_at", compared.sequence());
            result.put("accounts", compared.accounts());
            result.put("differences", differences.size());
            result.put("first_difference", differences.isEmpty() ? null : differences.getFirst());
            result.put("trouble", whole.trouble().orElse(null));
            out.println(result);
        } else {
            out.println("  replayed    " + whole.head().sequence() + " records, and from " + snapshots
                    + " snapshots: the same books");
            out.println("  books       " + digest);
            out.println("  Redis       stands at record " + compared.sequence() + ", " + compared.accounts()
                    + " accounts compared");
            differences.stream().limit(10).forEach(line -> out.println("  DIFFERS     " + line));
            whole.trouble().ifPresent(why -> out.println("  NOT SOUND   " + why));
            out.println(ok ? "  the same, bit for bit" : "  " + differences.size() + " differences");
        }
        out.flush();
    }
}
