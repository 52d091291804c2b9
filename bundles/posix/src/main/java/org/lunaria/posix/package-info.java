/**
 * Linux's calls on files, and what a store over an open file needs of them. Not a bundle of its own: the build copies the
 * package into its users.
 */
package org.lunaria.posix;
