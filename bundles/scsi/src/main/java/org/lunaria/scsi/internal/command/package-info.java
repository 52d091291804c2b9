/**
 * The commands: each CDB declared once as fields, one row a command in {@link
 * org.lunaria.scsi.internal.command.CommandTable}, one handler a row. Decoder, check of reserved bits, REPORT SUPPORTED
 * OPERATION CODES, log text, documentation and tests come from the rows.
 *
 * <p>Threads: rows and handlers are immutable and shared. An {@link org.lunaria.scsi.internal.command.Execution} and its
 * {@link org.lunaria.scsi.internal.command.Procedure} are confined to the task's executor.
 *
 * <p>To add a command: its fields in {@link org.lunaria.scsi.internal.command.FieldName} where they are new, its row, its
 * handler, a test.
 */
package org.lunaria.scsi.internal.command;
