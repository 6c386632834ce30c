package org.motepool.dashboards.format;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.html.Html;

/** Money on pages: exact, to the last of 12 decimals where it is somebody's balance. */
public final class Amounts {
    private Amounts() {}

    /**
     * Satoshis with all 12 decimals. Groups are set apart by style alone, so a copied amount is a plain number.
     *
     * @param decimal what stands before the fraction
     */
    public static Html exact(Money amount, char decimal) {
        String text = amount.toString();
        int dot = text.indexOf('.');
        List<Html> parts = new ArrayList<>(groups(text.substring(0, dot)));
        parts.add(Html.tag("small").with(decimal + text.substring(dot + 1)));
        return Html.tag("data").cls("amount").attr("value", text).with(parts);
    }

    /** Whole satoshis where nothing lies behind the point, all 12 decimals where something does. */
    public static Html brief(Money amount, char decimal) {
        if (amount.fraction() != 0) {
            return exact(amount, decimal);
        }
        String digits = Long.toString(amount.satoshis());
        return Html.tag("data").cls("amount").attr("value", digits).with(groups(digits));
    }

    private static List<Html> groups(String digits) {
        List<Html> parts = new ArrayList<>();
        int first = digits.length() % 3 == 0 ? 3 : digits.length() % 3;
        parts.add(Html.text(digits.substring(0, first)));
        for (int i = first; i < digits.length(); i += 3) {
            parts.add(Html.tag("i").with(digits.substring(i, i + 3)));
        }
        return parts;
    }
}
