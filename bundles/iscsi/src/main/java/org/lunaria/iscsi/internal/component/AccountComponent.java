package org.lunaria.iscsi.internal.component;

import java.util.Map;
import org.lunaria.iscsi.internal.node.Account;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Verdicts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured account. Logins go by it as it is at the time; sessions that are there go on when it changes or goes. A
 * change that cannot be taken is refused in the log, and what was there goes on.
 */
@Component(
        name = AccountSettings.FACTORY_PID,
        configurationPid = AccountSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = AccountConfig.class, factory = true)
public final class AccountComponent {
    private static final Logger LOG = LoggerFactory.getLogger(AccountComponent.class);

    private final AccountDirectory accounts;
    private final Verdicts verdicts;
    private final String pid;
    private Account account;

    /** @throws InvalidSetting when the configuration cannot be taken */
    @Activate
    public AccountComponent(Map<String, Object> properties, @Reference TransportComponent transport) {
        accounts = transport.accountDirectory();
        account = AccountSettings.read(properties);
        accounts.put(account);
        verdicts = transport.verdicts();
        pid = Verdicts.pid(properties);
        verdicts.taken(properties);
        LOG.info("{} may be used", account);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            account = AccountSettings.read(properties);
            accounts.put(account);
            verdicts.taken(properties);
            LOG.info("{} changed", account);
        } catch (InvalidSetting e) {
            verdicts.refused(properties, e.getMessage());
            LOG.warn("{} The account goes on as it was.", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        verdicts.forget(pid);
        accounts.remove(account);
        LOG.info("{} ended", account);
    }
}
