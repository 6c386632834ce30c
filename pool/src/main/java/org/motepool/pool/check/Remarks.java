package org.motepool.pool.check;

import java.util.ArrayList;
import java.util.List;
import org.motepool.pool.config.Finding;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;

/** Gathers what the checks see, each with the place of the setting that it is about. Used by one thread. */
final class Remarks {
    private final Settings settings;
    private final List<Remark> all = new ArrayList<>();

    Remarks(Settings settings) {
        this.settings = settings;
    }

    void error(Key key, String what, String mend) {
        add(Weight.ERROR, key, what, mend);
    }

    void warning(Key key, String what, String mend) {
        add(Weight.WARNING, key, what, mend);
    }

    void note(Key key, String what) {
        add(Weight.NOTE, key, what, "");
    }

    void add(Weight weight, Key key, String what, String mend) {
        Settings.Value value = settings.get(key);
        String where = value.texts().isEmpty() ? key.path() : value.where();
        all.add(new Remark(weight, new Finding(where, what, mend)));
    }

    List<Remark> all() {
        return List.copyOf(all);
    }
}
