package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.iscsi.internal.login.LoginScene.DISK;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a login of a session's first connection may say, and that of a later one. */
class LoginKeysTest {
    private static final List<KeyValue> NAMES = List.of(Key.INITIATOR_NAME.with(HOST), Key.TARGET_NAME.with(DISK));

    private final LoginScene scene = LoginScene.withDisk();

    @Test
    void keysOfTheFirstConnectionAreRefusedInLaterOnes() {
        for (Key key : Key.values()) {
            if (key.use() == Key.Use.LEADING && key != Key.SESSION_TYPE) {
                KeyValue pair = key.with(key.initial());
                assertEquals(Optional.empty(), take(true, pair), key::text);
                assertEquals(Optional.of(LoginStatus.INITIATOR_ERROR), take(false, pair), key::text);
            }
        }
    }

    @Test
    void aLaterConnectionNegotiatesItsOwnKeysAndMaySayTheTypeOfItsSession() {
        assertEquals(
                Optional.empty(),
                take(
                        false,
                        Key.SESSION_TYPE.with("Normal"),
                        Key.HEADER_DIGEST.with("CRC32C"),
                        Key.MAX_RECV_DATA_SEGMENT_LENGTH.with("65536")));
    }

    private Optional<LoginStatus> take(boolean leading, KeyValue... pairs) {
        List<KeyValue> text = new ArrayList<>(NAMES);
        text.addAll(Arrays.asList(pairs));
        return new LoginKeys(scene).take(text, Stage.LOGIN_OPERATIONAL_NEGOTIATION, leading, new ArrayList<>());
    }
}
