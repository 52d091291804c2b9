package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Progress;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.selftest.SelfTest;

/**
 * SEND DIAGNOSTIC (SPC-4 6.42): self-tests, or a diagnostic page, of which there is the one that asks which there are. What
 * DEVOFFL and UNITOFFL permit is not made use of.
 */
final class SendDiagnostic implements Handler {
    private static final int PAGE_BYTES = 4;

    private final BitField selfTestCode;
    private final BitField pageFormat;
    private final BitField selfTest;
    private final BitField parameterListLength;

    SendDiagnostic(Cdb cdb) {
        selfTestCode = cdb.place(FieldName.SELF_TEST_CODE);
        pageFormat = cdb.place(FieldName.PF);
        selfTest = cdb.place(FieldName.SELFTEST);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        long code = selfTestCode.get(cdb);
        if (!selfTest.isSet(cdb) && code == 0) {
            page(execution);
            return;
        }
        Optional<SelfTest> asked = selfTest.isSet(cdb) ? Optional.of(SelfTest.DEFAULT) : SelfTest.of(code);
        boolean isKnown = selfTest.isSet(cdb) ? code == 0 : asked.isPresent() || code == SelfTest.ABORT_BACKGROUND;
        if (!isKnown) {
            execution.refuseField(selfTestCode);
        } else if (parameterListLength.isSet(cdb)) {
            execution.refuseField(parameterListLength);
        } else if (asked.isPresent()) {
            test(execution, asked.get());
        } else if (execution.device().selfTests().abortBackground()) {
            execution.good();
        } else {
            // None is under way that it could end.
            execution.refuseField(selfTestCode);
        }
    }

    private static void test(Execution execution, SelfTest test) {
        Device device = execution.device();
        Optional<ByteBuffer> scratch = execution.scratchOrBusy();
        if (scratch.isEmpty()) {
            return;
        }
        SelfTestSteps steps = new SelfTestSteps(device, test, scratch.get());
        if (!device.selfTests().begin(test, steps)) {
            ScratchBuffers.SHARED.give(scratch.get());
            Progress progress = device.selfTests().progress().orElse(new Progress(0));
            execution.refuse(Sense.inProgress(SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS, progress));
        } else if (test.isForeground()) {
            execution.perform(new ForegroundSelfTest(execution, steps));
        } else {
            execution.good();
            new BackgroundSelfTest(steps, execution.access()::later).start();
        }
    }

    private void page(Execution execution) {
        byte[] cdb = execution.cdb();
        long length = parameterListLength.get(cdb);
        long fits = execution.expectDataOut(length);
        if (length == 0) {
            execution.good();
        } else if (!pageFormat.isSet(cdb)) {
            // What comes would be in a format of nobody's.
            execution.refuseField(pageFormat);
        } else if (length != PAGE_BYTES || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, PAGE_BYTES, list -> take(execution, list)));
        }
    }

    /** The Supported Diagnostic Pages page is all zeroes. */
    private static void take(Execution execution, byte[] list) {
        for (int at = 0; at < PAGE_BYTES; at++) {
            if (list[at] != 0) {
                execution.refuse(Sense.invalidField(FieldPointer.parameter(at)));
                return;
            }
        }
        execution.good();
    }
}
