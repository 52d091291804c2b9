package org.lunaria.scsi.internal.command;

/** TEST UNIT READY (SPC-4 6.47): the pipeline has found the unit ready. */
final class TestUnitReady implements Handler {

    @Override
    public void handle(Execution execution) {
        execution.good();
    }
}
