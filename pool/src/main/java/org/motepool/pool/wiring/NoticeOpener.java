package org.motepool.pool.wiring;

import java.io.IOException;
import java.util.Optional;
import org.motepool.payout.notice.NoticeDesk;
import org.motepool.payout.notice.NoticeKey;
import org.motepool.payout.notice.NoticePost;
import org.motepool.payout.outside.OutsideServers;
import org.motepool.payout.outside.PublicHosts;
import org.motepool.pool.Failure;

/** Makes who tells owners what happens, where the operator wants that. */
final class NoticeOpener {
    private static final String KEY_FILE = "notice.key";

    private NoticeOpener() {}

    /** To be opened before the accountant, who is closed first. */
    static Optional<NoticeDesk> open(Ground ground) throws Failure {
        if (!ground.config().notices().on()) {
            return Optional.empty();
        }
        try {
            NoticeKey key = NoticeKey.inFile(ground.config().data().resolve(KEY_FILE));
            OutsideServers servers = new OutsideServers(new PublicHosts(), ground.clock());
            return Optional.of(ground.add(
                    "notices",
                    NoticeDesk.start(
                            ground.store(),
                            new NoticePost(servers, key, ground.clock()),
                            key,
                            ground.config().notices().silentAfter(),
                            ground.clock(),
                            ground.registry())));
        } catch (IOException e) {
            throw new Failure(Failure.WRONG_SETTINGS, String.valueOf(e.getMessage()), e);
        }
    }
}
