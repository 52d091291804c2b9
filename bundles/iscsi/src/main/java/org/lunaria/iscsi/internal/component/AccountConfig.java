package org.lunaria.iscsi.internal.component;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of etc/org.lunaria.account-NAME.cfg, which only the appliance's user should be able to read. */
@ObjectClassDefinition(name = "Account", description = "A user and its secret, for CHAP")
@Effect(Moment.NEXT_LOGIN)
@interface AccountConfig {

    @AttributeDefinition(name = "User", description = "The name that goes with the secret (CHAP_N), at most 255 bytes")
    String user();

    @AttributeDefinition(
            name = "Secret",
            description = "12 to 255 bytes, without blanks at its ends",
            type = AttributeType.PASSWORD)
    String secret();

    @AttributeDefinition(
            name = "For",
            description = "incoming: initiators prove themselves with it; outgoing: the target does",
            options = {@Option("incoming"), @Option("outgoing")})
    String for$() default "incoming";
}
