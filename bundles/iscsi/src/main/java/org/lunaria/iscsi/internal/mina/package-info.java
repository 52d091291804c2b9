/**
 * The sockets, on Apache MINA: nothing outside of this package sees it. MINA accepts connections, keeps their life cycle
 * and runs the loop of each I/O thread; bytes do not take its filter chain but go straight between the socket and {@code
 * wire}, because that is several times as quick.
 */
package org.lunaria.iscsi.internal.mina;
