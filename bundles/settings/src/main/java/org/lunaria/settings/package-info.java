/** Checked reading of one configuration. Not a bundle of its own: the build copies the package into its users. */
package org.lunaria.settings;
