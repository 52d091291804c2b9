package org.lunaria.iscsi.internal.login;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.StandardsDocument;

/** The login tables of docs/standards.md are those of the code. */
class StandardsDocumentTest {
    @Test
    void theKeysAreThoseOfTheCode() throws IOException {
        StandardsDocument.check(
                "login keys",
                "| key | RFC 7143 | use | sender | scope | rule | default | offer |\n"
                        + "|---|---|---|---|---|---|---|---|\n"
                        + KeyTable.markdown());
    }

    @Test
    void theStatusesAreThoseOfTheCode() throws IOException {
        StandardsDocument.check(
                "login statuses",
                "| class, detail | status |\n|---|---|\n"
                        + Arrays.stream(LoginStatus.values())
                                .map(status -> "| %02X%02Xh | %s |%n"
                                        .formatted(status.statusClass(), status.statusDetail(), status))
                                .collect(Collectors.joining()));
    }
}
