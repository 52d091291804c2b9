/**
 * What {@code bin/lunaria} runs outside of the appliance, with nothing but the JDK: one command of its shell
 * ({@link org.lunaria.exec.client.Exec}). The appliance's side of the conversation uses {@link org.lunaria.exec.client.Frame}
 * too, so the wire format stands here alone.
 */
package org.lunaria.exec.client;
