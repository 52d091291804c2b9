package org.lunaria.isns.internal.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.isns.cfg. */
@ObjectClassDefinition(name = "iSNS", description = "Registration of targets and portals at iSNS servers")
@interface IsnsConfig {

    @AttributeDefinition(
            name = "Servers",
            description = "HOST or HOST:PORT of each, separated by commas; none to register nowhere")
    String servers() default "";

    @AttributeDefinition(
            name = "Entity",
            description = "What this appliance is called at the servers, unique there; none for the host's name")
    String entity() default "";

    @AttributeDefinition(
            name = "Registration period",
            description = "Seconds after which a server forgets an appliance that it hears nothing of")
    int registrationSeconds() default 300;

    @AttributeDefinition(
            name = "Status inquiries",
            description = "Seconds after which a server asks whether the appliance is alive (ESI); 0 for never")
    int esiSeconds() default 0;

    @AttributeDefinition(
            name = "Port for status inquiries",
            description =
                    "TCP port that the server reaches for them; 0 for any that is free, also with several servers")
    int esiPort() default 0;
}
