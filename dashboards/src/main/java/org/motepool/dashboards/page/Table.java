package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import org.motepool.dashboards.html.Html;

/** A table that turns into a list of cards on a narrow screen: each cell knows its column's name. One thread. */
final class Table {
    private final String caption;
    private final List<Column> columns;
    private final List<Html> rows = new ArrayList<>();

    Table(String caption, List<Column> columns) {
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /** @param isText stands left; numbers stand right, digit under digit */
    record Column(String name, boolean isText) {
        static Column text(String name) {
            return new Column(name, true);
        }

        static Column number(String name) {
            return new Column(name, false);
        }
    }

    /** Adds a row; its first cell heads it. */
    void row(List<Html> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " columns, but " + cells.size() + " cells");
        }
        List<Html> row = new ArrayList<>();
        row.add(tag("th").attr("scope", "row").attr("role", "rowheader").with(cells.getFirst()));
        for (int i = 1; i < cells.size(); i++) {
            Column column = columns.get(i);
            Html.Element cell = tag("td").attr("role", "cell").attr("data-label", column.name());
            row.add((column.isText() ? cell.cls("t") : cell).with(cells.get(i)));
        }
        rows.add(tag("tr").attr("role", "row").with(row));
    }

    /** The roles are spoken also where the narrow style lays the table out as cards. */
    Html html() {
        List<Html.Element> heads = columns.stream()
                .map(column -> {
                    Html.Element head = tag("th").attr("scope", "col").attr("role", "columnheader");
                    return (column.isText() ? head.cls("t") : head).with(column.name());
                })
                .toList();
        return tag("table")
                .attr("role", "table")
                .with(
                        tag("caption").with(caption),
                        tag("thead").with(tag("tr").attr("role", "row").with(heads)),
                        tag("tbody").with(rows));
    }
}
