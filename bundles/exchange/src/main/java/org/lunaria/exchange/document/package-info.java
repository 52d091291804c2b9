/** The document: its shape, its schema, and how a configuration becomes one and comes of one. */
package org.lunaria.exchange.document;
