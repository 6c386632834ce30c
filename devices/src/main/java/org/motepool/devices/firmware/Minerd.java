package org.motepool.devices.firmware;

import java.time.Duration;

/** minerd of pooler's cpuminer 2.5.1: any reply with an id is the result of a share. */
public final class Minerd extends CpuminerFamily {
    public Minerd(Board board, String userName, String password) {
        super(board, userName, password, "cpuminer/2.5.1", Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    @Override
    protected void response(PoolLine line) {
        if (line.json().hasNonNull("id")) {
            settleOldest(line);
        }
    }
}
