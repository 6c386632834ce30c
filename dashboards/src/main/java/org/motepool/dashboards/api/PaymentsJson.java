package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.motepool.dashboards.format.Times;
import org.motepool.store.Payments.Part;
import org.motepool.store.Payments.Payment;

/** What was paid. Pure functions. */
public final class PaymentsJson {
    private PaymentsJson() {}

    /** {@code /api/v1/payouts}. */
    public static ObjectNode of(List<Payment> payments) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        ArrayNode all = out.putArray("payouts");
        for (Payment payment : payments) {
            ObjectNode each = all.addObject()
                    .put("number", payment.number())
                    .put("rail", word(payment.rail()))
                    .put("state", word(payment.state()));
            reference(each, payment.reference());
            each.put("accounts", payment.accounts())
                    .put("amount", payment.amount().toString())
                    .put("donated", payment.donated().toString())
                    .put("networkFee", payment.networkFee().toString())
                    .put("plannedAt", Times.iso(payment.plannedAt()))
                    .put("movedAt", Times.iso(payment.movedAt()));
        }
        return out;
    }

    /** An account's parts. */
    static ArrayNode parts(List<Part> parts) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            ObjectNode each = all.addObject()
                    .put("payout", part.payment())
                    .put("rail", word(part.rail()))
                    .put("state", word(part.state()));
            reference(each, part.reference());
            each.put("amount", part.amount().toString())
                    .put("donated", part.donated().toString())
                    .put("charge", part.charge().toString())
                    .put("plannedAt", Times.iso(part.plannedAt()))
                    .put("movedAt", Times.iso(part.movedAt()));
        }
        return all;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void reference(ObjectNode out, String reference) {
        if (!reference.isEmpty()) {
            out.put("reference", reference);
        }
    }
}
