/**
 * What configurations make: the components of the transport, of targets and of portals. The one package that sees all
 * others, and the only one that knows OSGi. Configuration threads call it, never an I/O thread.
 */
package org.lunaria.iscsi.internal.component;
