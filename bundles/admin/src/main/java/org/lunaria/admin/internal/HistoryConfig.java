package org.lunaria.admin.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.history.cfg. */
@ObjectClassDefinition(name = "History", description = "What is kept of the configuration's past")
@interface HistoryConfig {

    @AttributeDefinition(name = "Versions", description = "How many are kept, 1 to 1000")
    int versions() default 50;
}
