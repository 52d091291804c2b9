/** Sockets: the connection to a server, and the port on which a server inquires. Everything ends within a bounded time. */
package org.lunaria.isns.internal.network;
