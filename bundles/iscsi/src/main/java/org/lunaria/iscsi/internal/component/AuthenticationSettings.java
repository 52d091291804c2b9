package org.lunaria.iscsi.internal.component;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.ChapDigest;
import org.lunaria.settings.Settings;

/** Reads what has to be proved in a login: three keys that targets and portals have alike. Stateless. */
final class AuthenticationSettings {
    private AuthenticationSettings() {}

    /**
     * @param method key of the method
     * @param accounts key of the accounts' names
     * @param digests key of CHAP's digests
     * @throws org.lunaria.settings.InvalidSetting when a value cannot be taken
     */
    static Authentication read(Settings settings, String method, String accounts, String digests) {
        Authentication.Method chosen = settings.choice(method, Authentication.Method.class);
        List<String> names = settings.list(accounts);
        if (chosen != Authentication.Method.NONE && names.isEmpty()) {
            throw settings.invalid(
                    accounts,
                    "name the accounts that " + method + " = " + settings.text(method)
                            + " is to go by; account:create makes one");
        }
        return new Authentication(chosen, names, digests(settings, digests));
    }

    private static List<ChapDigest> digests(Settings settings, String key) {
        List<ChapDigest> digests = new ArrayList<>();
        for (String text : settings.list(key)) {
            ChapDigest digest = ChapDigest.named(text)
                    .orElseThrow(() -> settings.invalid(key, "give some of " + all() + ", separated by commas"));
            if (!digest.isThere()) {
                throw settings.invalid(key, "this Java virtual machine has no " + digest + "; leave it out");
            }
            digests.add(digest);
        }
        if (digests.isEmpty()) {
            throw settings.invalid(key, "give some of " + all() + ", separated by commas");
        }
        return digests;
    }

    private static String all() {
        return Stream.of(ChapDigest.values()).map(ChapDigest::toString).collect(Collectors.joining(", "));
    }
}
