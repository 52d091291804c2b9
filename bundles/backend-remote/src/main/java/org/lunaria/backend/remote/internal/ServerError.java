package org.lunaria.backend.remote.internal;

import org.lunaria.backend.BlockBackend.Fault;

/** "Error values" of the NBD protocol, and the fault that each is to the caller. */
enum ServerError {
    EPERM(1, Fault.READ_ONLY, Fault.READ_ERROR),
    EIO(5, Fault.WRITE_ERROR, Fault.READ_ERROR),
    ENOMEM(12, Fault.BUSY, Fault.BUSY),
    EINVAL(22, Fault.INTERNAL, Fault.INTERNAL),
    ENOSPC(28, Fault.NO_SPACE, Fault.READ_ERROR),
    EOVERFLOW(75, Fault.INTERNAL, Fault.INTERNAL),
    ENOTSUP(95, Fault.UNSUPPORTED, Fault.UNSUPPORTED),
    ESHUTDOWN(108, Fault.OFFLINE, Fault.OFFLINE),
    /** Any other number: servers are known to send their system's. */
    OTHER(-1, Fault.WRITE_ERROR, Fault.READ_ERROR);

    private final int number;
    private final Fault ofChange;
    private final Fault ofRead;

    ServerError(int number, Fault ofChange, Fault ofRead) {
        this.number = number;
        this.ofChange = ofChange;
        this.ofRead = ofRead;
    }

    static ServerError of(int number) {
        for (ServerError error : values()) {
            if (error.number == number) {
                return error;
            }
        }
        return OTHER;
    }

    /** @param change whether it answers a write, zeroes or a flush */
    Fault fault(boolean change) {
        return change ? ofChange : ofRead;
    }
}
