/** The files of other targets, each read into a document as far as it can be carried over. */
package org.lunaria.exchange.foreign;
