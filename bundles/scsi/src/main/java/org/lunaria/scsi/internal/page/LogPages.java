package org.lunaria.scsi.internal.page;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The log pages that a disk has: the one table of them (SPC-4 7.3). A page is here when all of its figures are known. */
public final class LogPages {
    private static final int ALL_SUBPAGES = 0xFF;

    /** Parameter control byte: TSD, since nothing is saved; FORMAT AND LINKING: a list in binary. */
    static final int BINARY_LIST = 0x23;

    /** Parameters of the Self-Test Results page. */
    private static final int SELF_TESTS = 20;

    private static final int TEMPERATURE_UNKNOWN = 0xFF;

    /** In ascending order of their codes and subpages, as pages 00h/00h and 00h/FFh list them. */
    public static final List<LogPage> ALL = List.of(
            new LogPage(0x00, 0x00, "Supported Log Pages", LogPages::supported),
            new LogPage(0x00, ALL_SUBPAGES, "Supported Log Pages and Subpages", LogPages::supportedWithSubpages),
            LogPage.ofSpace(
                    SpaceLog.CODE,
                    "Logical Block Provisioning",
                    unit -> unit.geometry().hasThresholds(),
                    (unit, space) -> SpaceLog.parameters(space)),
            new LogPage(0x10, 0x00, "Self-Test Results", LogPages::selfTestResults),
            LogPage.ofCounters(StatisticsLog.CODE, "General Statistics and Performance", StatisticsLog::parameters),
            new LogPage(0x2F, 0x00, "Informational Exceptions", unit -> informationalExceptions()));

    private LogPages() {}

    private static Stream<LogPage> of(DescribedUnit unit) {
        return ALL.stream().filter(page -> page.presence().test(unit));
    }

    /** The page that a unit has. */
    public static Optional<LogPage> find(DescribedUnit unit, int code, int subpage) {
        return of(unit).filter(page -> page.code() == code && page.subpage() == subpage)
                .findFirst();
    }

    /** Whether a unit has a page with a code, whatever its subpage. */
    public static boolean knows(DescribedUnit unit, int code) {
        return of(unit).anyMatch(page -> page.code() == code);
    }

    /** Whether there is something in the pages with a code that can be reset. */
    public static boolean hasCounters(int code) {
        return ALL.stream()
                .anyMatch(page -> page.code() == code && page.defaults().isPresent());
    }

    private static byte[] supported(DescribedUnit unit) {
        ByteArrayOutputStream codes = new ByteArrayOutputStream();
        of(unit).filter(page -> page.subpage() == 0).forEach(page -> codes.write(page.code()));
        return codes.toByteArray();
    }

    private static byte[] supportedWithSubpages(DescribedUnit unit) {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        of(unit).forEach(page -> {
            pairs.write(page.code());
            pairs.write(page.subpage());
        });
        return pairs.toByteArray();
    }

    /** Always as many parameters, the last test being the first of them; what is left is unused (SPC-4 7.3.16). */
    private static byte[] selfTestResults(DescribedUnit unit) {
        List<SelfTestResult> results = unit.selfTestResults();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (int parameter = 1; parameter <= SELF_TESTS; parameter++) {
            page.writeBytes(
                    parameter <= results.size()
                            ? results.get(parameter - 1).encode(parameter)
                            : SelfTestResult.unused(parameter));
        }
        return page.toByteArray();
    }

    /** No exception is pending, as DEXCPT of mode page 1Ch says that none is reported; a volume has no temperature. */
    private static byte[] informationalExceptions() {
        return new byte[] {0, 0, BINARY_LIST, 4, 0, 0, (byte) TEMPERATURE_UNKNOWN, 0};
    }
}
