/**
 * Third-party copies (SPC-4 5.17) as data: what an initiator asks for, and what became of it. Nothing here moves a byte.
 */
package org.lunaria.scsi.internal.copy;
