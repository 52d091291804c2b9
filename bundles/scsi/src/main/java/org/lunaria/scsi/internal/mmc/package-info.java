/**
 * What a CD/DVD unit says of itself and of its disc (MMC-6): a finalized disc with one session and one data track, whatever
 * bytes are on it. Values only; the commands that ask for them are in {@code internal.command}.
 */
package org.lunaria.scsi.internal.mmc;
