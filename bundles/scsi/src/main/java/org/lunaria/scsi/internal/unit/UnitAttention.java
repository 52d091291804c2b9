package org.lunaria.scsi.internal.unit;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.ModePages;
import org.lunaria.scsi.internal.page.Sense;

/** The unit attention conditions that are established here, the most important first (SAM-5 5.14, SPC-4 table 59). */
enum UnitAttention {
    POWER_ON(SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED),
    LOGICAL_UNIT_RESET(SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED),
    NEXUS_LOSS(SenseCode.I_T_NEXUS_LOSS_OCCURRED),
    MEDIUM_CHANGE(SenseCode.MEDIUM_MAY_HAVE_CHANGED),
    RESERVATIONS_PREEMPTED(SenseCode.RESERVATIONS_PREEMPTED),
    REGISTRATIONS_PREEMPTED(SenseCode.REGISTRATIONS_PREEMPTED),
    RESERVATIONS_RELEASED(SenseCode.RESERVATIONS_RELEASED),
    COMMANDS_CLEARED(SenseCode.COMMANDS_CLEARED_BY_ANOTHER_INITIATOR),
    ACCESS_STATE_CHANGE(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED),
    CAPACITY_CHANGE(SenseCode.CAPACITY_DATA_HAS_CHANGED),
    LOG_PARAMETERS_CHANGE(SenseCode.LOG_PARAMETERS_CHANGED),
    MODE_PARAMETERS_CHANGE(SenseCode.MODE_PARAMETERS_CHANGED),
    TIMESTAMP_CHANGE(SenseCode.TIMESTAMP_CHANGED),
    DEVICE_IDENTIFIER_CHANGE(SenseCode.DEVICE_IDENTIFIER_CHANGED),
    INQUIRY_DATA_CHANGE(SenseCode.INQUIRY_DATA_HAS_CHANGED),
    LUNS_CHANGE(SenseCode.REPORTED_LUNS_DATA_HAS_CHANGED),
    AVAILABLE_THRESHOLD(SenseCode.THIN_PROVISIONING_SOFT_THRESHOLD_REACHED, ModePages.AVAILABLE_THRESHOLD),
    USED_THRESHOLD(SenseCode.THIN_PROVISIONING_SOFT_THRESHOLD_REACHED, ModePages.USED_THRESHOLD);

    private final SenseCode code;
    private final Sense sense;

    UnitAttention(SenseCode code) {
        this.code = code;
        this.sense = Sense.of(code);
    }

    /** @param information the INFORMATION field: where the threshold's descriptor is in its mode page (SBC-4 4.7.3.7.6) */
    UnitAttention(SenseCode code, int information) {
        this.code = code;
        this.sense = Sense.withInformation(code, information);
    }

    Sense sense() {
        return sense;
    }

    SenseCode code() {
        return code;
    }
}
