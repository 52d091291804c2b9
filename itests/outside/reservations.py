"""Persistent reservations, as nodes of a cluster use them: over sessions, a crash, and without what was kept of them."""

import struct

from wire import CHECK_CONDITION, GOOD, RESERVATION_CONFLICT, Session

NODE_A, NODE_B = "iqn.2026-11.example:node-a", "iqn.2026-11.example:node-b"
KEY_A, KEY_B = 0xA1, 0xB2

REGISTER, RESERVE, CLEAR, PREEMPT, REPLACE_LOST = 0, 1, 3, 4, 8
EXCLUSIVE_ACCESS = 3
PERSIST = 0x01
READ_A_BLOCK = [0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0]
DATA_PROTECT, INFORMATION_LOST = 0x07, b"\x44\x01"


def check_a_reservation_is_kept_over_kill_9_and_lost_only_when_it_is_damaged(appliance):
    with session(appliance, NODE_A) as node:
        reserve_out(node, REGISTER, 0, KEY_A, PERSIST)
        reserve_out(node, RESERVE, KEY_A, 0)
    restart(appliance, appliance.kill)
    with session(appliance, NODE_A) as node:
        assert reads(node) == GOOD, "the holder is kept out"
    with session(appliance, NODE_A, isid=2) as node:
        assert reads(node) == RESERVATION_CONFLICT, "another port of the holder is let in"
    with session(appliance, NODE_B) as node:
        assert reads(node) == RESERVATION_CONFLICT, "the reservation is gone"
    appliance.stop()
    kept = next((appliance.home / "data" / "reservations").iterdir())
    kept.write_text(kept.read_text().replace(f"registration {KEY_A:x}", f"registration {KEY_B:x}"))
    appliance.start()
    assert "persistent reservations" in appliance.lunaria("exec", "appliance:status").stdout, "nobody is told"
    with session(appliance, NODE_B) as node:
        status, sense = node.command(READ_A_BLOCK, room=512)
        assert (status, sense[2], sense[12:14]) == (CHECK_CONDITION, DATA_PROTECT, INFORMATION_LOST), sense.hex()
        reserve_out(node, REPLACE_LOST, 0, KEY_B, PERSIST)
        assert reads(node) == GOOD, "who has replaced what was lost is kept out"
        reserve_out(node, CLEAR, KEY_B, 0)


def check_nobody_inherits_the_reservation_of_a_deleted_volume(appliance):
    appliance.create_volume("reserved")
    with Session(appliance.port, "iqn.2026-11.org.lunaria:reserved", NODE_A) as node:
        reserve_out(node, REGISTER, 0, KEY_A, PERSIST)
        reserve_out(node, RESERVE, KEY_A, 0)
    appliance.administer("target:unmap", "reserved", "reserved")
    appliance.administer("volume:delete", "reserved", "--purge", "--yes")
    appliance.administer("volume:create", "reserved", "--kind", "file", "--size", "64M")
    appliance.administer("target:map", "reserved", "reserved", "--lun", 0)
    with Session(appliance.port, "iqn.2026-11.org.lunaria:reserved", NODE_B) as node:
        assert reads(node) == GOOD, "the new volume is reserved"
    appliance.administer("target:delete", "reserved", "--yes")
    appliance.administer("volume:delete", "reserved", "--purge", "--yes")


def session(appliance, node, isid=1):
    return Session(appliance.port, "iqn.2026-11.org.lunaria:disk", node, isid)


def restart(appliance, end):
    end()
    appliance.start()


def reads(node):
    return node.command(READ_A_BLOCK, room=512)[0]


def reserve_out(node, action, key, action_key, flags=0):
    parameters = struct.pack(">QQxxxxBxxx", key, action_key, flags)
    cdb = [0x5F, action, EXCLUSIVE_ACCESS, 0, 0, 0, 0, 0, len(parameters), 0]
    status, sense = node.command(cdb, out=parameters)
    assert status == GOOD, f"PERSISTENT RESERVE OUT {action}: status {status:02x} {sense.hex()}"
