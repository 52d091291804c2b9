package org.lunaria.scsi.internal.command;

/** What a field of a CDB means, in the standards' own words (SPC-4 4.3, SBC-3 5). */
enum FieldName {
    SERVICE_ACTION,
    LOGICAL_BLOCK_ADDRESS,
    /** Blocks to move. */
    TRANSFER_LENGTH,
    /** Blocks that have to be written atomically, where not all of them have to. */
    ATOMIC_BOUNDARY,
    /** Blocks to verify. */
    VERIFICATION_LENGTH,
    /** Blocks to read into the cache. */
    PREFETCH_LENGTH,
    /** Blocks to work on without moving each. */
    NUMBER_OF_LOGICAL_BLOCKS,
    /** Bytes that the initiator has room for. */
    ALLOCATION_LENGTH,
    /** Bytes that the initiator sends. */
    PARAMETER_LIST_LENGTH,
    /** Of a third-party copy, by which its initiator asks for it. */
    LIST_IDENTIFIER,

    /** Disable page out: how to cache. Accepted, and without effect. */
    DPO,
    /** Force unit access. */
    FUA,
    IMMED,
    /** Synchronize non-volatile cache: obsolete, but sent; a flush leaves nothing in any cache. */
    SYNC_NV,
    UNMAP,
    ANCHOR,
    /** No data-out buffer. */
    NDOB,
    /** Byte check. */
    BYTCHK,
    RDPROTECT,
    WRPROTECT,
    VRPROTECT,
    ORPROTECT,
    GROUP_NUMBER,

    /** Primary defect list. */
    REQ_PLIST,
    /** Grown defect list. */
    REQ_GLIST,
    DEFECT_LIST_FORMAT,
    /** Where in the list to begin. */
    ADDRESS_DESCRIPTOR_INDEX,

    /** Descriptor format sense data. */
    DESC,
    /** Enable vital product data. */
    EVPD,
    PAGE_CODE,
    SUBPAGE_CODE,
    /** Page control. */
    PC,
    /** Parameter code reset. */
    PCR,
    /** Disable block descriptors. */
    DBD,
    /** Long LBA accepted. */
    LLBAA,
    /** Page format: that of the standard. */
    PF,
    /** Save pages; of LOG SENSE, save parameters. */
    SP,
    /** The log parameter to begin with. */
    PARAMETER_POINTER,
    /** Of identifying information. */
    INFORMATION_TYPE,
    /** How a report begins. */
    PARAMETER_DATA_FORMAT,
    SELECT_REPORT,
    REPORTING_OPTIONS,
    /** Return command timeouts descriptor. */
    RCTD,
    REPD,
    REQUESTED_OPERATION_CODE,
    REQUESTED_SERVICE_ACTION,

    SCOPE,
    /** Of a persistent reservation. */
    TYPE,
    /** For somebody else: obsolete. */
    THIRD_PARTY,

    START,
    /** Load eject. */
    LOEJ,
    NO_FLUSH,
    POWER_CONDITION,
    POWER_CONDITION_MODIFIER,
    PREVENT,

    /** Addresses as minutes, seconds and frames. */
    TIME,
    FORMAT,
    /** Where FORMAT was before MMC-2, in what are vendor specific bits now; hosts still use it. */
    EARLIER_FORMAT,
    TRACK_SESSION_NUMBER,
    /** Requested type: which features. */
    RT,
    STARTING_FEATURE_NUMBER,
    POLLED,
    NOTIFICATION_CLASS_REQUEST,
    DATA_TYPE,
    /** Tracks that are not closed. */
    OPEN,
    /** What the address is: of a block, a track or a session. */
    ADDRESS_NUMBER_TYPE,
    ADDRESS,
    MEDIA_TYPE,
    LAYER_NUMBER,
    /** Authentication grant identifier. */
    AGID,
    EXPECTED_SECTOR_TYPE,
    /** Digital audio play. */
    DAP,
    STARTING_MSF,
    ENDING_MSF,
    SYNC,
    HEADER_CODES,
    USER_DATA,
    EDC_ECC,
    C2_ERROR_INFORMATION,
    SUB_CHANNEL_SELECTION,

    /** Of READ BUFFER and WRITE BUFFER. */
    MODE,
    /** Which of the buffers of the mode. */
    BUFFER_ID,
    BUFFER_OFFSET,

    SELF_TEST_CODE,
    /** Do the default self-test. */
    SELFTEST,
    /** What others notice of the device is permitted. */
    DEVOFFL,
    /** What others notice of the unit is permitted. */
    UNITOFFL,
    /** Page code valid. */
    PCV,
    /** Of which blocks the status is asked for. */
    REPORT_TYPE,
    /** Allow unrestricted sanitize exit. */
    AUSE,

    /** Format protection information. */
    FMTPINFO,
    /** Which parameter list header. */
    LONGLIST,
    /** Whether there is a parameter list. */
    FMTDATA,
    /** Complete list. */
    CMPLST;

    /** As the standards print it. */
    String text() {
        return name().replace('_', ' ');
    }
}
