/** Declarative Services: the registration from its configuration to its end. */
package org.lunaria.isns.internal.component;
