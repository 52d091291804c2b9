package org.lunaria.isns.internal.component;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.isns.cfg. */
@ObjectClassDefinition(name = "iSNS", description = "Registration of targets and portals at iSNS servers")
@Effect(Moment.AT_ONCE)
@interface IsnsConfig {

    @AttributeDefinition(
            name = "Servers",
            description = "HOST, HOST:PORT or [IPV6-ADDRESS]:PORT of each, separated by commas, at most 8; without a"
                    + " port 3205. Empty registers nowhere")
    String servers() default "";

    @AttributeDefinition(
            name = "Entity",
            description = "What this appliance is called at the servers, unique there; empty for the host's name")
    String entity() default "";

    @AttributeDefinition(
            name = "Registration period",
            description = "Seconds after which a server forgets an appliance that it hears nothing of")
    @Range(least = 10, most = 86_400)
    int registrationSeconds() default 300;

    @AttributeDefinition(
            name = "Status inquiries",
            description = "Seconds after which a server asks whether the appliance is alive (ESI); 0 for never")
    @Range(least = 0, most = 86_400)
    int esiSeconds() default 0;

    @AttributeDefinition(
            name = "Port for status inquiries",
            description =
                    "TCP port that the server reaches for them; 0 for any that is free, also with several servers")
    @Range(least = 0, most = 65535)
    int esiPort() default 0;
}
