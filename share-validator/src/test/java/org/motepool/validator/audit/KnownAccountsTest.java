package org.motepool.validator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.validator.log.LogFixtures;

class KnownAccountsTest {
    private static ShareFields fields(int index) throws Exception {
        byte[] bytes = LogRecordCodec.toBytes(AuditFixtures.share(1, index)).toArray();
        RecordCursor cursor = new RecordCursor(bytes, 0, bytes.length);
        assertThat(cursor.next()).isTrue();
        ShareFields share = new ShareFields();
        share.read(bytes, cursor);
        return share;
    }

    private static Declarations segment(String name) {
        return new Declarations(Path.of(name));
    }

    @Test
    void anAccountIsKnownFromItsDeclarationOnAndInItsSegmentAlone() throws Exception {
        KnownAccounts known = new KnownAccounts();
        Declarations first = segment("1");
        first.declare(new LogRecord.AccountDeclared(LogFixtures.address(0)), 100);
        assertThat(known.has(first, fields(0), 50)).isFalse();
        assertThat(known.has(first, fields(0), 101)).isTrue();
        assertThat(known.has(first, fields(0), 200)).isTrue();
        assertThat(known.has(first, fields(1), 200)).isFalse();
        assertThat(known.has(segment("2"), fields(0), 300)).isFalse();
    }
}
