package org.motepool.pool.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.statement.CreditLeaf;
import org.motepool.core.statement.PlanHead;
import org.motepool.core.statement.PlanTree;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes an account's statement again from the file alone; exit code 5 when it does not hold. */
@Command(
        name = "verify-statement",
        mixinStandardHelpOptions = true,
        description = "Computes every credit of a saved statement again and follows its proofs, without the pool.")
public final class VerifyStatementCommand implements Callable<Integer> {
    private static final String FORMAT = "motepool-statement-1";
    private static final long FILE_BYTES_MAX = 64 << 20;

    @Parameters(paramLabel = "FILE", description = "As saved from /api/v1/accounts/ADDRESS/statement.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        JsonNode statement = read();
        PrintWriter out = spec.commandLine().getOut();
        AccountId account =
                AccountId.ofCanonicalAddress(statement.path("address").asText());
        List<String> wrong = new ArrayList<>();
        if (!account.toString().equals(statement.path("account").asText())) {
            wrong.add("the account is not that of the address");
        }
        int proven = 0;
        int told = 0;
        Money sum = Money.ZERO;
        for (JsonNode line : statement.path("credits")) {
            String about =
                    line.path("kind").asText() + " " + line.path("subject").asText();
            try {
                if (line.path("kind").asText().equals("COINBASE")) {
                    told++;
                    continue;
                }
                sum = sum.plus(credit(account, line));
                proven++;
            } catch (IllegalArgumentException | ArithmeticException e) {
                wrong.add(about + ": " + e.getMessage());
            }
        }
        boolean share = statement.path("share").isObject();
        if (share) {
            try {
                out.println("  share       " + share(account, statement.path("share")));
            } catch (IllegalArgumentException | MalformedBytesException e) {
                wrong.add("the share: " + e.getMessage());
            }
        }
        out.println(
                "  account     " + account + " of " + statement.path("address").asText());
        out.println("  credits     " + proven + " computed again and found under their plans' roots, " + sum
                + " satoshis that stand"
                + (told > 0 ? "; " + told + " paid by coinbases, for the chain to prove" : ""));
        if (!share) {
            out.println("  share       none in this statement");
        }
        wrong.forEach(line -> out.println("  WRONG       " + line));
        out.println(wrong.isEmpty() ? "  it holds" : "  it does not hold");
        out.flush();
        return wrong.isEmpty() ? 0 : Failure.BAD_RECORD;
    }

    private JsonNode read() throws Failure {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Failure(Failure.FAILED, file + " is larger than any statement");
            }
            JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file));
            if (!json.path("format").asText().equals(FORMAT)) {
                throw new Failure(
                        Failure.FAILED,
                        file + " is no statement that this version can read: its format is not " + FORMAT);
            }
            return json;
        } catch (JacksonException e) {
            throw new Failure(Failure.FAILED, file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, file + " cannot be read: " + e, e);
        }
    }

    /** What counts of a credit: nothing when its block was orphaned. */
    private static Money credit(AccountId account, JsonNode line) {
        Bytes subject = switch (line.path("kind").asText()) {
            case "BLOCK" -> Hash256.ofDisplayHex(line.path("subject").asText()).internal();
            case "POT" ->
                PlanHead.potSubject(Long.parseLong(line.path("subject").asText()));
            default -> throw new IllegalArgumentException("a kind that this version does not know");
        };
        PlanHead head = new PlanHead(
                subject,
                Money.parse(line.path("gross").asText()),
                Money.parse(line.path("fee").asText()),
                line.path("first_slice").asLong(),
                line.path("last_slice").asLong(),
                new BigInteger(line.path("total_weight").asText()),
                line.path("credits").asInt());
        CreditLeaf leaf = new CreditLeaf(
                account,
                new BigInteger(line.path("weight_before").asText()),
                new BigInteger(line.path("weight").asText()),
                Money.parse(line.path("amount").asText()));
        Money computed = leaf.computed(head);
        if (!computed.equals(leaf.amount())) {
            throw new IllegalArgumentException("the amount is " + leaf.amount() + ", the division gives " + computed);
        }
        Bytes root = PlanTree.rootFrom(head, leaf, line.path("index").asInt(), path(line));
        if (!root.toHex().equals(line.path("root").asText())) {
            throw new IllegalArgumentException("its path leads to the root " + root.toHex() + ", not to the plan's");
        }
        return line.path("standing").asText().equals("ORPHANED") ? Money.ZERO : leaf.amount();
    }

    private static String share(AccountId account, JsonNode share) throws MalformedBytesException {
        Bytes record = Bytes.ofHex(share.path("record").asText());
        ByteReader in = new ByteReader(record);
        if (!(LogRecordCodec.read(in) instanceof LogRecord.Share logged)
                || !logged.account().equals(account)) {
            throw new IllegalArgumentException("the record is no share of this account");
        }
        in.end();
        Bytes root = MerkleTree.proofRootFrom(
                MerkleTree.proofLeaf(record),
                share.path("index").asInt(),
                share.path("shares").asInt(),
                path(share));
        if (!root.toHex().equals(share.path("root").asText())) {
            throw new IllegalArgumentException("its path leads to the root " + root.toHex() + ", not to the entry's");
        }
        return "level " + logged.level().value() + ", " + logged.level().workUnits()
                + " work units, under the root of its" + " entry in log "
                + share.path("log").asText();
    }

    private static List<Bytes> path(JsonNode of) {
        List<Bytes> path = new ArrayList<>();
        of.path("path").forEach(hash -> path.add(Bytes.ofHex(hash.asText())));
        return path;
    }
}
