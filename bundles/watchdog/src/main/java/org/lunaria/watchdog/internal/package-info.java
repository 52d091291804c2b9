/** Tells the service manager, by the protocol of sd_notify(3), that the appliance serves, and for how long it goes on to. */
package org.lunaria.watchdog.internal;
