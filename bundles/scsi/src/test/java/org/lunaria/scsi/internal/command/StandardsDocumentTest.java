package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.internal.command.Field.Use;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.LogPages;
import org.lunaria.scsi.internal.page.ModePage;
import org.lunaria.scsi.internal.page.ModePages;
import org.lunaria.scsi.internal.page.VpdPages;

/**
 * docs/standards.md says of SCSI what the tables say. With the system property {@code standards.write} set to true this
 * test writes its part of the document anew.
 */
class StandardsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "standards.md");
    private static final String BEGIN = "<!-- scsi commands and pages: begin -->\n";
    private static final String END = "<!-- scsi commands and pages: end -->\n";

    @Test
    void theDocumentIsThatOfTheTables() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "the marks of the tables are in " + DOCUMENT);
        if (Boolean.getBoolean("standards.write")) {
            String renewed = document.substring(0, begin + BEGIN.length()) + tables() + document.substring(end);
            Files.writeString(DOCUMENT, renewed);
        } else {
            assertEquals(
                    tables(),
                    document.substring(begin + BEGIN.length(), end),
                    "write it anew with mvn test -Dstandards.write=true -Dtest=StandardsDocumentTest");
        }
    }

    private static String tables() {
        StringBuilder text = new StringBuilder("\n| opcode | command | fields obeyed | must be zero | where |\n");
        text.append("|---|---|---|---|---|\n");
        for (Command command : CommandTable.STANDARD.rows()) {
            text.append("| %02Xh".formatted(command.opcode()));
            command.serviceAction().ifPresent(action -> text.append("/%02Xh".formatted(action)));
            text.append(" | ").append(command.name());
            text.append(" | ").append(fields(command, Use.EVALUATED));
            text.append(" | ").append(fields(command, Use.UNSUPPORTED));
            text.append(" | ").append(where(command)).append(" |\n");
        }
        text.append("\n| VPD page | name | where |\n|---|---|---|\n");
        VpdPages.ALL.forEach(page -> text.append("| %02Xh | %s | %s |\n"
                .formatted(
                        page.code(),
                        page.name(),
                        VpdPages.find(page.code(), DeviceType.CDROM).isPresent() ? "all units" : "disks")));
        text.append("\n| mode page | name | fields set | of these can be changed | where |\n|---|---|---|---|---|\n");
        addPages(text, ModePages.DISK, "disks");
        addPages(text, ModePages.CDROM, "CD/DVD units");
        text.append("\n| log page | name | where |\n|---|---|---|\n");
        LogPages.ALL.forEach(page ->
                text.append("| %02Xh/%02Xh | %s | disks |\n".formatted(page.code(), page.subpage(), page.name())));
        return text.append('\n').toString();
    }

    private static void addPages(StringBuilder text, List<ModePage> pages, String where) {
        pages.forEach(page -> text.append("| %02Xh%s | %s | %s | %s | %s |\n"
                .formatted(
                        page.code(),
                        page.subpage() == 0 ? "" : "/%02Xh".formatted(page.subpage()),
                        page.name(),
                        String.join(", ", page.fieldNames()),
                        String.join(", ", page.changeableNames()),
                        where)));
    }

    private static String fields(Command command, Use use) {
        return command.cdb().fields().stream()
                .filter(field -> field.use() == use && field.name() != FieldName.SERVICE_ACTION)
                .map(field -> field.name().text())
                .collect(Collectors.joining(", "));
    }

    private static String where(Command command) {
        Set<Trait> traits = command.traits();
        if (traits.contains(Trait.MULTIMEDIA)) {
            return "CD/DVD units";
        }
        String units = traits.contains(Trait.ANY_DEVICE_TYPE) ? "units" : "disks";
        if (traits.contains(Trait.REMOVABLE_MEDIUM)) {
            return units + " with a removable medium";
        }
        if (traits.contains(Trait.PROVISIONING)) {
            return units + " that can deallocate";
        }
        return units.equals("units") ? "all units" : units;
    }
}
