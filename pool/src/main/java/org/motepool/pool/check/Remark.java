package org.motepool.pool.check;

import org.motepool.pool.config.Finding;

/**
 * One thing that a check saw.
 *
 * @param finding where, what, and how to mend it; a note may have nothing to mend
 */
public record Remark(Weight weight, Finding finding) {
    @Override
    public String toString() {
        String mend = finding.mend().isEmpty() ? "" : ". " + finding.mend();
        return "%-7s %s: %s%s".formatted(weight, finding.where(), finding.what(), mend);
    }
}
