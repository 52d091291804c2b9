/** Events of an appliance. Copied into the bundles that use it. */
package org.lunaria.event;
