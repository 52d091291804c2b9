package org.lunaria.admin.internal;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.history.cfg. */
@ObjectClassDefinition(name = "History", description = "What is kept of the configuration's past")
@Effect(Moment.AT_ONCE)
@interface HistoryConfig {

    @AttributeDefinition(name = "Versions", description = "How many versions of the configuration are kept, 1 to 1000")
    @Range(least = 1, most = 1000)
    int versions() default 50;
}
