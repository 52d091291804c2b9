"""The smallest iSCSI initiator (RFC 7143): one session, one command at a time, data that is written goes with its command."""

import socket
import struct

GOOD = 0x00
CHECK_CONDITION = 0x02
RESERVATION_CONFLICT = 0x18

LOGIN_RESPONSE, SCSI_RESPONSE, DATA_IN = 0x23, 0x21, 0x25
TIMEOUT_SECONDS = 30
UNIT_ATTENTIONS = 8


class Session:
    """A session of an initiator port: a name and the last byte of the ISID."""

    def __init__(self, port, target, initiator, isid=1):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self.command_number, self.status_number, self.tag = 1, 0, 0
        keys = [f"InitiatorName={initiator}", f"TargetName={target}", "SessionType=Normal"]
        text = "".join(key + "\0" for key in keys).encode()
        # From operational negotiation to the full feature phase at once.
        header = struct.pack(">BBxx B3s 6sH I HxxII 16x", 0x43, 0x87, 0, len(text).to_bytes(3, "big"),
                             bytes([0x80, 0, 0, 0, 0, isid]), 0, 0, 0, self.command_number, 0)
        self._send(header, text)
        response, _ = self._receive()
        assert response[0] == LOGIN_RESPONSE and response[36] == 0, f"login: status {response[36]:02x}{response[37]:02x}"
        self._clear_unit_attentions()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.socket.close()

    def command(self, cdb, out=b"", room=0):
        """The status, and the data that came in, or the sense data."""
        self.tag += 1
        flags = 0x81 | (0x20 if out else 0) | (0x40 if room else 0)
        header = struct.pack(">BBxx B3s 8x I III 16s", 0x01, flags, 0, len(out).to_bytes(3, "big"), self.tag,
                             len(out) or room, self.command_number, self.status_number, bytes(cdb).ljust(16, b"\0"))
        self.command_number += 1
        self._send(header, out)
        data = b""
        while True:
            response, segment = self._receive()
            if response[0] == DATA_IN:
                data += segment
                if response[1] & 0x01:
                    return response[3], data
            elif response[0] == SCSI_RESPONSE:
                return response[3], segment[2:] or data

    def _clear_unit_attentions(self):
        for _ in range(UNIT_ATTENTIONS):
            if self.command([0x00])[0] == GOOD:
                return

    def _send(self, header, data):
        self.socket.sendall(header + data + b"\0" * (-len(data) % 4))

    def _receive(self):
        header = self._read(48)
        length = int.from_bytes(header[5:8], "big")
        data = self._read(length + -length % 4)[:length]
        opcode = header[0] & 0x3F
        if opcode != DATA_IN or header[1] & 0x01:
            self.status_number = int.from_bytes(header[24:28], "big") + 1
        return bytes([opcode]) + header[1:], data

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            assert more, "the target has closed the connection"
            data += more
        return data
