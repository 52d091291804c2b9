package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * No unit of any kind tells a lie: what it announces works, and what it does not announce it refuses. Everything is asked
 * for as an initiator asks, and what is to be checked is taken from the unit's own answers, so that what is added later is
 * checked as well.
 */
class NoLiesTest {
    private static final Findings ALL = new Findings();

    private static void noLies(BiConsumer<UnitKind, Findings> subject) {
        Findings findings = new Findings();
        for (UnitKind kind : UnitKind.values()) {
            subject.accept(kind, findings);
        }
        ALL.add(findings);
        assertEquals(List.of(), findings.lies());
    }

    @AfterAll
    static void say() {
        System.out.println("No lies: " + ALL.summary());
    }

    @Test
    void everyCommandThatIsAnnouncedWorks() {
        noLies(CommandChecks::work);
    }

    @Test
    void reportsOnAllAndOnOneAgree() {
        noLies(CommandChecks::reportsAgree);
    }

    @Test
    void everyCommandThatIsNotAnnouncedIsRefused() {
        noLies(CommandChecks::othersAreRefused);
    }

    @Test
    void everyBitThatIsNotAnnouncedIsRefused() {
        noLies(BitChecks::othersAreRefused);
    }

    @Test
    void everyBitThatIsAnnouncedIsObeyed() {
        noLies(BitChecks::announcedAreObeyed);
    }

    @Test
    void dataIsCutOffAtTheAllocationLength() {
        noLies(LengthChecks::allocationLengths);
    }

    @Test
    void aParameterListThatEndsEarlyChangesNothing() {
        noLies(LengthChecks::parameterListLengths);
    }

    @Test
    void everyVitalProductDataPageThatIsListedIsThere() {
        noLies(VpdChecks::pages);
    }

    @Test
    void designatorsAreWellFormed() {
        noLies(VpdChecks::designators);
    }

    @Test
    void theFlagsOfTheInquiryDataAreTrue() {
        noLies(InquiryChecks::standardData);
    }

    @Test
    void allThatTellTheCapacityAgree() {
        noLies(InquiryChecks::capacity);
    }

    @Test
    void everyTaskManagementFunctionThatIsAnnouncedIsDone() {
        noLies(InquiryChecks::taskManagement);
    }

    @Test
    void everyLimitIsKept() {
        noLies(LimitChecks::limits);
    }

    @Test
    void theThirdPartyCopyPageIsTrue() {
        noLies(ThirdPartyCopyChecks::page);
    }

    @Test
    void theLimitsOfTokensAreKept() {
        noLies(TokenChecks::limits);
    }

    @Test
    void whateverChangesTheMediumRevokesItsTokens() {
        noLies(TokenChecks::revocation);
    }

    @Test
    void everyModePageThatIsListedIsThere() {
        noLies(ModeChecks::pages);
    }

    @Test
    void theMasksOfTheModePagesAreTrue() {
        noLies(ModeChecks::masks);
    }

    @Test
    void everyLogPageThatIsListedIsThere() {
        noLies(LogChecks::pages);
    }

    @Test
    void theExtendedInquiryDataIsTrue() {
        noLies(InquiryChecks::extendedData);
    }

    @Test
    void aUnitThatIsNotReadySaysSoAndDoesNothing() {
        noLies(StateChecks::notReady);
    }

    @Test
    void everyFeatureComesWithItsCommands() {
        noLies(FeatureChecks::features);
    }
}
