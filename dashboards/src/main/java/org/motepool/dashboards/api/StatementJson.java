package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.motepool.dashboards.view.StatementView;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Statements.Line;
import org.motepool.store.Statements.ShareProof;

/** An account's statement, complete enough to be checked with no access to the pool: {@code mote verify-statement}. */
public final class StatementJson {
    private static final String FORMAT = "motepool-statement-1";

    private StatementJson() {}

    public static ObjectNode of(StatementView view) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("network", view.network());
        json.put("address", view.address());
        json.put("account", view.account().toString());
        json.put("at", view.readAt());
        json.set("balance", balance(view.balance()));
        view.lines().forEach(line -> json.withArray("credits").add(line(line)));
        if (view.lines().isEmpty()) {
            json.putArray("credits");
        }
        if (view.share().isPresent()) {
            json.set("share", share(view.share().get()));
        } else {
            json.putNull("share");
        }
        json.set("payouts", PaymentsJson.parts(view.payments()));
        return json;
    }

    private static ObjectNode balance(Balance balance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("immature", balance.immature().toString());
        json.put("available", balance.available().toString());
        json.put("paying", balance.paying().toString());
        json.put("paid", balance.paid().toString());
        return json;
    }

    private static ObjectNode line(Line line) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", line.kind().name());
        json.put("subject", line.subject());
        json.put("height", line.height());
        json.put("standing", line.standing());
        json.put("at", line.at());
        json.put("gross", line.gross().toString());
        json.put("fee", line.fee().toString());
        json.put("amount", line.amount().toString());
        json.put("weight_before", line.weightBefore());
        json.put("weight", line.weight());
        json.put("total_weight", line.totalWeight());
        json.put("first_slice", line.firstSlice());
        json.put("last_slice", line.lastSlice());
        json.put("credits", line.credits());
        json.put("index", line.index());
        json.put("journal", line.journal());
        json.put("root", line.root());
        texts(json, line.path());
        return json;
    }

    private static ObjectNode share(ShareProof share) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("log", share.log());
        json.put("from", share.from());
        json.put("to", share.to());
        json.put("record", share.record());
        json.put("index", share.index());
        json.put("shares", share.shares());
        json.put("root", share.root());
        json.put("at", share.at());
        texts(json, share.path());
        return json;
    }

    private static void texts(ObjectNode json, List<String> path) {
        var array = json.putArray("path");
        path.forEach(array::add);
    }
}
