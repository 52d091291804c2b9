"""The suites of libiscsi's iscsi-test-cu for what is announced, each in a process of its own."""

import re
import subprocess

SUITES = [
    "Inquiry", "ModeSense6", "NoMedia", "ReadCapacity10", "ReadCapacity16", "ReportSupportedOpcodes",
    "StartStopUnit", "TestUnitReady", "Read6", "Read10", "Read12", "Read16", "Write10", "Write12", "Write16",
    "WriteSame10", "WriteSame16", "Unmap", "Verify10", "Verify12", "Verify16", "iSCSIcmdsn", "iSCSIdatasn",
    "iSCSIResiduals", "iSCSITMF", "PrinReadKeys", "PrinServiceactionRange", "PrinReportCapabilities", "ProutRegister",
    "ProutReserve", "ProutClear", "ProutPreempt", "Reserve6",
]
SUITE_SECONDS = 120


def checks():
    """A check for each suite that this version of the tool has."""
    listed = subprocess.run(["iscsi-test-cu", "--list"], capture_output=True, text=True, timeout=60).stdout.split()
    for suite in SUITES:
        names = [name for name in listed if re.fullmatch(rf"\w+\.{suite}", name)]
        assert names, f"iscsi-test-cu has no suite {suite}"
        yield f"libiscsi_{suite}", lambda appliance, name=names[0]: run_suite(appliance, name)


def run_suite(appliance, name):
    command = ["iscsi-test-cu", "--dataloss", "--verbose", f"--test={name}", appliance.url("conformance")]
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, errors="replace", timeout=SUITE_SECONDS)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"no end within {SUITE_SECONDS} s") from None
    tests = re.search(r"tests +(\d+) +(\d+) +\d+ +(\d+)", result.stdout)
    asserts = re.search(r"asserts +\d+ +\d+ +\d+ +(\d+)", result.stdout)
    assert result.returncode >= 0 and tests and int(tests[2]) > 0, f"ran no test: {result.stdout[-300:]}"
    failures = re.findall(r"^.*(?:\[FAILED\]|FAILED).*$", result.stdout, re.MULTILINE)
    assert int(tests[3]) == 0 and (not asserts or int(asserts[1]) == 0), "; ".join(failures[:3]) or result.stdout[-300:]
