package org.lunaria.itest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/**
 * Who may import whom: the table of docs/architecture.md. Each bundle is held to a list of all that it may see, so that
 * a new dependency is a decision in this file and never an accident.
 */
public class ImportTableTest {

    private static final JavaClasses LUNARIA = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lunaria");

    /** What every bundle with components in it may see. */
    private static final List<String> COMPONENT = List.of(
            "java..",
            "org.slf4j..",
            "org.osgi.annotation..",
            "org.osgi.framework..",
            "org.osgi.util.tracker..",
            "org.osgi.service.component.annotations..",
            "org.osgi.service.metatype.annotations..",
            "org.osgi.service.component",
            "org.lunaria.settings",
            "org.lunaria.event");

    @Test
    public void backendApiKnowsTheJdkOnly() {
        mayImport("org.lunaria.backend", "org.lunaria.backend", "java..", "org.osgi.annotation..");
    }

    @Test
    public void backendsKnowNeitherScsiNorEachOther() {
        // The calls of Linux are copied into the bundles that make them.
        component("org.lunaria.backend.file..", "org.lunaria.backend", "org.lunaria.posix");
        component("org.lunaria.backend.block..", "org.lunaria.backend", "org.lunaria.posix");
        component("org.lunaria.backend.memory..", "org.lunaria.backend");
        component("org.lunaria.backend.remote..", "org.lunaria.backend", "javax.net.ssl");
    }

    @Test
    public void posixKnowsWhatAStoreIs() {
        mayImport(
                "org.lunaria.posix",
                "org.lunaria.posix",
                "org.lunaria.backend",
                "com.sun.jna..",
                "org.slf4j..",
                "java..");
    }

    @Test
    public void scsiKnowsNoTransportAndNoParticularBackend() {
        // Histograms; a copy inside the bundle.
        component("org.lunaria.scsi..", "org.lunaria.backend", "org.HdrHistogram");
    }

    @Test
    public void iscsiKnowsTheScsiSeamAndNoBackend() {
        component(
                "org.lunaria.iscsi..",
                "org.lunaria.scsi",
                "org.apache.mina..",
                // Huge pages for buffers.
                "com.sun.jna..",
                // The JDK's, which tells how much direct memory there is.
                "javax.management..");
    }

    @Test
    public void isnsKnowsTheStatusOfTheTransportOnly() {
        component("org.lunaria.isns..", "org.lunaria.iscsi");
    }

    @Test
    public void watchdogKnowsTheStatusOfTheTransportOnly() {
        component("org.lunaria.watchdog..", "org.lunaria.iscsi", "com.sun.jna..");
    }

    @Test
    public void onlyOnePackageSeesMina() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.lunaria.iscsi.internal.mina..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.mina..")
                .check(LUNARIA);
    }

    @Test
    public void adminKnowsWhatTheDataPlaneExports() {
        component(
                "org.lunaria.admin..",
                "org.lunaria.backend",
                "org.lunaria.scsi",
                "org.lunaria.iscsi",
                // By one component, which need not be there.
                "org.lunaria.isns",
                "org.osgi.service.cm..",
                "org.osgi.service.metatype..",
                "org.osgi.service.component.runtime..",
                "org.osgi.dto..",
                // Managed beans.
                "javax.management..",
                // Reads and writes .cfg files as fileinstall does; a copy inside the bundle.
                "org.apache.felix.utils.properties");
    }

    @Test
    public void shellKnowsAdminOnly() {
        component(
                "org.lunaria.shell..",
                "org.lunaria.admin",
                // The frames that bin/lunaria exec sends; a copy inside the bundle.
                "org.lunaria.exec.client",
                // The configuration as a document; a copy inside the bundle.
                "org.lunaria.exchange..",
                "org.apache.karaf..",
                // The terminal of who types, for what refreshes.
                "org.jline.terminal",
                "org.jline.utils",
                "com.fasterxml.jackson..",
                "javax..");
    }

    @Test
    public void exchangeKnowsWhatAConfigurationIs() {
        mayImport(
                "org.lunaria.exchange..",
                "org.lunaria.exchange..",
                "org.lunaria.admin",
                "com.fasterxml.jackson..",
                "java..");
    }

    @Test
    public void execClientKnowsTheJdkOnly() {
        mayImport("org.lunaria.exec.client..", "org.lunaria.exec.client..", "java..");
    }

    @Test
    public void packagesHaveNoCycles() {
        slices().matching("org.lunaria.(**)").should().beFreeOfCycles().check(LUNARIA);
    }

    private static void component(String bundle, String... others) {
        List<String> allowed = new ArrayList<>(COMPONENT);
        allowed.add(bundle);
        allowed.addAll(List.of(others));
        mayImport(bundle, allowed.toArray(String[]::new));
    }

    /** A name without dots at its end is that package alone: what another bundle keeps under internal stays out. */
    private static void mayImport(String bundle, String... allowed) {
        classes()
                .that()
                .resideInAPackage(bundle)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(LUNARIA);
    }
}
