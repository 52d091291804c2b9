package org.lunaria.scsi.internal.reservation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The service actions of PERSISTENT RESERVE IN and their parameter data (SPC-4 6.15); the ordinal is the code. */
public enum ReserveIn {
    READ_KEYS {
        @Override
        public byte[] data(ReservationState state) {
            int length = Long.BYTES * state.registrations().size();
            ByteBuffer data = header(state, length);
            state.registrations().forEach(registration -> data.putLong(registration.key()));
            return data.array();
        }
    },
    READ_RESERVATION {
        @Override
        public byte[] data(ReservationState state) {
            if (state.reservation().isEmpty()) {
                return header(state, 0).array();
            }
            int type = state.reservation().get().type().code();
            return header(state, RESERVATION_BYTES)
                    .putLong(state.holderKey())
                    .putInt(0)
                    .put((byte) 0)
                    .put((byte) type)
                    .array();
        }
    },
    REPORT_CAPABILITIES {
        @Override
        public byte[] data(ReservationState state) {
            return ByteBuffer.allocate(CAPABILITIES_BYTES)
                    .putShort((short) CAPABILITIES_BYTES)
                    .put((byte) (RLR_C | CRH | SIP_C | ATP_C | PTPL_C))
                    .put((byte) (TMV | ALLOW_COMMANDS | (state.isPersistent() ? PTPL_A : 0)))
                    .putShort((short) typeMask())
                    .array();
        }
    },
    READ_FULL_STATUS {
        @Override
        public byte[] data(ReservationState state) {
            ByteArrayOutputStream descriptors = new ByteArrayOutputStream();
            state.registrations().forEach(registration -> descriptors.writeBytes(fullStatus(state, registration)));
            return header(state, descriptors.size())
                    .put(descriptors.toByteArray())
                    .array();
        }
    };

    private static final int RESERVATION_BYTES = 16;
    private static final int FULL_STATUS_BYTES = 24;

    private static final int CAPABILITIES_BYTES = 8;
    private static final int RLR_C = 0x80;
    private static final int CRH = 0x10;
    private static final int SIP_C = 0x08;
    private static final int ATP_C = 0x04;
    private static final int PTPL_C = 0x01;
    private static final int TMV = 0x80;
    /** 011b: what the tables allow is allowed, MODE SENSE and its like among it. */
    private static final int ALLOW_COMMANDS = 0x30;

    private static final int PTPL_A = 0x01;

    private static final int R_HOLDER = 0x01;
    private static final int ALL_TG_PT = 0x02;

    public abstract byte[] data(ReservationState state);

    public int code() {
        return ordinal();
    }

    private static ByteBuffer header(ReservationState state, int additionalBytes) {
        return ByteBuffer.allocate(2 * Integer.BYTES + additionalBytes)
                .putInt(state.generation())
                .putInt(additionalBytes);
    }

    /** PERSISTENT RESERVATION TYPE MASK (SPC-4 table 209): bit 1 of the first byte for type 1h, and so on; 8h in the second. */
    private static int typeMask() {
        int mask = 0;
        for (ReservationType type : ReservationType.values()) {
            mask |= type.code() < Byte.SIZE ? 1 << Byte.SIZE + type.code() : 1 << type.code() - Byte.SIZE;
        }
        return mask;
    }

    private static byte[] fullStatus(ReservationState state, Registration registration) {
        byte[] id = TransportId.encode(registration.nexus().initiatorPort());
        boolean holds = state.isOfHolder(registration);
        int type = holds ? state.reservation().get().type().code() : 0;
        return ByteBuffer.allocate(FULL_STATUS_BYTES + id.length)
                .putLong(registration.key())
                .putInt(0)
                .put((byte) ((registration.isForAllPorts() ? ALL_TG_PT : 0) | (holds ? R_HOLDER : 0)))
                .put((byte) type)
                .putInt(0)
                .putShort((short) registration.nexus().relativePort())
                .putInt(id.length)
                .put(id)
                .array();
    }
}
